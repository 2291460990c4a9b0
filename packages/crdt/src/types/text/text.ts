import type { CrdtType } from '../../core/crdt-type.ts';
import type { Id, Stamp } from '../../core/ids.ts';
import { applyText } from './apply.ts';
import { writeText } from './canonical.ts';
import { decodeOp, encodeOp } from './codec.ts';
import { DEFAULT_MARKS, remark } from './marks.ts';
import { TextEditor } from './mut.ts';
import type { MarkSpec, TextMut, TextOp, TextPatch, TextView } from './op.ts';
import { createText, type TextState } from './state.ts';
import { viewOf } from './view.ts';

/** What a rich text may be told. */
export interface TextOptions {
  /** How marks grow, by key (or by the part of the key before a colon); added to the defaults. */
  readonly marks?: Readonly<Record<string, MarkSpec>>;
}

export type TextType = CrdtType<TextState, TextOp, TextView, TextMut, TextPatch>;

/**
 * Rich text: one RGA of characters, block markers and embeds (see `sequence/`), with the marks of Peritext (Litt et
 * al. 2022). A paragraph is a marker with LWW attributes, so splitting and joining never copy text. A deleted element
 * is a tombstone that names its live deletes; undo retracts a delete, so nothing comes back twice.
 *
 * An insert, a remote one too, costs O(leaves + 64); a delete or mark O(what it covers); the view O(length), once for
 * each change that is looked at. Left out on purpose: discarding tombstones and marks that others outdid.
 */
export function textType(options: TextOptions = {}): TextType {
  const specs = { ...DEFAULT_MARKS, ...options.marks };
  return {
    kind: 'text@1',
    create: () => createText(specs),
    width: (op) => (op.type === 'insert' ? op.text.length : 1),
    apply: applyText,
    invert,
    view: viewOf,
    mutate: (context) => new TextEditor(context),
    encode: encodeOp,
    decode: decodeOp,
    canonical: writeText,
  };
}

/** Hide what was inserted, retract what was deleted or marked, delete or mark anew what was retracted. */
function invert(state: TextState, op: TextOp, { id }: Stamp): readonly TextOp[] {
  switch (op.type) {
    case 'insert':
      return [{ type: 'delete', ranges: [{ ...id, length: op.text.length }] }];
    case 'element':
      return [{ type: 'delete', ranges: [{ ...id, length: 1 }] }];
    case 'delete':
    case 'mark':
      return [{ type: 'retract', target: id }];
    case 'retract':
      return anew(state, op.target);
    case 'attr':
      return [{ ...op, value: previous(state, op.element, op.key) }];
  }
}

function anew(state: TextState, id: Id): readonly TextOp[] {
  const target = state.targets.get(id);
  if (target === undefined || target.retracted) return [];
  if (target.type === 'delete') return [{ type: 'delete', ranges: target.ranges }];
  return remark(state, target);
}

function previous(state: TextState, element: Id | null, key: string) {
  if (element === null) return state.origin.get(key);
  const content = state.elements.find(element)?.block.content;
  return content === undefined || content.type === 'text' ? null : content.registers.get(key);
}
