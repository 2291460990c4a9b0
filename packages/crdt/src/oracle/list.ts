import type { Json } from '../bytes/index.ts';
import { formatId, type OpId, type Stamp } from '../core/ids.ts';
import type { ListOp } from '../types/list/op.ts';
import { type Node, treeOrder } from './sequence.ts';
import { inOrder, lastWrites, type Model, retracted } from './stamped.ts';

/**
 * Every insert and every move hangs one place in the insertion tree. An item is shown in the place that was made last
 * for it, with the value that was written last, unless a delete that nobody retracted names it.
 */
export const listModel: Model<ListOp<Json>, readonly Json[]> = (ops) => {
  const places: Node<OpId>[] = [];
  const holds: { key: OpId; value: OpId }[] = [];
  const values: { key: OpId; value: Json }[] = [];
  const gone = new Set<OpId>();
  const sorted = inOrder(ops);
  const off = retracted(sorted);
  for (const { op, stamp } of sorted) {
    const name = formatId(stamp.id);
    if (op.type === 'insert') {
      op.values.forEach((value, i) => {
        const own = along(stamp, i);
        const key = formatId(own.id);
        const origin = i === 0 ? op.origin : { parent: along(stamp, i - 1).id, side: 'R' as const };
        places.push({ stamp: own, origin, item: key });
        holds.push({ key, value: key });
        values.push({ key, value });
      });
    } else if (op.type === 'move') {
      places.push({ stamp, origin: op.origin, item: formatId(op.item) });
      holds.push({ key: formatId(op.item), value: name });
    } else if (op.type === 'set') values.push({ key: formatId(op.item), value: op.value });
    else if (op.type === 'delete' && !off.has(name)) {
      for (const { replica, seq, length } of op.items) {
        for (let i = 0; i < length; i++) gone.add(formatId({ replica, seq: seq + i }));
      }
    }
  }
  const held = lastWrites(holds);
  const value = lastWrites(values);
  return treeOrder(places)
    .filter(({ stamp, item }) => held.get(item) === formatId(stamp.id) && !gone.has(item))
    .map(({ item }) => value.get(item) as Json);
};

function along({ id, lamport }: Stamp, by: number): Stamp {
  return { id: { replica: id.replica, seq: id.seq + by }, lamport: lamport + by };
}
