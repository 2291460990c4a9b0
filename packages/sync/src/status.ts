/** What is saved where, and whether the relay answers. Nothing here ever claims more than is so. */
export interface Status {
  /** `saved`: every change is in the local store, on disk. `unavailable`: the store takes nothing. */
  readonly local: 'saving' | 'saved' | 'unavailable';
  /** `connecting` until the first attempt fails; from then on `offline` until the room is caught up. */
  readonly remote: 'offline' | 'connecting' | 'live';
  /** Changes that the relay has not said to have on disk. */
  readonly waiting: number;
  readonly badge: Badge;
  /** What is wrong, in words for a person. */
  readonly error?: string;
}

/**
 * One word for it all. `saved`: on the relay's disk. `saving`: on its way. `saved-here`: on this device's disk, the relay
 * has not answered yet. `offline`: the same, and the relay is out of reach. `not-saved`: some of it is on no disk.
 */
export type Badge = 'saved' | 'saving' | 'saved-here' | 'offline' | 'not-saved';

export function statusOf(parts: Omit<Status, 'badge' | 'error'>, error: string | null): Status {
  return { ...parts, badge: badgeOf(parts), ...(error === null ? {} : { error }) };
}

function badgeOf({ local, remote, waiting }: Omit<Status, 'badge' | 'error'>): Badge {
  if (remote === 'live') return waiting === 0 ? 'saved' : 'saving';
  if (local === 'unavailable' && waiting > 0) return 'not-saved';
  if (local === 'saving') return 'saving';
  if (remote === 'offline') return 'offline';
  return waiting === 0 ? 'saved' : 'saved-here';
}

export function sameStatus(a: Status, b: Status): boolean {
  return a.local === b.local && a.remote === b.remote && a.waiting === b.waiting && a.error === b.error;
}
