import {
  type BunchMeta,
  expandPositions,
  Order,
  type OrderSavedState,
  type Position,
  Text,
  type TextSavedState,
} from 'list-positions';
import { idOf, type Peer, type TextDoc } from '../lib/peer.ts';
import type { Patch } from '../lib/trace.ts';

/** The library leaves messages and storage to its user; its documentation uses JSON. */
type Message =
  | { readonly set: Position; readonly chars: string; readonly meta?: BunchMeta }
  | { readonly delete: Position; readonly count: number };

interface File {
  readonly order: OrderSavedState;
  readonly text: TextSavedState;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

class PositionsText implements TextDoc {
  readonly #order: Order;
  readonly #text: Text;

  constructor(author: number) {
    this.#order = new Order({ replicaID: idOf(author).toString(36) });
    this.#text = new Text(this.#order);
  }

  static load(bytes: Uint8Array): PositionsText {
    const doc = new PositionsText(99);
    const file = JSON.parse(decoder.decode(bytes)) as File;
    doc.#order.load(file.order);
    doc.#text.load(file.text);
    return doc;
  }

  edit(patches: readonly Patch[]): void {
    for (const [at, deleted, inserted] of patches) {
      if (deleted > 0) this.#text.deleteAt(at, deleted);
      if (inserted !== '') this.#text.insertAt(at, inserted);
    }
  }

  editWithUpdate(patches: readonly Patch[]): Uint8Array {
    const messages: Message[] = [];
    for (const [at, deleted, inserted] of patches) {
      if (deleted === 1) messages.push({ delete: this.#text.positionAt(at), count: 1 });
      else if (deleted > 1) {
        for (const [position, chars] of this.#text.items(at, at + deleted))
          messages.push({ delete: position, count: chars.length });
      }
      if (deleted > 0) this.#text.deleteAt(at, deleted);
      if (inserted !== '') {
        const [position, meta] = this.#text.insertAt(at, inserted);
        messages.push({ set: position, chars: inserted, ...(meta && { meta }) });
      }
    }
    return encoder.encode(JSON.stringify(messages));
  }

  apply(update: Uint8Array): void {
    for (const message of JSON.parse(decoder.decode(update)) as Message[]) {
      if ('set' in message) {
        if (message.meta) this.#order.addMetas([message.meta]);
        this.#text.set(message.set, message.chars);
      } else if (message.count === 1) this.#text.delete(message.delete);
      else for (const position of expandPositions(message.delete, message.count)) this.#text.delete(position);
    }
  }

  applyAll(updates: readonly Uint8Array[]): void {
    for (const update of updates) this.apply(update);
  }

  text(): string {
    return this.#text.toString();
  }

  save(): Uint8Array {
    const file: File = { order: this.#order.save(), text: this.#text.save() };
    return encoder.encode(JSON.stringify(file));
  }

  saveShallow(): Uint8Array {
    return this.save();
  }
}

export const listPositions: Peer = {
  text: {
    create: (author) => new PositionsText(author),
    load: (file) => PositionsText.load(file),
  },
};
