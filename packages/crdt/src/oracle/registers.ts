import type { Json } from '../bytes/index.ts';
import { formatId } from '../core/ids.ts';
import type { CounterOp } from '../types/counter.ts';
import type { KeysOp } from '../types/keys.ts';
import type { LwwOp } from '../types/lww.ts';
import type { MapOp } from '../types/map.ts';
import type { SetOp } from '../types/set.ts';
import {
  byCodeUnits,
  inOrder,
  lastWrites,
  type Model,
  nameOf,
  present,
  retracted,
  type Stamped,
} from './stamped.ts';

/** The greatest write in ≺ wins. */
export function lwwModel(initial: Json): Model<LwwOp<Json>, Json> {
  return (ops) => inOrder(ops).at(-1)?.op.value ?? (ops.length > 0 ? null : initial);
}

export const mapModel: Model<MapOp, Readonly<Record<string, Json>>> = (ops) =>
  present(
    lastWrites(inOrder(ops).map(({ op }) => ({ key: op.key, value: op.type === 'set' ? op.value : null }))),
  );

export const counterModel: Model<CounterOp, number> = (ops) => ops.reduce((sum, { op }) => sum + op.by, 0);

/** A value is in the set iff one of its adds is named by no remove, removes that were retracted aside. */
export const setModel: Model<SetOp, readonly Json[]> = (ops) => {
  const values = new Map<string, Json>();
  for (const op of liveAdds(ops)) {
    if (op.op.type === 'add') values.set(JSON.stringify(op.op.value), op.op.value);
  }
  return [...values.values()].sort((a, b) =>
    typeof a === 'number' && typeof b === 'number'
      ? a - b
      : typeof a === typeof b
        ? byCodeUnits(String(a), String(b))
        : typeof a === 'number'
          ? -1
          : 1,
  );
};

/** As the set; in ≺ of each key's first add ever. */
export const keysModel: Model<KeysOp, readonly string[]> = (ops) => {
  const keyOf = (op: Stamped<KeysOp>): string | null =>
    op.op.type === 'add' ? (op.op.key ?? nameOf(op)) : null;
  const everAdded = [...new Set(inOrder(ops).map(keyOf))];
  const live = new Set(liveAdds(ops).map(keyOf));
  return everAdded.filter((key) => key !== null && live.has(key)) as string[];
};

function liveAdds<Op extends SetOp | KeysOp>(ops: readonly Stamped<Op>[]): readonly Stamped<Op>[] {
  const off = retracted(ops);
  const removed = new Set(
    ops.flatMap((op) =>
      op.op.type === 'remove' && !off.has(nameOf(op)) ? op.op.adds.map((id) => formatId(id)) : [],
    ),
  );
  return inOrder(ops).filter((op) => op.op.type === 'add' && !removed.has(nameOf(op)));
}
