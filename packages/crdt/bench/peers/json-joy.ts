import { Model } from 'json-joy/lib/json-crdt/index.js';
import { Patch as JoyPatch, s } from 'json-joy/lib/json-crdt-patch/index.js';
import { idOf, type Peer, type TextDoc } from '../lib/peer.ts';
import type { Patch } from '../lib/trace.ts';

/** Session ids are random numbers of 53 bits; those below 65536 are reserved. */
const session = (author: number): number => idOf(author) * 2 ** 20 + 65_536;

/** The schema's own ops wait in the builder: without the flush they would get into the first patch, once per replica. */
function create(author: number) {
  const model = Model.create(s.str(''), session(author));
  model.api.flush();
  return model;
}

type TextModel = ReturnType<typeof create>;

/** `flush` ends a transaction: it gives the patch, which `toBinary` encodes for the wire. */
class JsonJoyText implements TextDoc {
  readonly #model: TextModel;
  readonly #text: ReturnType<TextModel['api']['str']>;

  constructor(model: TextModel) {
    this.#model = model;
    this.#text = model.api.str([]);
  }

  edit(patches: readonly Patch[]): void {
    this.#play(patches);
  }

  editWithUpdate(patches: readonly Patch[]): Uint8Array {
    return this.#play(patches).toBinary();
  }

  apply(update: Uint8Array): void {
    this.#model.applyPatch(JoyPatch.fromBinary(update));
  }

  applyAll(updates: readonly Uint8Array[]): void {
    this.#model.applyBatch(updates.map((update) => JoyPatch.fromBinary(update)));
  }

  text(): string {
    return String(this.#model.view());
  }

  save(): Uint8Array {
    return this.#model.toBinary();
  }

  /** json-joy drops deleted text anyway. */
  saveShallow(): Uint8Array {
    return this.#model.toBinary();
  }

  #play(patches: readonly Patch[]): JoyPatch {
    for (const [at, deleted, inserted] of patches) {
      if (deleted > 0) this.#text.del(at, deleted);
      if (inserted !== '') this.#text.ins(at, inserted);
    }
    return this.#model.api.flush();
  }
}

export const jsonJoy: Peer = {
  text: {
    create: (author) => new JsonJoyText(create(author)),
    load: (file) => new JsonJoyText(Model.load(file, session(99), s.str(''))),
  },
  list() {
    const model = Model.create(s.arr([]), session(0));
    const list = model.api.arr([]);
    return {
      insert(index, value) {
        (list as { ins(index: number, values: unknown[]): void }).ins(index, [value]);
        return model.api.flush().toBinary();
      },
      values: () => model.view() as readonly unknown[],
    };
  },
  map() {
    const model = Model.create(s.obj({}), session(0));
    const fields = model.api.obj([]);
    return {
      set(key, value) {
        (fields as { set(entries: Record<string, unknown>): void }).set({ [key]: value });
        return model.api.flush().toBinary();
      },
      size: () => Object.keys(model.view() as object).length,
    };
  },
};
