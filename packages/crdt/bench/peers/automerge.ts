import * as A from '@automerge/automerge';
import { idOf, type MarkedDoc, type Peer, type TextDoc } from '../lib/peer.ts';
import type { Patch } from '../lib/trace.ts';

interface Body {
  body: string;
}

const PATH = ['body'];
const actor = (author: number): string => idOf(author).toString(16).padStart(8, '0').repeat(4);

/** What all replicas begin with: the same bytes in every process. */
function base(): Uint8Array {
  const empty = A.init<Body>({ actor: 'ff'.repeat(16) });
  return A.save(
    A.change(empty, { time: 0 }, (doc) => {
      doc.body = '';
    }),
  );
}

class AutomergeText implements TextDoc {
  #doc: A.Doc<Body>;

  constructor(doc: A.Doc<Body>) {
    this.#doc = doc;
  }

  edit(patches: readonly Patch[]): void {
    this.#doc = A.change(this.#doc, (doc) => {
      for (const [at, deleted, inserted] of patches) A.splice(doc, PATH, at, deleted, inserted);
    });
  }

  editWithUpdate(patches: readonly Patch[]): Uint8Array {
    this.edit(patches);
    return A.getLastLocalChange(this.#doc) ?? new Uint8Array();
  }

  apply(update: Uint8Array): void {
    [this.#doc] = A.applyChanges(this.#doc, [update]);
  }

  applyAll(updates: readonly Uint8Array[]): void {
    [this.#doc] = A.applyChanges(this.#doc, [...updates]);
  }

  text(): string {
    return this.#doc.body;
  }

  save(): Uint8Array {
    return A.save(this.#doc);
  }

  free(): void {
    A.free(this.#doc);
  }
}

function withUpdates<T>(initial: T) {
  let doc = A.from<Record<string, unknown>>(initial as Record<string, unknown>, { actor: actor(0) });
  return {
    change(edit: (draft: T) => void): Uint8Array {
      doc = A.change(doc, (draft) => edit(draft as T));
      return A.getLastLocalChange(doc) ?? new Uint8Array();
    },
    now: () => doc as T,
  };
}

function marked(content: string): readonly [MarkedDoc, MarkedDoc] {
  const first = A.from({ body: content }, { actor: actor(0) });
  const wrap = (start: A.Doc<Body>): MarkedDoc => {
    let doc = start;
    return {
      mark(from, to, key, value) {
        doc = A.change(doc, (draft) =>
          A.mark(draft, PATH, { start: from, end: to, expand: 'after' }, key, value),
        );
        return A.getLastLocalChange(doc) ?? new Uint8Array();
      },
      apply(update) {
        [doc] = A.applyChanges(doc, [update]);
      },
      shown: () => A.spans(doc, PATH),
    };
  };
  const copy = A.load<Body>(A.save(first), { actor: actor(1) });
  return [wrap(first), wrap(copy)];
}

export const automerge: Peer = {
  text: {
    create: (author) => new AutomergeText(A.load<Body>(base(), { actor: actor(author) })),
    load: (file) => new AutomergeText(A.load<Body>(file, { actor: actor(99) })),
  },
  list() {
    const { change, now } = withUpdates<{ list: number[] }>({ list: [] });
    return {
      insert: (index, value) => change(({ list }) => void list.splice(index, 0, value)),
      values: () => now().list,
    };
  },
  map() {
    const { change, now } = withUpdates<{ map: Record<string, number> }>({ map: {} });
    return {
      set: (key, value) =>
        change(({ map }) => {
          map[key] = value;
        }),
      size: () => Object.keys(now().map).length,
    };
  },
  marked,
};
