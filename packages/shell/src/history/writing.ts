import { blame, type Doc, history, type ReplicaId, type SchemaNode, type TextMut } from '@concord/crdt';
import type { Subject } from '../comments/subject.ts';

/** What one author wrote of something. */
export type Written = {
  readonly replica: ReplicaId;
  readonly time: number;
  /** The words, of a text; null of a thing. */
  readonly text: string | null;
  readonly edits: number;
};

/** More words of one piece are not shown. */
const SHORT = 120;

/** Who wrote a stretch of the text at `path`, in its order, or a thing, the last one first. */
export function writingOf<S extends SchemaNode>(
  doc: Doc<S>,
  subject: Subject,
  path: string | null,
): Written[] {
  if (subject.type === 'item') return writersOf(doc, subject.id);
  if (path === null) return [];
  const bounds = doc.query((root) => {
    const text = Reflect.get(root as object, path) as TextMut;
    return [text.indexOf(subject.start), text.indexOf(subject.end), text.length] as const;
  });
  const [from, to, length] = [bounds[0] ?? 0, bounds[1] ?? bounds[0] ?? 0, bounds[2]];
  // A caret asks about the letter before it.
  const first = from < to ? from : Math.max(0, from - 1);
  const { text } = Reflect.get(doc.view as object, path) as { readonly text: string };
  const pieces: Written[] = [];
  for (const by of blame(doc, path, first, Math.min(length, Math.max(to, first + 1)))) {
    const words = text.slice(by.from, by.to);
    const last = pieces.at(-1);
    if (last?.replica === by.replica && by.time - last.time < 60_000)
      pieces[pieces.length - 1] = {
        ...last,
        text: (last.text ?? '') + words,
        edits: last.edits + words.length,
      };
    else pieces.push({ replica: by.replica, time: by.time, text: words, edits: words.length });
  }
  return pieces.map((piece) => ({ ...piece, text: shortened(piece.text ?? '') }));
}

const shortened = (text: string): string => (text.length > SHORT ? `${text.slice(0, SHORT - 1)}…` : text);

function writersOf<S extends SchemaNode>(doc: Doc<S>, key: string): Written[] {
  const segment = encodeURIComponent(key);
  const writers = new Map<ReplicaId, { time: number; edits: number }>();
  for (const { replica, paths, time, from, to } of history(doc)) {
    if (!paths.some((path) => path.split('/').includes(segment))) continue;
    const known = writers.get(replica);
    writers.delete(replica);
    writers.set(replica, { time, edits: (known?.edits ?? 0) + to - from });
  }
  return [...writers].map(([replica, rest]) => ({ replica, text: null, ...rest })).reverse();
}
