import type { Marks, OpId, TextMut, TextPatch } from '@concord/crdt';
import type { Node, ResolvedPos } from '@tiptap/pm/model';
import { ReplaceStep, type Step } from '@tiptap/pm/transform';
import type { TextCodec } from './codec.ts';
import { type Bounds, followIndex } from './follow.ts';
import { markRecord } from './render.ts';
import { tokens } from './tokens.ts';

/**
 * The block of a running composition, while the editor must not be touched although others changed that block.
 * The editor and the text differ then, so what the input method does is written by the elements' ids.
 */
export class HeldBlock {
  readonly #marker: OpId | null;
  /** Which block of the editor it is. */
  readonly #block: number;
  /** The elements of the block as the editor has it; null for those deleted by others. */
  readonly #ids: (OpId | null)[];

  /** `bounds` of block number `block` before `patches`, which the text has and the editor has not. */
  constructor(text: TextMut, block: number, bounds: Bounds, patches: readonly TextPatch[]) {
    const idOf = (index: number): OpId | null => {
      const now = followIndex(index, patches);
      return now === null ? null : text.idAt(now);
    };
    this.#block = block;
    this.#marker = bounds.start === 0 ? null : idOf(bounds.start - 1);
    this.#ids = Array.from({ length: bounds.end - bounds.start }, (_, i) => idOf(bounds.start + i));
  }

  /** Writes a step inside the block. Throws RangeError on any other: it cannot be placed. */
  write(text: TextMut, codec: TextCodec, step: Step, before: Node): void {
    if (!(step instanceof ReplaceStep)) throw new RangeError('not typing');
    const $from = before.resolve(step.from);
    const $to = before.resolve(step.to);
    const isHere = ($pos: ResolvedPos): boolean => $pos.depth > 0 && $pos.index(0) === this.#block;
    const from = $from.parentOffset;
    const to = $to.parentOffset;
    const inserted = tokens(step.slice.content, step.slice.openStart > 0);
    const isTyping = inserted.every((token) => token.type === 'unit');
    if (!isHere($from) || !isHere($to) || !isTyping) throw new RangeError('outside of the composing block');

    for (const id of this.#ids.slice(from, to)) {
      const index = id === null ? null : text.indexOfElement(id);
      if (index !== null) text.delete(index, 1);
    }
    const left = this.#ids.slice(0, from).findLast((id) => id !== null) ?? this.#marker;
    let at = text.indexOf({ id: left, side: 'after' }) ?? 0;
    const ids: OpId[] = [];
    for (const token of inserted) {
      if (token.type !== 'unit') continue;
      text.insert(at, token.unit, markRecord(codec, token.marks) as Marks);
      ids.push(text.idAt(at++));
    }
    this.#ids.splice(from, to - from, ...ids);
  }
}
