import type { Json } from '../../bytes/index.ts';
import { compareStamps, formatId, type Id, type Stamp } from '../../core/ids.ts';
import { type TwinNode, TwinSequence } from '../../sequence/twin.ts';
import type { AnchorSlot, Marks, TextOp, TextPatch, TextSpan, TextView } from './op.ts';

type Unit =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'block' | 'embed'; readonly id: Id };

interface Stamped<O> {
  readonly op: O;
  readonly stamp: Stamp;
}

/** Rich text as the papers define it: what each op says, looked up anew for every character. For tests only. */
export class TextTwin {
  readonly #sequence = new TwinSequence<Unit>();
  readonly #deletes = new Map<string, Extract<TextOp, { type: 'delete' }>>();
  readonly #marks = new Map<string, Stamped<Extract<TextOp, { type: 'mark' }>>>();
  readonly #attrs: { element: Id | null; key: string; value: Json | null; stamp: Stamp }[] = [];

  apply(op: TextOp, stamp: Stamp): void {
    const id = formatId(stamp.id);
    switch (op.type) {
      case 'insert':
        this.#sequence.insert(
          stamp,
          op.origin,
          op.text.split('').map((text) => ({ type: 'text', text })),
        );
        break;
      case 'element':
        this.#sequence.insert(stamp, op.origin, [{ type: op.element, id: stamp.id }]);
        for (const [key, value] of Object.entries(op.attrs)) {
          this.#attrs.push({ element: stamp.id, key, value, stamp });
        }
        break;
      case 'delete':
        this.#deletes.set(id, op);
        this.#eachIn(op, (node) => node.deletes.add(id));
        break;
      case 'mark':
        this.#marks.set(id, { op, stamp });
        break;
      case 'retract': {
        const target = formatId(op.target);
        const deletion = this.#deletes.get(target);
        if (deletion) this.#eachIn(deletion, (node) => node.deletes.delete(target));
        this.#marks.delete(target);
        break;
      }
      case 'attr':
        this.#attrs.push({ ...op, stamp });
    }
  }

  view(): Pick<TextView, 'length' | 'spans' | 'origin'> {
    const all = this.#sequence.all();
    const visible = all.map((node, at) => ({ node, at })).filter(({ node }) => node.deletes.size === 0);
    const spans: TextSpan[] = [];
    for (const { node, at } of visible) {
      const { value } = node;
      if (value.type === 'text')
        push(spans, { type: 'text', text: value.text, marks: this.#marksOf(all, at) });
      else {
        const element = { id: formatId(value.id), attrs: this.#attrsOf(value.id) };
        if (value.type === 'block') spans.push({ type: 'block', ...element });
        else spans.push({ type: 'embed', ...element, marks: this.#marksOf(all, at) });
      }
    }
    return { length: visible.length, spans, origin: this.#attrsOf(null) };
  }

  #eachIn(op: Extract<TextOp, { type: 'delete' }>, visit: (node: TwinNode<Unit>) => void): void {
    for (const { replica, seq, length } of op.ranges) {
      for (let i = 0; i < length; i++) visit(this.#sequence.node({ replica, seq: seq + i }));
    }
  }

  #marksOf(all: readonly TwinNode<Unit>[], at: number): Marks {
    const winners = new Map<string, { value: Json | null; stamp: Stamp }>();
    for (const { op, stamp } of this.#marks.values()) {
      const won = winners.get(op.key);
      const covers = this.#slot(all, op.start) < at && at < this.#slot(all, op.end);
      if (covers && (won === undefined || compareStamps(won.stamp, stamp) < 0)) {
        winners.set(op.key, { value: op.value, stamp });
      }
    }
    return withoutNulls(winners);
  }

  /** The slot's place on the line where element n stands at n. */
  #slot(all: readonly TwinNode<Unit>[], { id, side }: AnchorSlot): number {
    if (id === null) return side === 'after' ? -0.5 : all.length;
    return all.indexOf(this.#sequence.node(id)) + (side === 'after' ? 0.25 : -0.25);
  }

  #attrsOf(element: Id | null): Marks {
    const winners = new Map<string, { value: Json | null; stamp: Stamp }>();
    for (const write of this.#attrs) {
      if ((write.element && formatId(write.element)) !== (element && formatId(element))) continue;
      const won = winners.get(write.key);
      if (won === undefined || compareStamps(won.stamp, write.stamp) < 0) winners.set(write.key, write);
    }
    return withoutNulls(winners);
  }
}

/** The spans that an editor would hold which hears of nothing but patches. For tests only. */
export class PatchedText {
  #units: TextSpan[] = [];
  origin: Marks = {};

  apply(patches: readonly TextPatch[]): void {
    for (const patch of patches) {
      if (patch.type === 'insert') this.#units.splice(patch.index, 0, ...patch.spans.flatMap(unitsOf));
      else if (patch.type === 'delete') {
        if (patch.count < 1 || patch.index + patch.count > this.#units.length)
          throw new Error('delete outside');
        this.#units.splice(patch.index, patch.count);
      } else if (patch.type === 'mark') {
        for (let i = patch.index; i < patch.index + patch.count; i++) {
          const unit = this.#units[i];
          if (unit === undefined) throw new Error('mark outside');
          if (unit.type !== 'block')
            this.#units[i] = { ...unit, marks: put(unit.marks, patch.key, patch.value) };
        }
      } else if (patch.element === null) this.origin = put(this.origin, patch.key, patch.value);
      else {
        const unit = this.#units[patch.index];
        if (unit === undefined || unit.type === 'text' || unit.id !== patch.element)
          throw new Error('attr elsewhere');
        this.#units[patch.index] = { ...unit, attrs: put(unit.attrs, patch.key, patch.value) };
      }
    }
  }

  view(): Pick<TextView, 'length' | 'spans' | 'origin'> {
    const spans: TextSpan[] = [];
    for (const unit of this.#units) push(spans, unit);
    return { length: this.#units.length, spans, origin: this.origin };
  }
}

function unitsOf(span: TextSpan): TextSpan[] {
  return span.type === 'text' ? span.text.split('').map((text) => ({ ...span, text })) : [span];
}

function push(spans: TextSpan[], span: TextSpan): void {
  const last = spans[spans.length - 1];
  if (span.type === 'text' && last?.type === 'text' && same(last.marks, span.marks)) {
    spans[spans.length - 1] = { ...last, text: last.text + span.text };
  } else spans.push(span);
}

function same(a: Marks, b: Marks): boolean {
  return JSON.stringify(sort(a)) === JSON.stringify(sort(b));
}

function sort(marks: Marks): Marks {
  return Object.fromEntries(Object.entries(marks).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function put(marks: Marks, key: string, value: Json | null): Marks {
  const { [key]: _, ...others } = marks;
  return value === null ? others : { ...others, [key]: value };
}

function withoutNulls(winners: ReadonlyMap<string, { value: Json | null }>): Marks {
  return sort(
    Object.fromEntries(
      [...winners].flatMap(([key, { value }]) => (value === null ? [] : [[key, value] as const])),
    ),
  );
}
