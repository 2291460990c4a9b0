import { DecodeError } from '../bytes/index.ts';
import type { Id } from '../core/ids.ts';
import { knows } from '../core/version.ts';
import type { SchemaNode } from '../schema/schema.ts';
import { Doc, insideOf } from './doc.ts';
import { fill, fillUndo, isCrippled, openFile } from './load.ts';
import { lacking } from './merge.ts';
import type { DocOptions, SaveOptions } from './options.ts';
import type { ApplyReport } from './outcome.ts';
import { saveFile } from './save.ts';
import type { Damage } from './sections.ts';
import { decodeUndo, encodeUndo } from './undo-codec.ts';

/*
 * Documents as files. Functions beside `Doc`, so that who only exchanges changes does not carry them.
 */

/** A document from a file, and what could not be had. */
export interface OpenedDoc<S extends SchemaNode> {
  readonly doc: Doc<S>;
  readonly damage: readonly Damage[];
}

const LIMIT = 512 << 20;

/** A document from what `saveDoc` gave. Throws DecodeError if anything in the file is damaged: see `openDoc`. */
export function loadDoc<S extends SchemaNode>(
  schema: S,
  bytes: Uint8Array,
  options: DocOptions = {},
): Doc<S> {
  const { doc, damage } = openDoc(schema, bytes, options);
  const [first] = damage;
  if (first !== undefined) throw new DecodeError(`${first.reason}${first.section && `: ${first.section}`}`);
  return doc;
}

/**
 * A document from any bytes: never throws, and says what is damaged. Shows what is whole; if more is damaged than the
 * undo steps or the end of the file, the document can only be read, and is to be replaced by an older generation and
 * what others have.
 */
export function openDoc<S extends SchemaNode>(
  schema: S,
  bytes: Uint8Array,
  options: DocOptions = {},
): OpenedDoc<S> {
  const file = openFile(bytes, options.limit ?? LIMIT);
  const doc = new Doc(schema, options, file.peers);
  const { log, targets, env, load } = insideOf(doc);
  log.isTrimmed = !file.hasHistory;
  load((outcome) => {
    fill(file, log, targets, env, outcome);
    return !isCrippled(file);
  });
  if (!doc.isReadOnly) fillUndo(file, (undo) => loadUndo(doc, undo));
  return { doc, damage: file.damage };
}

/** Everything that the document knows, for `loadDoc`. Throws Error if it was opened from a damaged file. */
export function saveDoc<S extends SchemaNode>(
  doc: Doc<S>,
  { history = true, undo = false }: SaveOptions = {},
): Uint8Array {
  if (doc.isReadOnly) throw new Error('a damaged document is not to be saved over a whole one');
  const { log, targets, leaves } = insideOf(doc);
  return saveFile(log, targets, leaves(), history && !log.isTrimmed, undo ? saveUndo(doc) : null);
}

/** The undo steps alone, for a document of the same user that knows at least as much. */
export function saveUndo<S extends SchemaNode>(doc: Doc<S>): Uint8Array {
  const { log, undo } = insideOf(doc);
  return encodeUndo(undo, log.peers);
}

/** Takes what `saveUndo` gave in the place of the document's own steps. Throws DecodeError. */
export function loadUndo<S extends SchemaNode>(doc: Doc<S>, bytes: Uint8Array): void {
  const { log, targets, undo } = insideOf(doc);
  const knowsId = (id: Id): boolean => knows(log.version, id);
  undo.take(decodeUndo(bytes, log.peers, targets, knowsId));
}

/**
 * Takes in what another replica saved: all that the document lacks of it. Throws DecodeError if it is damaged, or
 * contradicts itself, or has no history.
 */
export function mergeFile<S extends SchemaNode>(doc: Doc<S>, file: Uint8Array): ApplyReport {
  return doc.apply(lacking(loadDoc(doc.schema, file), doc.version));
}
