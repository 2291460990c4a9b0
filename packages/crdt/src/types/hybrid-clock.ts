import { DecodeError, type Reader, type Writer } from '../bytes/index.ts';

/**
 * A hybrid logical time: wall clock in whole milliseconds, and a count that keeps later writes later while the clock
 * stands still or lags behind what was seen.
 *
 * Paper: Kulkarni, Demirbas, Madappa, Avva and Leone 2014, "Logical physical clocks". Reading a time from a peer never
 * sets it back: what lies in the future stays there, and the next write goes after it. Who is told of it is a matter
 * of admission, not of merging.
 */
export interface HybridTime {
  readonly at: number;
  readonly count: number;
}

/** The greatest time that a `Date` can hold. */
const MAX_AT = 8.64e15;

/** The time of a write made when the clock shows `now` and `seen` is the latest time that its author knows. */
export function tick(now: number, seen: HybridTime | undefined): HybridTime {
  const at = Math.min(MAX_AT, Math.max(0, Math.floor(now)));
  return seen === undefined || at > seen.at ? { at, count: 0 } : { at: seen.at, count: seen.count + 1 };
}

export function compareTimes(a: HybridTime, b: HybridTime): number {
  return a.at - b.at || a.count - b.count;
}

export function writeTime(w: Writer, { at, count }: HybridTime): void {
  w.varint(at);
  w.varint(count);
}

export function readTime(r: Reader): HybridTime {
  const time = { at: r.varint(), count: r.varint() };
  // Half of the counts stay free, so that there always is a time after one that a peer made up.
  if (time.at > MAX_AT || time.count > 2 ** 52) throw new DecodeError('a time out of range');
  return time;
}
