import type { CrdtType } from '../../core/crdt-type.ts';
import { formatId } from '../../core/ids.ts';
import type { Order } from '../../sequence/run-sequence.ts';
import { applyText } from './apply.ts';
import { invertOp, invertRange, opsOf } from './as-data.ts';
import { writeText } from './canonical.ts';
import { decodeOp, encodeOp } from './codec.ts';
import { loadColumns, saveColumns } from './columns.ts';
import { KeystrokeJoiner } from './join.ts';
import { readKey } from './key.ts';
import { DEFAULT_MARKS } from './marks.ts';
import { TextEditor } from './mut.ts';
import type { MarkSpec, TextMut, TextOp, TextPatch, TextView } from './op.ts';
import { idsOf, replayText, restoreText } from './past.ts';
import { TextState } from './state.ts';
import { viewOf } from './view.ts';
import { readOps, writeOps } from './wire.ts';

/** What a rich text may be told. */
export interface TextOptions {
  /** How marks grow, by key (or by the part of the key before a colon); added to the defaults. */
  readonly marks?: Readonly<Record<string, MarkSpec>>;
  /**
   * How passages that two people type into one gap are ordered: `rga+side` (the default) keeps each of them in one piece;
   * `rga` is the order of Automerge and json-joy. Part of the type: replicas must agree on it.
   */
  readonly order?: Order;
}

const JOINER = new KeystrokeJoiner();

export type TextType = CrdtType<TextState, TextOp, TextView, TextMut, TextPatch>;

/**
 * Rich text: one RGA of characters, block markers and embeds (see `sequence/`), with the marks of Peritext (Litt et
 * al. 2022). A paragraph is a marker with LWW attributes, so splitting and joining never copy text. A deleted element
 * is a tombstone that names its live deletes; undo retracts a delete, so nothing comes back twice.
 *
 * State: the log of ops by visible index (`op-log.ts`), the visible text (`rope.ts`), deleted text, and, derived when
 * needed, the id structure (`settle.ts`). Typing on costs O(1); any other insert or delete O(log n); a mark O(runs that
 * it covers); the view O(1), its text O(length) when read, its spans O(runs) once there are marks.
 * Left out on purpose: discarding tombstones and marks that others outdid.
 */
export function textType(options: TextOptions = {}): TextType {
  const specs = { ...DEFAULT_MARKS, ...options.marks };
  const { order = 'rga+side' } = options;
  return {
    kind: order === 'rga' ? 'text.rga@1' : 'text@1',
    create: (env) => new TextState(env, specs, order),
    width: (op) => (op.type === 'insert' ? op.text.length : 1),
    apply: applyText,
    invert: invertOp,
    contested: (op) => (op.type === 'attr' ? `${op.element ? formatId(op.element) : ''} ${op.key}` : null),
    restore: restoreText,
    view: viewOf,
    mutate: (context) => new TextEditor(context),
    encode: (op, w) => encodeOp(op, w),
    decode: (r) => decodeOp(r),
    canonical: writeText,
    journal: {
      write: writeOps,
      read: readOps,
      readKey,
      joiner: JOINER,
      ops: opsOf,
      invert: invertRange,
      save: (state, { history }) => saveColumns(state, history),
      load: loadColumns,
      replay: replayText,
      ids: idsOf,
    },
  };
}
