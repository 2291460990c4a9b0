/** Versions of the protocol that this code speaks, oldest first. */
export const VERSIONS = { oldest: 1, newest: 1 } as const;

/** The largest frame that either side takes, in bytes. A receiver closes the connection on more. */
export const MAX_FRAME = 256 * 1024;

/** A sender cuts what is larger into fragments of at most this many bytes each. */
export const MAX_FRAGMENT = 64 * 1024;

/** The largest message after its fragments are put together, and so the largest change, in bytes. */
export const MAX_MESSAGE = 8 * 1024 * 1024;

/** The largest presence state of one peer, in bytes. */
export const MAX_PRESENCE = 2 * 1024;

/** Presence goes out at most this often, in milliseconds: 20 Hz. */
export const PRESENCE_INTERVAL = 50;

/** Rooms that one connection may be in at once. */
export const MAX_ROOMS = 64;

const ROOM = /^[a-z]{1,16}\/[A-Za-z0-9_-]{1,64}$/;

/** True for `<kind>/<id>`: what a room may be called. */
export function isRoomName(name: string): boolean {
  return ROOM.test(name);
}

/**
 * Why a connection was closed. 4400–4499 are permanent: the same bytes will fail again. 4500–4599 pass: come back
 * later. 1012 is WebSocket's own "service restart".
 */
export const CloseCode = {
  malformed: 4400,
  helloExpected: 4401,
  versionUnsupported: 4402,
  tooManyRooms: 4403,
  tooLarge: 4413,
  unavailable: 4500,
  tooSlow: 4508,
  silent: 4509,
  restart: 1012,
} as const;

/** True if the same client would be refused again. */
export function isPermanent(code: number): boolean {
  return code >= 4400 && code < 4500;
}
