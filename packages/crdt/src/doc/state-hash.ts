import { Writer } from '../bytes/index.ts';
import { hash64 } from '../core/hash.ts';
import { encodeVersion, type VersionVector } from '../core/version.ts';
import type { LeafContainer } from '../schema/container.ts';

/**
 * A hash of a document's state that costs what has changed since it was last asked for: each container has a hash of
 * its own, and theirs are summed up, so that their order does not matter.
 */
export class StateHash {
  readonly #dirty: LeafContainer[] = [];
  readonly #hashes = new Map<LeafContainer, string>();
  #high = 0;
  #low = 0;

  /** To be called once when a container's state changes, until the next `of`. */
  dirty(leaf: LeafContainer): void {
    this.#dirty.push(leaf);
  }

  /** Equal version vectors ⇒ equal hashes, on replicas with one schema. 16 hexadecimal digits. */
  of(version: VersionVector): string {
    for (const leaf of this.#dirty.splice(0)) {
      leaf.isDirty = false;
      this.#add(this.#hashes.get(leaf), -1);
      this.#hashes.delete(leaf);
      if (!leaf.touched) continue;
      const w = new Writer();
      w.string(leaf.path);
      w.string(leaf.type.kind);
      leaf.type.canonical(leaf.state, w);
      const hash = hash64(w.finish());
      this.#hashes.set(leaf, hash);
      this.#add(hash, 1);
    }
    const w = new Writer();
    w.bytes(encodeVersion(version));
    w.u32(this.#high);
    w.u32(this.#low);
    return hash64(w.finish());
  }

  #add(hash: string | undefined, sign: 1 | -1): void {
    if (hash === undefined) return;
    this.#high = (this.#high + sign * Number.parseInt(hash.slice(0, 8), 16)) >>> 0;
    this.#low = (this.#low + sign * Number.parseInt(hash.slice(8), 16)) >>> 0;
  }
}
