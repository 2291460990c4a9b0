import { median } from './measure.ts';
import type { PeerName } from './peer.ts';

/** A line of the report, as `--json` writes it. Without a figure n is 0 and the reason stands in `error`. */
export interface Row {
  readonly work: string;
  /** A trace's name; the number of elements of a growth curve; '' where a work brings its own input. */
  readonly trace: string;
  readonly peer: PeerName;
  readonly unit: string;
  readonly median: number | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly n: number;
  readonly error?: string;
}

interface Entry {
  unit: string;
  readonly values: number[];
  error: string | null;
}

/** Gathers the figures of all rounds in the order in which they first came. */
export class Results {
  readonly #entries = new Map<string, Entry>();

  #entry(work: string, trace: string, peer: PeerName): Entry {
    const key = JSON.stringify([work, trace, peer]);
    let entry = this.#entries.get(key);
    if (entry === undefined) {
      entry = { unit: '', values: [], error: null };
      this.#entries.set(key, entry);
    }
    return entry;
  }

  add(work: string, trace: string, peer: PeerName, unit: string, value: number): void {
    const entry = this.#entry(work, trace, peer);
    entry.unit = unit;
    entry.values.push(value);
  }

  fail(work: string, trace: string, peer: PeerName, error: string): void {
    this.#entry(work, trace, peer).error ??= error;
  }

  rows(): Row[] {
    return [...this.#entries].map(([key, { unit, values, error }]) => {
      const [work, trace, peer] = JSON.parse(key) as [string, string, PeerName];
      const n = values.length;
      return {
        work,
        trace,
        peer,
        unit,
        median: n > 0 ? median(values) : null,
        min: n > 0 ? Math.min(...values) : null,
        max: n > 0 ? Math.max(...values) : null,
        n,
        ...(error !== null && { error }),
      };
    });
  }
}
