import type { VersionVector } from '../core/version.ts';
import type { LeafContainer } from '../schema/container.ts';
import type { SchemaNode, View } from '../schema/schema.ts';
import type { EncodedChange } from './change.ts';
import { type Doc, type Inside, insideOf } from './doc.ts';
import type { ChangeOptions } from './options.ts';
import { type Blame, type Compared, type Difference, Past } from './past.ts';
import { emitEach } from './undoer.ts';
import { HistoryChange } from './walk.ts';

/*
 * The past of a document. Functions beside `Doc`, so that who only edits does not carry them.
 */

const pasts = new WeakMap<object, Past>();

/** The changes that are in `until`, by default all, and not in `since`, in a causal order: who, when, where, what. */
export function* history<S extends SchemaNode>(
  doc: Doc<S>,
  since: VersionVector = new Map(),
  until?: VersionVector,
): Generator<HistoryChange> {
  const { log, targets } = insideOf(doc);
  for (const piece of log.since(since, until)) yield new HistoryChange(log, targets, piece);
}

/** The document as it was at `version`. Throws RangeError if its history was left out. */
export function at<S extends SchemaNode>(doc: Doc<S>, version: VersionVector): View<S> {
  const inside = insideOf(doc);
  return pastOf(doc, inside).view(inside.root, version) as View<S>;
}

/**
 * Makes `at` and `compare` quick for `versions`, given the oldest first: a bit with each step of the generator. `way`:
 * versions before them, the oldest first, at each of which a step may end; those that bring nothing nearer are left out.
 */
export function recall<S extends SchemaNode>(
  doc: Doc<S>,
  versions: readonly VersionVector[],
  way: readonly VersionVector[] = [],
): Generator<void> {
  return pastOf(doc, insideOf(doc)).recall(versions, way);
}

/** The containers that differ between two versions. Throws RangeError if the history was left out. */
export function diff<S extends SchemaNode>(
  doc: Doc<S>,
  a: VersionVector,
  b: VersionVector,
): readonly Difference[] {
  return pastOf(doc, insideOf(doc)).diff(a, b);
}

/** Who wrote the elements [from, to) of the text at `path`. Throws RangeError if there is none. */
export function blame<S extends SchemaNode>(
  doc: Doc<S>,
  path: string,
  from: number,
  to: number,
): readonly Blame[] {
  const inside = insideOf(doc);
  return pastOf(doc, inside).blame(leafAt(inside, path), from, to);
}

/** What of the text at `path` was kept, came and went between two versions. Throws RangeError if there is none. */
export function compare<S extends SchemaNode>(
  doc: Doc<S>,
  path: string,
  a: VersionVector,
  b: VersionVector,
): readonly Compared[] {
  const inside = insideOf(doc);
  return pastOf(doc, inside).compare(leafAt(inside, path), a, b);
}

/** Makes one change after which the document shows what it showed at `version`. Throws RangeError without history. */
export function revertTo<S extends SchemaNode>(
  doc: Doc<S>,
  version: VersionVector,
  { label = 'Restore' }: Pick<ChangeOptions, 'label'> = {},
): EncodedChange | null {
  const inside = insideOf(doc);
  inside.log.needHistory();
  const parts = pastOf(doc, inside).restore(version, inside.versions);
  return inside.revert(() => emitEach(doc.draft, parts), label);
}

function pastOf(doc: object, { log, targets, env }: Inside): Past {
  let past = pasts.get(doc);
  if (past === undefined || past.isOver) {
    past = new Past(log, targets, env);
    pasts.set(doc, past);
  }
  return past;
}

function leafAt({ root }: Inside, path: string): LeafContainer {
  const leaf = root.resolve(path === '' ? [] : path.split('/'));
  if (leaf === null) throw new RangeError(`nothing at ${path}`);
  return leaf;
}
