import {
  type Doc,
  type EncodedChange,
  type Mut,
  type OpId,
  type SchemaNode,
  type TextMut,
  type TextPatch,
  textPatches,
} from '@concord/crdt';

/** A change of a text that the subscriber did not make through `change`. */
export interface TextEvent {
  readonly origin: 'local' | 'remote' | 'undo';
  readonly patches: readonly TextPatch[];
  /** False if another listener has changed the document meanwhile: the text is ahead of the patches then. */
  readonly isLatest: boolean;
}

/** One rich text inside a document: what an editor needs of it and nothing more. */
export interface TextSource {
  /** Names the text inside the document: `body`, `stream`. */
  readonly path: string;
  read<T>(fn: (text: TextMut) => T): T;
  /** One atomic change. If `fn` throws, nothing happened and the error goes on. */
  change(fn: (text: TextMut) => void, label: string): void;
  /** Called for every change of the text but this source's own. Returns the way to stop. */
  subscribe(listener: (event: TextEvent) => void): () => void;
  undo(): void;
  redo(): void;
}

/** The text at `path` of a document; `select` picks it from the root. One source per editor. */
export function textSource<S extends SchemaNode>(
  doc: Doc<S>,
  path: string,
  select: (root: Mut<S>) => TextMut,
): TextSource {
  // Events come while `change` runs, or after it when it runs inside another listener: told apart by identity.
  const own = new WeakSet<EncodedChange>();
  let writing = false;
  return {
    path,
    read: (fn) => doc.query((root) => fn(select(root))),
    change(fn, label) {
      writing = true;
      try {
        const made = doc.change((root) => fn(select(root)), { label });
        if (made) own.add(made);
      } finally {
        writing = false;
      }
    },
    subscribe(listener) {
      // Only this replica's own changes can happen inside a listener.
      const written = (): number => doc.version.get(doc.replica) ?? 0;
      let seen = written();
      return doc.subscribe((event) => {
        for (const { replica, to } of event.changes) if (replica === doc.replica) seen = to;
        const [first] = event.changes;
        if (event.origin === 'local' && (writing || (first && own.has(first)))) return;
        const patches = textPatches(event, path);
        if (patches.length === 0) return;
        listener({ origin: event.origin, patches, isLatest: seen === written() });
      });
    },
    undo: () => void doc.undo(),
    redo: () => void doc.redo(),
  };
}

/** The part of a text that an editor shows, in visible indices. */
export interface TextRange {
  /** The block marker before it, or null for the start of the text. */
  readonly marker: OpId | null;
  /** Whether it ends at the next marker, so that it is one block. */
  readonly single: boolean;
  /** Null while the marker is deleted. */
  start(text: TextMut): number | null;
  end(text: TextMut): number;
}

/** The whole text, block by block. */
export const wholeText: TextRange = {
  marker: null,
  single: false,
  start: () => 0,
  end: (text) => text.length,
};

/** One block: from its marker (null: from the start of the text) to the next live marker. */
export function blockRange(marker: OpId | null): TextRange {
  const start = (text: TextMut): number | null => {
    const at = marker === null ? -1 : text.indexOfElement(marker);
    return at === null ? null : at + 1;
  };
  return { marker, single: true, start, end: (text) => nextMarker(text, start(text) ?? text.length) };
}

/** Looks ahead in growing steps: a block is short, the text behind it may be long. */
function nextMarker(text: TextMut, start: number): number {
  let from = start;
  for (let step = 256; from < text.length; step *= 4) {
    const to = Math.min(text.length, from + step);
    let index = from;
    for (const span of text.spans(from, to)) {
      if (span.type === 'block') return index;
      index += span.type === 'text' ? span.text.length : 1;
    }
    from = to;
  }
  return text.length;
}
