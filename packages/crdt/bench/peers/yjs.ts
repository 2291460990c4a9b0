import * as Y from 'yjs';
import { idOf, type MarkedDoc, type Peer, type TextDoc } from '../lib/peer.ts';
import type { Patch } from '../lib/trace.ts';

/** Collects the update event, the way the documentation sends changes. */
class YjsText implements TextDoc {
  readonly #doc: Y.Doc;
  readonly #text: Y.Text;
  #patches: readonly Patch[] = [];
  #update: Uint8Array = new Uint8Array();
  #listens = false;

  constructor(doc: Y.Doc) {
    this.#doc = doc;
    this.#text = doc.getText('body');
  }

  readonly #play = (): void => {
    for (const [at, deleted, inserted] of this.#patches) {
      if (deleted > 0) this.#text.delete(at, deleted);
      if (inserted !== '') this.#text.insert(at, inserted);
    }
  };

  edit(patches: readonly Patch[]): void {
    this.#patches = patches;
    this.#doc.transact(this.#play);
  }

  editWithUpdate(patches: readonly Patch[]): Uint8Array {
    if (!this.#listens) {
      this.#listens = true;
      this.#doc.on('update', (update: Uint8Array) => {
        this.#update = update;
      });
    }
    this.edit(patches);
    return this.#update;
  }

  apply(update: Uint8Array): void {
    Y.applyUpdate(this.#doc, update);
  }

  applyAll(updates: readonly Uint8Array[]): void {
    this.#doc.transact(() => {
      for (const update of updates) Y.applyUpdate(this.#doc, update);
    });
  }

  text(): string {
    return this.#text.toString();
  }

  save(): Uint8Array {
    return Y.encodeStateAsUpdate(this.#doc);
  }

  /** Yjs drops deleted text anyway. */
  saveShallow(): Uint8Array {
    return Y.encodeStateAsUpdate(this.#doc);
  }
}

function create(author: number, options: ConstructorParameters<typeof Y.Doc>[0] = {}): Y.Doc {
  const doc = new Y.Doc(options);
  doc.clientID = idOf(author);
  return doc;
}

function withUpdates(doc: Y.Doc): (edit: () => void) => Uint8Array {
  let last: Uint8Array = new Uint8Array();
  doc.on('update', (update: Uint8Array) => {
    last = update;
  });
  return (edit) => {
    doc.transact(edit);
    return last;
  };
}

function marked(content: string): readonly [MarkedDoc, MarkedDoc] {
  const docs = [create(0), create(1)] as const;
  docs[0].getText('body').insert(0, content);
  Y.applyUpdate(docs[1], Y.encodeStateAsUpdate(docs[0]));
  const wrap = (doc: Y.Doc): MarkedDoc => {
    const cut = withUpdates(doc);
    return {
      mark: (start, end, key, value) =>
        cut(() => doc.getText('body').format(start, end - start, { [key]: value })),
      apply: (update) => Y.applyUpdate(doc, update),
      shown: () => doc.getText('body').toDelta(),
    };
  };
  return [wrap(docs[0]), wrap(docs[1])];
}

export const yjs: Peer = {
  text: {
    // A document that keeps deleted text (gc: false) would be slower still.
    create: (author) => new YjsText(create(author)),
    load(file) {
      const doc = create(99);
      Y.applyUpdate(doc, file);
      return new YjsText(doc);
    },
  },
  list() {
    const doc = create(0);
    const list = doc.getArray<number>('list');
    const cut = withUpdates(doc);
    return {
      insert: (index, value) => cut(() => list.insert(index, [value])),
      values: () => list.toArray(),
    };
  },
  map() {
    const doc = create(0);
    const fields = doc.getMap<number>('map');
    const cut = withUpdates(doc);
    return { set: (key, value) => cut(() => void fields.set(key, value)), size: () => fields.size };
  },
  marked,
};
