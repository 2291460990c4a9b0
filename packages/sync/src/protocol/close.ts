/**
 * Why a connection was closed. 4400–4499 are permanent: the same bytes will fail again. 4500–4599 pass: come back
 * later. 1012 and 1013 are WebSocket's own "service restart" and "try again later".
 */
export const CloseCode = {
  malformed: 4400,
  /** The token is missing, wrong or past its time. A fresh one may do. */
  unauthorized: 4401,
  versionUnsupported: 4402,
  forbidden: 4403,
  helloExpected: 4406,
  tooManyRooms: 4409,
  tooLarge: 4413,
  unavailable: 4500,
  tooSlow: 4508,
  silent: 4509,
  tooMany: 4529,
  restart: 1012,
  tryLater: 1013,
} as const;

/** True if the same client would be refused again. */
export function isPermanent(code: number): boolean {
  return code >= 4400 && code < 4500;
}

/** The reason of a close that tells when to come back: `ms` is at the front, words for people behind it. */
export function retryReason(ms: number, words: string): string {
  return `${Math.max(0, Math.round(ms))} ${words}`.slice(0, 60);
}

/** Milliseconds that the reason of a close asks to wait for, at most an hour, or null. */
export function retryAfter(reason: string): number | null {
  const [digits] = /^\d{1,9}(?= |$)/.exec(reason) ?? [];
  return digits === undefined ? null : Math.min(Number(digits), 3_600_000);
}
