import { jsonEqual } from '../bytes/index.ts';
import { formatId, type Id, type OpId } from '../core/ids.ts';
import type { AnchorSlot, Attrs, Marks, TextOp, TextSpan, TextView } from '../types/text/op.ts';
import { type Node, treeOrder } from './sequence.ts';
import { inOrder, lastWrites, type Model, nameOf, present, retracted, type Stamped } from './stamped.ts';

type Item =
  | { readonly type: 'char'; readonly char: string }
  | { readonly type: 'block' | 'embed'; readonly attrs: Attrs };

/** One element of the text: alone, whatever run it was typed in. */
export interface Cell {
  readonly id: OpId;
  readonly item: Item;
  readonly marks: Marks;
  readonly visible: boolean;
}

/** Peritext, character by character: for each mark key the last covering op that nobody took back. */
export const textModel: Model<TextOp, TextView> = (ops) => {
  const visible = textCells(ops).filter((cell) => cell.visible);
  return {
    length: visible.length,
    spans: joinSpans(visible.map(spanOf)),
    origin: present(writesTo(null, ops)),
    text: visible.map(plain).join(''),
  };
};

/** All elements in order, the deleted ones too. */
export function textCells(ops: readonly Stamped<TextOp>[]): readonly Cell[] {
  const sorted = inOrder(ops);
  const off = retracted(sorted);
  const alive = sorted.filter((op) => !off.has(nameOf(op)));
  const deleted = new Set(
    alive.flatMap(({ op }) =>
      op.type === 'delete'
        ? op.ranges.flatMap(({ replica, seq, length }) =>
            Array.from({ length }, (_, i) => formatId({ replica, seq: seq + i })),
          )
        : [],
    ),
  );
  const elements = treeOrder(sorted.flatMap(elementsOf));
  const place = new Map(elements.map(({ stamp }, index) => [formatId(stamp.id), index]));
  // Element i lies between the slots 2i + 1 and 2i + 2.
  const slot = ({ id, side }: AnchorSlot): number => {
    if (id === null) return side === 'after' ? 0 : Number.POSITIVE_INFINITY;
    return 2 * (place.get(formatId(id)) as number) + (side === 'before' ? 1 : 2);
  };
  const marks = alive.flatMap(({ op }) =>
    op.type === 'mark' ? [{ key: op.key, value: op.value, start: slot(op.start), end: slot(op.end) }] : [],
  );
  return elements.map(({ stamp, item }, index) => {
    const covering = marks.filter(({ start, end }) => start <= 2 * index + 1 && 2 * index + 2 <= end);
    return {
      id: formatId(stamp.id),
      item: item.type === 'char' ? item : { ...item, attrs: present(writesTo(stamp.id, sorted, item.attrs)) },
      marks: present(lastWrites(covering)),
      visible: !deleted.has(formatId(stamp.id)),
    };
  });
}

/** An insertion as single elements, each a right child of the one before. */
export function elementsOf({ op, stamp }: Stamped<TextOp>): Node<Item>[] {
  if (op.type === 'element')
    return [{ stamp, origin: op.origin, item: { type: op.element, attrs: op.attrs } }];
  if (op.type !== 'insert') return [];
  const { replica, seq } = stamp.id;
  return op.text.split('').map((char, i) => ({
    stamp: { id: { replica, seq: seq + i }, lamport: stamp.lamport + i },
    origin: i === 0 ? op.origin : { parent: { replica, seq: seq + i - 1 }, side: 'R' },
    item: { type: 'char', char },
  }));
}

function writesTo(element: Id | null, ops: readonly Stamped<TextOp>[], first: Attrs = {}) {
  const name = element && formatId(element);
  const writes = inOrder(ops).flatMap(({ op }) =>
    op.type === 'attr' && (op.element && formatId(op.element)) === name ? [op] : [],
  );
  return lastWrites([...Object.entries(first).map(([key, value]) => ({ key, value })), ...writes]);
}

function spanOf({ id, item, marks }: Cell): TextSpan {
  if (item.type === 'char') return { type: 'text', text: item.char, marks };
  if (item.type === 'block') return { type: 'block', id, attrs: item.attrs };
  return { type: 'embed', id, attrs: item.attrs, marks };
}

/** Maximal runs: neighbouring text with equal marks is one span. */
export function joinSpans(spans: readonly TextSpan[]): readonly TextSpan[] {
  const joined: TextSpan[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (last?.type === 'text' && span.type === 'text' && jsonEqual(last.marks, span.marks)) {
      joined[joined.length - 1] = { ...last, text: last.text + span.text };
    } else joined.push(span);
  }
  return joined;
}

function plain({ item }: Cell): string {
  return item.type === 'char' ? item.char : item.type === 'block' ? '\n' : '\ufffc';
}
