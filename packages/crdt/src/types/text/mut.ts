import { type Json, jsonEqual, Writer, writeJson } from '../../bytes/index.ts';
import type { MutContext } from '../../core/crdt-type.ts';
import { formatId, type Id, type IdRange, type OpId, parseId } from '../../core/ids.ts';
import type { Spot } from '../../sequence/index.ts';
import { markOf } from './cover.ts';
import { coverAfter, growth } from './marks.ts';
import type { Anchor, AnchorSlot, Attrs, Marks, TextMut, TextOp, TextSpan } from './op.ts';
import { type Content, opIdAt, type Registers, type TextState } from './state.ts';
import { eachVisible, spansOf } from './view.ts';

/** The legal operations on a rich text, for one running change. */
export class TextEditor implements TextMut {
  readonly #context: MutContext<TextState, TextOp>;

  constructor(context: MutContext<TextState, TextOp>) {
    this.#context = context;
  }

  get #state(): TextState {
    return this.#context.state;
  }

  get length(): number {
    return this.#state.elements.length;
  }

  insert(index: number, text: string, marks?: Marks): void {
    this.#check(index, index);
    if (marks !== undefined) checkData(marks);
    if (text.length === 0) return;
    const left = this.#leftOf(index);
    this.#context.emit({ type: 'insert', origin: this.#state.elements.originAfter(left), text });
    if (marks !== undefined) this.#setMarks(index, text.length, marks);
  }

  insertBlock(index: number, attrs: Attrs): OpId {
    return this.#insertElement(index, 'block', attrs);
  }

  insertEmbed(index: number, attrs: Attrs, marks?: Marks): OpId {
    if (marks !== undefined) checkData(marks);
    const id = this.#insertElement(index, 'embed', attrs);
    if (marks !== undefined) this.#setMarks(index, 1, marks);
    return id;
  }

  delete(index: number, count: number): void {
    this.#check(index, index + count);
    const ranges: IdRange[] = [];
    eachVisible(this.#state, index, index + count, (block, from, to) => {
      const last = ranges[ranges.length - 1];
      const { replica, seq } = block.idAt(from);
      if (last !== undefined && last.replica === replica && last.seq + last.length === seq) {
        ranges[ranges.length - 1] = { replica, seq: last.seq, length: last.length + to - from };
      } else ranges.push({ replica, seq, length: to - from });
    });
    if (ranges.length > 0) this.#context.emit({ type: 'delete', ranges });
  }

  mark(start: number, end: number, key: string, value: Json | null): void {
    this.#check(start, end);
    checkKey(key);
    checkData(value);
    let differs = false;
    eachVisible(this.#state, start, end, ({ content }) => {
      if (content.type !== 'block') differs ||= !jsonEqual(markOf(content.cover.marks, key), value);
    });
    if (!differs) return;
    const { before, after } = growth(this.#state, key, value);
    this.#context.emit({
      type: 'mark',
      key,
      value,
      start: before ? this.#slotAfter(start - 1) : this.#slotBefore(start),
      end: after ? this.#slotBefore(end) : this.#slotAfter(end - 1),
    });
  }

  setAttr(element: OpId | null, key: string, value: Json | null): void {
    checkKey(key);
    checkData(value);
    if (jsonEqual(this.#registers(element).get(key), value)) return;
    this.#context.emit({ type: 'attr', element: element === null ? null : parseId(element), key, value });
  }

  spans(start = 0, end = this.length): readonly TextSpan[] {
    this.#check(start, end);
    return spansOf(this.#state, start, end);
  }

  marksAt(index: number): Marks {
    this.#check(index, index);
    return coverAfter(this.#state, this.#leftOf(index)).marks;
  }

  attrs(element: OpId | null): Attrs {
    return this.#registers(element).attrs;
  }

  anchorAt(index: number, side: 'before' | 'after' = 'after'): Anchor {
    this.#check(index, index);
    const slot = side === 'after' ? this.#slotAfter(index - 1) : this.#slotBefore(index);
    return { id: slot.id === null ? null : formatId(slot.id), side };
  }

  indexOf(anchor: Anchor): number | null {
    if (anchor.id === null) return anchor.side === 'after' ? 0 : this.length;
    const spot = this.#find(anchor.id);
    if (spot === null) return null;
    const index = this.#state.elements.indexOf(spot);
    return anchor.side === 'after' && spot.block.visible > 0 ? index + 1 : index;
  }

  indexOfElement(id: OpId): number | null {
    const spot = this.#find(id);
    return spot === null || spot.block.visible === 0 ? null : this.#state.elements.indexOf(spot);
  }

  idAt(index: number): OpId {
    return opIdAt(this.#state.elements.at(index));
  }

  #insertElement(index: number, element: 'block' | 'embed', attrs: Attrs): OpId {
    this.#check(index, index);
    checkData(attrs);
    for (const key of Object.keys(attrs)) checkKey(key);
    const origin = this.#state.elements.originAfter(this.#leftOf(index));
    return formatId(this.#context.emit({ type: 'element', origin, element, attrs }));
  }

  /** Gives new elements exactly these marks; only where they differ from what the place gave them. */
  #setMarks(index: number, count: number, marks: Marks): void {
    const inherited = this.#state.elements.at(index).block.content.cover.marks;
    for (const key of new Set([...Object.keys(inherited), ...Object.keys(marks)])) {
      this.mark(index, index + count, key, markOf(marks, key));
    }
  }

  /**
   * The element after which something inserted at `index` goes: the visible one before it, or the last tombstone up to
   * the next visible one where a mark starts or ends (Peritext: typing behind a link stays out of it, even if the
   * link's last character is deleted).
   */
  #leftOf(index: number): Spot<Content> | null {
    const { elements, edges } = this.#state;
    let left = index === 0 ? null : elements.at(index - 1);
    if (edges.size === 0 || (left !== null && left.offset + 1 < left.block.length)) return left;
    for (
      let b = left === null ? elements.first : left.block.next;
      b !== null && b.visible === 0;
      b = b.next
    ) {
      // Only where the cover changes can a mark end or start; comparing saves looking each tombstone up.
      if (b.content.cover === (b.next === null ? null : b.next.content.cover)) continue;
      if (this.#state.edges.get(b.idAt(b.length - 1)) !== undefined)
        left = { block: b, offset: b.length - 1 };
    }
    return left;
  }

  #slotBefore(index: number): AnchorSlot {
    return { id: index === this.length ? null : this.#state.elements.idAt(index), side: 'before' };
  }

  #slotAfter(index: number): AnchorSlot {
    return { id: index < 0 ? null : this.#state.elements.idAt(index), side: 'after' };
  }

  #registers(element: OpId | null): Registers {
    if (element === null) return this.#state.origin;
    const content = this.#find(element)?.block.content;
    if (content === undefined || content.type === 'text')
      throw new RangeError(`no block or embed ${element}`);
    return content.registers;
  }

  #find(id: OpId): Spot<Content> | null {
    let parsed: Id;
    try {
      parsed = parseId(id);
    } catch {
      return null; // Anchors come from other people's presence, too.
    }
    return this.#state.elements.find(parsed);
  }

  #check(start: number, end: number): void {
    if (!Number.isInteger(start) || !Number.isInteger(end) || start < 0 || end < start || end > this.length) {
      throw new RangeError(`[${start}, ${end}) is not in a text of length ${this.length}`);
    }
  }
}

/** Throws TypeError on what no replica could read, before anything is emitted. */
function checkData(value: Json): void {
  writeJson(new Writer(), value);
}

function checkKey(key: string): void {
  if (key === '') throw new TypeError('a key must not be empty');
}
