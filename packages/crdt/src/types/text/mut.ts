import { type Json, jsonEqual, Writer, writeJson } from '../../bytes/index.ts';
import type { MutContext } from '../../core/crdt-type.ts';
import { formatId, type Id, type IdRange, type OpId, parseId } from '../../core/ids.ts';
import type { JournalContext } from '../../core/journal.ts';
import { NIL } from '../../sequence/run-table.ts';
import { deleteAt, insertText, typeAt, typeOn } from './apply.ts';
import { markOf } from './cover.ts';
import { coverAfter, growth } from './marks.ts';
import type { Anchor, AnchorSlot, Attrs, Marks, Origin, TextMut, TextOp, TextPatch, TextSpan } from './op.ts';
import { INSERT } from './op-log.ts';
import type { Registers } from './registers.ts';
import { settle } from './settle.ts';
import { spansOf } from './spans.ts';
import type { TextState } from './state.ts';

/** The legal operations on a rich text, for one running change. */
export class TextEditor implements TextMut {
  readonly #context: MutContext<TextState, TextOp, TextPatch>;
  readonly #state: TextState;
  /** In a document: ops that need no ids are logged without an object for each. */
  readonly #journal: JournalContext<TextPatch> | undefined;

  constructor(context: MutContext<TextState, TextOp, TextPatch>) {
    this.#context = context;
    this.#state = context.state;
    this.#journal = context.journal;
  }

  get length(): number {
    return this.#state.rope.length;
  }

  insert(index: number, text: string, marks?: Marks): void {
    const state = this.#state;
    this.#check(index, index);
    if (marks !== undefined) checkData(marks);
    if (text.length === 0) return;
    const journal = this.#journal;
    if (journal !== undefined) {
      const { log } = state;
      const last = log.count - 1;
      const goesOn =
        last >= 0 &&
        log.kind[last] === INSERT &&
        (log.index[last] as number) + (log.length[last] as number) === index;
      const seq = journal.claim(text.length);
      const { peer, lamport, patches } = journal;
      if (goesOn && typeOn(state, peer, seq, lamport, text, patches)) {
        // Nearly always.
      } else if (!state.rich) typeAt(state, index, text, peer, seq, lamport, patches);
      else {
        this.#toLeftOf(index);
        const { runs } = state;
        runs.originAfter(this.#run, this.#offset);
        const { originPeer, originSeq, originLeft } = runs;
        insertText(state, originPeer, originSeq, originLeft, text, peer, seq, lamport, patches);
      }
      if (marks !== undefined) this.#setMarks(index, text.length, marks);
      return;
    }
    this.#context.emit({ type: 'insert', origin: this.#originAt(index), text });
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
    if (count === 0) return;
    const journal = this.#journal;
    if (journal !== undefined) {
      const seq = journal.claim(1);
      deleteAt(this.#state, index, count, journal.peer, seq, journal.lamport, journal.patches);
      return;
    }
    const ranges: IdRange[] = [];
    this.#eachVisible(index, index + count, (run, from, to) => {
      const last = ranges[ranges.length - 1];
      const { replica, seq } = this.#state.idAt(run, from);
      if (last !== undefined && last.replica === replica && last.seq + last.length === seq) {
        ranges[ranges.length - 1] = { replica, seq: last.seq, length: last.length + to - from };
      } else ranges.push({ replica, seq, length: to - from });
    });
    this.#context.emit({ type: 'delete', ranges });
  }

  mark(start: number, end: number, key: string, value: Json | null): void {
    this.#check(start, end);
    checkKey(key);
    checkData(value);
    let differs = false;
    this.#eachVisible(start, end, (run) => {
      if (this.#state.elements.get(run)?.type === 'block') return;
      differs ||= !jsonEqual(markOf(this.#state.coverOf(run).marks, key), value);
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
    settle(this.#state);
    if (jsonEqual(this.#registers(element).get(key), value)) return;
    this.#context.emit({ type: 'attr', element: element === null ? null : parseId(element), key, value });
  }

  spans(start = 0, end = this.length): readonly TextSpan[] {
    this.#check(start, end);
    if (this.#state.rich) settle(this.#state);
    return spansOf(this.#state, start, end);
  }

  marksAt(index: number): Marks {
    this.#check(index, index);
    if (!this.#state.rich) return this.#state.covers.none.marks;
    this.#toLeftOf(index);
    return coverAfter(this.#state, this.#run, this.#offset).marks;
  }

  attrs(element: OpId | null): Attrs {
    settle(this.#state);
    return this.#registers(element).attrs;
  }

  anchorAt(index: number, side: 'before' | 'after' = 'after'): Anchor {
    this.#check(index, index);
    const slot = side === 'after' ? this.#slotAfter(index - 1) : this.#slotBefore(index);
    return { id: slot.id === null ? null : formatId(slot.id), side };
  }

  indexOf(anchor: Anchor): number | null {
    if (anchor.id === null) return anchor.side === 'after' ? 0 : this.length;
    if (!this.#find(anchor.id)) return null;
    const { table, list } = this.#state.runs;
    const start = list.startOf(this.#run);
    if (table.visible(this.#run) === 0) return start;
    return start + this.#offset + (anchor.side === 'after' ? 1 : 0);
  }

  indexOfElement(id: OpId): number | null {
    if (!this.#find(id)) return null;
    const { table, list } = this.#state.runs;
    return table.visible(this.#run) === 0 ? null : list.startOf(this.#run) + this.#offset;
  }

  idAt(index: number): OpId {
    if (!Number.isInteger(index) || index < 0 || index >= this.length) {
      throw new RangeError(`index ${index} outside of [0, ${this.length})`);
    }
    return formatId(this.#idAt(index));
  }

  #insertElement(index: number, element: 'block' | 'embed', attrs: Attrs): OpId {
    this.#check(index, index);
    checkData(attrs);
    for (const key of Object.keys(attrs)) checkKey(key);
    const origin = this.#originAt(index);
    return formatId(this.#context.emit({ type: 'element', origin, element, attrs }));
  }

  /** Gives new elements exactly these marks; only where they differ from what the place gave them. */
  #setMarks(index: number, count: number, marks: Marks): void {
    settle(this.#state);
    const inherited = this.#state.coverOf(this.#state.runs.list.seek(index)).marks;
    for (const key of new Set([...Object.keys(inherited), ...Object.keys(marks)])) {
      this.mark(index, index + count, key, markOf(marks, key));
    }
  }

  /** The element that `#toLeftOf` and `#find` found. */
  #run = NIL;
  #offset = 0;

  /**
   * Finds the element after which something inserted at `index` goes (NIL: the start): the visible one before it, or the
   * last tombstone up to the next visible one where a mark starts or ends (Peritext: typing behind a link stays out of
   * it, even if the link's last character is deleted).
   */
  #toLeftOf(index: number): void {
    const state = this.#state;
    settle(state);
    const { table, list } = state.runs;
    this.#run = index === 0 ? NIL : list.seek(index - 1);
    this.#offset = index === 0 ? 0 : list.offset;
    if (state.edges.size === 0) return;
    let next = list.first;
    if (this.#run !== NIL) {
      if (this.#offset + 1 < (table.length[this.#run] as number)) return;
      next = table.next[this.#run] as number;
    }
    for (let run = next; run !== NIL && table.visible(run) === 0; run = next) {
      next = table.next[run] as number;
      // Only where the cover changes can a mark end or start; comparing saves looking each tombstone up.
      if (next !== NIL ? table.cover[run] === table.cover[next] : table.cover[run] === 0) continue;
      const last = (table.length[run] as number) - 1;
      if (state.edges.get(state.idAt(run, last)) === undefined) continue;
      this.#run = run;
      this.#offset = last;
    }
  }

  #originAt(index: number): Origin {
    this.#toLeftOf(index);
    const { runs } = this.#state;
    runs.originAfter(this.#run, this.#offset);
    const parent = runs.originPeer === NIL ? null : this.#state.idOf(runs.originPeer, runs.originSeq);
    return { parent, side: runs.originLeft ? 'L' : 'R' };
  }

  /** Calls `visit` with the pieces of runs that hold the visible elements [start, end), in order. */
  #eachVisible(start: number, end: number, visit: (run: number, from: number, to: number) => void): void {
    settle(this.#state);
    if (start >= end) return;
    const { table, list } = this.#state.runs;
    let run = list.seek(start);
    let from = list.offset;
    for (let rest = end - start; rest > 0; run = table.next[run] as number) {
      const to = Math.min(table.visible(run), from + rest);
      if (to > from) {
        visit(run, from, to);
        rest -= to - from;
      }
      from = 0;
    }
  }

  #idAt(index: number): Id {
    settle(this.#state);
    const { list } = this.#state.runs;
    const run = list.seek(index);
    return this.#state.idAt(run, list.offset);
  }

  #slotBefore(index: number): AnchorSlot {
    return { id: index === this.length ? null : this.#idAt(index), side: 'before' };
  }

  #slotAfter(index: number): AnchorSlot {
    return { id: index < 0 ? null : this.#idAt(index), side: 'after' };
  }

  #registers(element: OpId | null): Registers {
    if (element === null) return this.#state.origin;
    const found = this.#find(element) ? this.#state.elements.get(this.#run) : undefined;
    if (found === undefined) throw new RangeError(`no block or embed ${element}`);
    return found.registers;
  }

  /** Finds an element by its id. */
  #find(id: OpId): boolean {
    let parsed: Id;
    try {
      parsed = parseId(id);
    } catch {
      return false; // Anchors come from other people's presence, too.
    }
    settle(this.#state);
    this.#run = this.#state.find(parsed);
    if (this.#run === NIL) return false;
    this.#offset = parsed.seq - (this.#state.runs.table.seq[this.#run] as number);
    return true;
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
