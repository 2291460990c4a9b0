/** Versions of the protocol that this code speaks, oldest first: today's and the one before. */
export const VERSIONS = { oldest: 1, newest: 2 } as const;

/** The largest frame that either side takes, in bytes. A receiver closes the connection on more. */
export const MAX_FRAME = 256 * 1024;

/** A sender cuts what is larger into fragments of at most this many bytes each. */
export const MAX_FRAGMENT = 64 * 1024;

/** The largest message after its fragments are put together, in bytes, unless WELCOME tells another limit. */
export const MAX_MESSAGE = 8 * 1024 * 1024;

/** The largest snapshot, and the highest limit that a relay may tell for messages, in bytes. */
export const MAX_SNAPSHOT = 64 * 1024 * 1024;

/** The largest presence state of one peer, in bytes. */
export const MAX_PRESENCE = 2 * 1024;

/** Presence goes out at most this often, in milliseconds: 20 Hz. */
export const PRESENCE_INTERVAL = 50;

/** Rooms that one connection may be in at once. */
export const MAX_ROOMS = 64;

/** The longest texts in frames, in UTF-16 units. */
export const MAX_TEXT = { token: 8192, grant: 1024, name: 256, detail: 512 } as const;

const ROOM = /^[a-z]{1,16}\/[A-Za-z0-9_-]{1,64}(#comments)?$/;
const COMMENTS = '#comments';

/** True for `<kind>/<id>`, and for `<kind>/<id>#comments`: what a room may be called. */
export function isRoomName(name: string): boolean {
  return ROOM.test(name);
}

/** The comments on a document are a document of their own, in a room of their own: there a commenter is an editor. */
export function commentsOf(room: string): string {
  return room + COMMENTS;
}

/** The document that a room belongs to: whose access list rules it. */
export function documentOf(room: string): string {
  return isComments(room) ? room.slice(0, -COMMENTS.length) : room;
}

export function isComments(room: string): boolean {
  return room.endsWith(COMMENTS);
}
