import { Writer } from '../bytes/index.ts';
import { FLAG } from '../core/change-header.ts';
import { type ReplicaId, writeReplica } from '../core/ids.ts';

/** An op as a hostile or broken peer may send it. */
export interface RawOp {
  readonly path: string;
  readonly kind: string;
  readonly width: number;
  readonly payload: Uint8Array;
}

/** The first change of `replica` with these ops, whatever they say: for tests of what a document does with it. */
export function rawChange(replica: ReplicaId, ops: readonly RawOp[]): Uint8Array {
  const w = new Writer();
  w.u8(FLAG.multi | FLAG.defines);
  writeReplica(w, replica);
  w.varint(0);
  w.varint(ops.reduce((sum, op) => sum + op.width, 0));
  w.varint(0);
  const kinds = [...new Set(ops.map((op) => op.kind))];
  const targets = [...new Set(ops.map((op) => `${op.kind} ${op.path}`))];
  w.varint(targets.length);
  const seen = new Set<string>();
  for (const target of targets) {
    const kind = target.slice(0, target.indexOf(' '));
    w.varint(kinds.indexOf(kind));
    if (!seen.has(kind)) w.string(kind);
    seen.add(kind);
    w.string(target.slice(kind.length + 1));
  }
  w.varint(ops.length);
  ops.forEach((op, i) => {
    w.varint(targets.indexOf(`${op.kind} ${op.path}`));
    w.varint(op.width);
    if (i < ops.length - 1) w.varint(op.payload.length);
    w.raw(op.payload);
  });
  return w.finish();
}
