import { withoutReplica } from '../../src/core/change-header.ts';
import {
  Doc,
  dag,
  list,
  loadDoc,
  type Mut,
  map,
  type OpId,
  object,
  ROOT,
  replicaId,
  saveDoc,
  text,
  tree,
} from '../../src/index.ts';
import {
  type GraphDoc,
  idOf,
  type MapDoc,
  type MarkedDoc,
  type MovableListDoc,
  type Peer,
  type TextDoc,
  type TreeDoc,
} from '../lib/peer.ts';
import type { Patch } from '../lib/trace.ts';

const NOTHING = new Uint8Array();
const schema = object({ body: text() });

class ConcordText implements TextDoc {
  #doc: Doc<typeof schema>;
  #patches: readonly Patch[] = [];

  constructor(doc: Doc<typeof schema>) {
    this.#doc = doc;
  }

  readonly #play = ({ body }: Mut<typeof schema>): void => {
    for (const [at, deleted, inserted] of this.#patches) {
      if (deleted > 0) body.delete(at, deleted);
      if (inserted !== '') body.insert(at, inserted);
    }
  };

  edit(patches: readonly Patch[]): void {
    this.#patches = patches;
    this.#doc.change(this.#play);
  }

  editWithUpdate(patches: readonly Patch[]): Uint8Array {
    this.#patches = patches;
    return this.#doc.change(this.#play)?.bytes ?? NOTHING;
  }

  apply(update: Uint8Array): void {
    this.#doc.apply(update);
  }

  applyAll(updates: readonly Uint8Array[]): void {
    this.#doc.apply(updates);
  }

  text(): string {
    return this.#doc.view.body.text;
  }

  save(): Uint8Array {
    return saveDoc(this.#doc);
  }

  saveShallow(): Uint8Array {
    return saveDoc(this.#doc, { history: false });
  }

  bare(update: Uint8Array): Uint8Array {
    return withoutReplica(update);
  }
}

const author = (index: number) => replicaId(idOf(index).toString(16).padStart(8, '0').repeat(2));

const items = object({ items: list<number>() });

function listDoc(): MovableListDoc {
  const doc = new Doc(items, { replica: author(0) });
  return {
    insert: (index, value) => doc.change((root) => root.items.insert(index, value))?.bytes ?? NOTHING,
    move: (from, to) => doc.change((root) => root.items.move(from, to))?.bytes ?? NOTHING,
    values: () => doc.view.items,
  };
}

const fields = object({ fields: map<number>() });

function mapDoc(): MapDoc {
  const doc = new Doc(fields, { replica: author(0) });
  return {
    set: (key, value) => doc.change((root) => root.fields.set(key, value))?.bytes ?? NOTHING,
    size: () => Object.keys(doc.view.fields).length,
  };
}

const outline = object({ outline: tree() });

function treeDoc(): TreeDoc {
  const doc = new Doc(outline, { replica: author(0) });
  const move = (node: number, parent: number | null) =>
    doc.change((root) => root.outline.move(String(node), parent === null ? ROOT : String(parent), 0))
      ?.bytes ?? NOTHING;
  let nodes = 0;
  return {
    add: (parent) => void move(nodes++, parent),
    move,
    parentOf(node) {
      const parent = doc.view.outline.parent[String(node)];
      return parent === undefined || parent === ROOT ? null : Number(parent);
    },
  };
}

function marked(content: string): readonly [MarkedDoc, MarkedDoc] {
  const docs = [0, 1].map((index) => new Doc(schema, { replica: author(index) }));
  const first = docs[0]?.change((root) => root.body.insert(0, content));
  if (first) docs[1]?.apply([first.bytes]);
  const wrap = (doc: Doc<typeof schema>): MarkedDoc => ({
    mark: (start, end, key, value) =>
      doc.change((root) => root.body.mark(start, end, key, value))?.bytes ?? NOTHING,
    apply: (update) => void doc.apply([update]),
    shown: () => doc.view.body.spans,
  });
  return docs.map(wrap) as [MarkedDoc, MarkedDoc];
}

const links = object({ links: dag() });

function graph(): GraphDoc {
  const doc = new Doc(links, { replica: author(0) });
  return {
    add(from, to) {
      let edge: OpId | undefined;
      const change = doc.change((root) => {
        edge = root.links.add(from, to, 'FS');
      });
      return edge && change ? change.bytes : NOTHING;
    },
    active: () =>
      doc.view.links.edges.flatMap(({ from, to, status }) =>
        status === 'active' ? [[from, to] as const] : [],
      ),
  };
}

export const concord: Peer = {
  text: {
    create: (index) => new ConcordText(new Doc(schema, { replica: author(index) })),
    load: (file) => new ConcordText(loadDoc(schema, file, { replica: author(99) })),
  },
  list: listDoc,
  movableList: listDoc,
  map: mapDoc,
  tree: treeDoc,
  marked,
  graph,
};
