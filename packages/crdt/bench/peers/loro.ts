import { LoroDoc, type TreeID } from 'loro-crdt';
import { idOf, type MarkedDoc, type Peer, type TextDoc } from '../lib/peer.ts';
import type { Patch } from '../lib/trace.ts';

function create(author: number): LoroDoc {
  const doc = new LoroDoc();
  doc.setPeerId((BigInt(idOf(author)) << 32n) | BigInt(idOf(author + 7)));
  return doc;
}

/** Commits, and exports what is newer than the last cut. */
function cutter(doc: LoroDoc): () => Uint8Array {
  let last = doc.version();
  return () => {
    doc.commit();
    const update = doc.export({ mode: 'update', from: last });
    last.free();
    last = doc.version();
    return update;
  };
}

class LoroTextDoc implements TextDoc {
  readonly #doc: LoroDoc;
  readonly #text: ReturnType<LoroDoc['getText']>;
  #cut: (() => Uint8Array) | null = null;

  constructor(doc: LoroDoc) {
    this.#doc = doc;
    this.#text = doc.getText('body');
  }

  edit(patches: readonly Patch[]): void {
    this.#play(patches);
    this.#doc.commit();
  }

  editWithUpdate(patches: readonly Patch[]): Uint8Array {
    this.#cut ??= cutter(this.#doc);
    this.#play(patches);
    return this.#cut();
  }

  apply(update: Uint8Array): void {
    this.#doc.import(update);
  }

  applyAll(updates: readonly Uint8Array[]): void {
    this.#doc.importBatch([...updates]);
  }

  text(): string {
    return this.#text.toString();
  }

  save(): Uint8Array {
    return this.#doc.export({ mode: 'snapshot' });
  }

  saveShallow(): Uint8Array {
    return this.#doc.export({ mode: 'shallow-snapshot', frontiers: this.#doc.frontiers() });
  }

  free(): void {
    this.#text.free();
    this.#doc.free();
  }

  #play(patches: readonly Patch[]): void {
    for (const [at, deleted, inserted] of patches) {
      if (deleted > 0) this.#text.delete(at, deleted);
      if (inserted !== '') this.#text.insert(at, inserted);
    }
  }
}

function marked(content: string): readonly [MarkedDoc, MarkedDoc] {
  const docs = [create(0), create(1)] as const;
  for (const doc of docs) {
    doc.configTextStyle({
      bold: { expand: 'after' },
      italic: { expand: 'after' },
      link: { expand: 'none' },
    });
  }
  docs[0].getText('body').insert(0, content);
  docs[0].commit();
  docs[1].import(docs[0].export({ mode: 'update' }));
  const wrap = (doc: LoroDoc): MarkedDoc => {
    const text = doc.getText('body');
    const cut = cutter(doc);
    return {
      mark(start, end, key, value) {
        text.mark({ start, end }, key, value);
        return cut();
      },
      apply: (update) => void doc.import(update),
      shown: () => text.toDelta(),
    };
  };
  return [wrap(docs[0]), wrap(docs[1])];
}

export const loro: Peer = {
  text: {
    create: (author) => new LoroTextDoc(create(author)),
    load(file) {
      const doc = create(99);
      doc.import(file);
      return new LoroTextDoc(doc);
    },
  },
  list() {
    const doc = create(0);
    const list = doc.getList('list');
    const cut = cutter(doc);
    return {
      insert(index, value) {
        list.insert(index, value);
        return cut();
      },
      values: () => list.toArray(),
    };
  },
  movableList() {
    const doc = create(0);
    const list = doc.getMovableList('list');
    const cut = cutter(doc);
    return {
      insert(index, value) {
        list.insert(index, value);
        return cut();
      },
      move(from, to) {
        list.move(from, to);
        return cut();
      },
      values: () => list.toArray(),
    };
  },
  map() {
    const doc = create(0);
    const fields = doc.getMap('map');
    const cut = cutter(doc);
    return {
      set(key, value) {
        fields.set(key, value);
        return cut();
      },
      size: () => fields.size,
    };
  },
  tree() {
    const doc = create(0);
    const tree = doc.getTree('tree');
    const cut = cutter(doc);
    const nodes: TreeID[] = [];
    const idOf = (node: number | null) => (node === null ? undefined : nodes[node]);
    return {
      add(parent) {
        nodes.push(tree.createNode(idOf(parent), 0).id);
        doc.commit();
      },
      move(node, parent) {
        tree.move(nodes[node] as TreeID, idOf(parent), 0);
        return cut();
      },
      parentOf(node) {
        const parent = tree.getNodeByID(nodes[node] as TreeID)?.parent();
        return parent === undefined ? null : nodes.indexOf(parent.id);
      },
    };
  },
  marked,
};
