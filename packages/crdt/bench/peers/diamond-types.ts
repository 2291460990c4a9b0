import { Doc } from 'diamond-types-node';
import { idOf, type Peer, type TextDoc } from '../lib/peer.ts';
import type { Patch } from '../lib/trace.ts';

const SURROGATE = /[\ud800-\udfff]/;

/** Positions count Unicode characters, so they are converted as soon as there are pairs of surrogates. */
class DiamondText implements TextDoc {
  readonly #doc: Doc;
  #last: Uint32Array | null = null;
  #pairs: boolean;

  constructor(doc: Doc, pairs: boolean) {
    this.#doc = doc;
    this.#pairs = pairs;
  }

  edit(patches: readonly Patch[]): void {
    for (const [at, deleted, inserted] of patches) {
      const from = this.#index(at);
      if (deleted > 0) this.#doc.del(from, this.#index(at + deleted) - from);
      if (inserted === '') continue;
      this.#doc.ins(from, inserted);
      this.#pairs ||= SURROGATE.test(inserted);
    }
  }

  editWithUpdate(patches: readonly Patch[]): Uint8Array {
    this.#last ??= this.#doc.getLocalVersion();
    this.edit(patches);
    const update = this.#doc.getPatchSince(this.#last);
    this.#last = this.#doc.getLocalVersion();
    return update;
  }

  apply(update: Uint8Array): void {
    this.#doc.mergeBytes(update);
  }

  applyAll(updates: readonly Uint8Array[]): void {
    for (const update of updates) this.#doc.mergeBytes(update);
  }

  text(): string {
    return this.#doc.get();
  }

  save(): Uint8Array {
    return this.#doc.toBytes();
  }

  free(): void {
    this.#doc.free();
  }

  #index(at: number): number {
    return this.#pairs ? this.#doc.wCharsToChars(at) : at;
  }
}

export const diamondTypes: Peer = {
  text: {
    create: (author) => new DiamondText(new Doc(idOf(author).toString(36)), false),
    load(file) {
      const doc = Doc.fromBytes(file, idOf(99).toString(36));
      return new DiamondText(doc, SURROGATE.test(doc.get()));
    },
  },
};
