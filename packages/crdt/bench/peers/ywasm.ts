import { applyUpdate, encodeStateAsUpdate, YDoc } from 'ywasm';
import { idOf, type Peer, type TextDoc } from '../lib/peer.ts';
import type { Patch } from '../lib/trace.ts';

/** Yjs's port to Rust, compiled to wasm. */
class YwasmText implements TextDoc {
  readonly #doc: YDoc;
  readonly #text: ReturnType<YDoc['getText']>;
  #update = new Uint8Array();
  #listens = false;

  constructor(doc: YDoc) {
    this.#doc = doc;
    this.#text = doc.getText('body');
  }

  edit(patches: readonly Patch[]): void {
    const txn = this.#doc.beginTransaction(undefined);
    for (const [at, deleted, inserted] of patches) {
      if (deleted > 0) this.#text.delete(at, deleted, txn);
      if (inserted !== '') this.#text.insert(at, inserted, undefined, txn);
    }
    txn.free();
  }

  editWithUpdate(patches: readonly Patch[]): Uint8Array {
    if (!this.#listens) {
      this.#listens = true;
      this.#doc.onUpdate((update: Uint8Array<ArrayBuffer>) => {
        this.#update = update;
      });
    }
    this.edit(patches);
    return this.#update;
  }

  apply(update: Uint8Array): void {
    applyUpdate(this.#doc, update, undefined);
  }

  applyAll(updates: readonly Uint8Array[]): void {
    for (const update of updates) applyUpdate(this.#doc, update, undefined);
  }

  text(): string {
    return this.#text.toString(undefined);
  }

  save(): Uint8Array {
    return encodeStateAsUpdate(this.#doc);
  }

  saveShallow(): Uint8Array {
    return encodeStateAsUpdate(this.#doc);
  }

  free(): void {
    this.#doc.free();
  }
}

const create = (author: number): YDoc => new YDoc({ clientID: idOf(author), offsetKind: 'utf16' });

export const ywasm: Peer = {
  text: {
    create: (author) => new YwasmText(create(author)),
    load(file) {
      const doc = create(99);
      applyUpdate(doc, file, undefined);
      return new YwasmText(doc);
    },
  },
};
