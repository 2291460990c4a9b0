import type { Refusal } from './client-types.ts';
import type { RoundTrip } from './line-health.ts';
import type { Problem } from './problem.ts';
import type { Role } from './protocol/index.ts';

/** What is saved where, and whether the relay answers. Nothing here ever claims more than is so. */
export interface Status {
  /** `saved`: every change is in the local store, on disk. `unavailable`: the store takes nothing. */
  readonly local: 'saving' | 'saved' | 'unavailable';
  /** `connecting` until the first attempt fails; from then on `offline` until the room is caught up. */
  readonly remote: 'offline' | 'connecting' | 'live';
  /** Changes that the relay has not said to have on disk. */
  readonly waiting: number;
  readonly badge: Badge;
  /** The user chose to work offline, in this tab or in another. */
  readonly workOffline: boolean;
  /** What this user may do here, as the relay last said. Null: not known. */
  readonly role: Role | null;
  /** Why the room is closed to this user, if it is. */
  readonly refusal: Refusal | null;
  /** What carries the line: "WebSocket". Null: there is none. */
  readonly transport: string | null;
  /** How long the relay takes to answer. Null: not known yet. */
  readonly roundTrip: RoundTrip | null;
  /** What is wrong. Gone when it is no longer so. */
  readonly problem?: Problem;
}

/** Before anything was heard of the store or the relay. */
export const NOTHING_KNOWN: Status = {
  local: 'saving',
  remote: 'connecting',
  waiting: 0,
  badge: 'saving',
  workOffline: false,
  role: null,
  refusal: null,
  transport: null,
  roundTrip: null,
};

/**
 * One word for it all. `saved`: on the relay's disk. `saving`: on its way. `saved-here`: on this device's disk, the relay
 * has not answered yet or does not take it. `offline`: the same, and the relay is out of reach. `not-saved`: some of it
 * is on no disk.
 */
export type Badge = 'saved' | 'saving' | 'saved-here' | 'offline' | 'not-saved';

/** What the badge follows from. `isStuck`: what waits is not on its way, though the relay answers. */
export interface Whereabouts extends Pick<Status, 'local' | 'remote' | 'waiting'> {
  readonly isStuck: boolean;
}

export function badgeOf({ local, remote, waiting, isStuck }: Whereabouts): Badge {
  if (remote === 'live' && !isStuck) return waiting === 0 ? 'saved' : 'saving';
  if (local === 'unavailable' && waiting > 0) return 'not-saved';
  if (local === 'saving') return 'saving';
  if (remote === 'offline') return 'offline';
  return waiting === 0 ? 'saved' : 'saved-here';
}

export function sameStatus(a: Status, b: Status): boolean {
  const keys = Object.keys({ ...a, ...b }) as (keyof Status)[];
  // Problems are told anew each time, and mostly there is none.
  const isSame = (key: keyof Status): boolean =>
    a[key] === b[key] || (key === 'problem' && JSON.stringify(a.problem) === JSON.stringify(b.problem));
  return keys.every(isSame);
}
