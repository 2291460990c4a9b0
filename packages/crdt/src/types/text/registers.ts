import { type Json, jsonEqual } from '../../bytes/index.ts';
import { compareStamps, type Stamp } from '../../core/ids.ts';
import type { Attrs } from './op.ts';

interface Register {
  readonly value: Json | null;
  readonly stamp: Stamp;
}

/** Attributes as LWW registers, each won by the greatest stamp in ≺. */
export class Registers {
  readonly #entries = new Map<string, Register>();
  #attrs: Attrs | null = null;

  constructor(attrs: Attrs, stamp: Stamp) {
    for (const [key, value] of Object.entries(attrs)) this.set(key, value, stamp);
  }

  /** Returns whether the value is another one now. */
  set(key: string, value: Json | null, stamp: Stamp): boolean {
    const old = this.#entries.get(key);
    if (old !== undefined && compareStamps(old.stamp, stamp) > 0) return false;
    this.#entries.set(key, { value, stamp });
    if (jsonEqual(old?.value ?? null, value)) return false;
    this.#attrs = null;
    return true;
  }

  get(key: string): Json | null {
    return this.#entries.get(key)?.value ?? null;
  }

  /** Plain and immutable, the keys in order; the same object until a value changes. */
  get attrs(): Attrs {
    if (this.#attrs === null) {
      const present: [string, Json][] = [];
      for (const [key, { value }] of this.entries()) if (value !== null) present.push([key, value]);
      this.#attrs = Object.fromEntries(present);
    }
    return this.#attrs;
  }

  /** Every register, the absent values included, by key. */
  entries(): [string, Register][] {
    return [...this.#entries].sort(([a], [b]) => (a < b ? -1 : 1));
  }
}
