import { DecodeError, Reader, Writer } from '../bytes/index.ts';
import { type Id, readReplica, writeReplica } from '../core/ids.ts';
import type { Peers } from '../core/peers.ts';
import type { Targets } from './target.ts';
import type { Part, Step, UndoStack } from './undo.ts';

/** Both stacks as bytes: steps [label, parts [kind, path, ids or ops]]. Independent of the document's small numbers. */
export function encodeUndo(stack: UndoStack, peers: Peers): Uint8Array {
  const w = new Writer();
  for (const steps of [stack.undo, stack.redo]) {
    w.varint(steps.length);
    for (const { label, parts } of steps) {
      w.string(label);
      w.varint(parts.length);
      for (const part of parts) writePart(w, part, peers);
    }
  }
  return w.finish();
}

function writePart(w: Writer, { container, ops, peer, from, to }: Part, peers: Peers): void {
  w.string(container.type.kind);
  w.string(container.path);
  writeReplica(w, peers.replica(peer));
  w.varint(from);
  w.varint(to - from);
  // 0: a journal keeps the ops.
  w.varint(ops === null ? 0 : 1 + ops.length);
  if (ops === null) return;
  const body = new Writer();
  for (const op of ops) {
    body.reset();
    container.type.encode(op, body);
    w.bytes(body.finish());
  }
}

/**
 * Takes what `encodeUndo` wrote, by any replica of the user's. Steps that name what this document does not know, or
 * containers that this schema does not have, are left out. Throws DecodeError.
 */
export function decodeUndo(
  bytes: Uint8Array,
  peers: Peers,
  targets: Targets,
  knows: (id: Id) => boolean,
): Record<'undo' | 'redo', Step[]> {
  const r = new Reader(bytes);
  const read = (): Step[] => {
    const steps: Step[] = [];
    for (let n = r.count(2); n > 0; n--) {
      const label = r.string();
      const parts: Part[] = [];
      let isWhole = true;
      for (let m = r.count(12); m > 0; m--) {
        const part = readPart(r, peers, targets, knows);
        if (part === null) isWhole = false;
        else parts.push(part);
      }
      if (isWhole) steps.push({ label, parts });
    }
    return steps;
  };
  const stacks = { undo: read(), redo: read() };
  r.end();
  return stacks;
}

function readPart(r: Reader, peers: Peers, targets: Targets, knows: (id: Id) => boolean): Part | null {
  const kind = r.string();
  const { container } = targets.named(kind, r.string());
  const replica = readReplica(r);
  const from = r.varint();
  const to = from + r.varint();
  const count = r.varint();
  const bodies: Uint8Array[] = [];
  for (let n = count - 1; n > 0; n--) bodies.push(r.bytes());
  if (container === null || to === from || !knows({ replica, seq: to - 1 })) return null;
  if ((count === 0) !== (container.type.journal !== undefined))
    throw new DecodeError('a step of another form');
  const decode = (bytes: Uint8Array): unknown => {
    const body = new Reader(bytes);
    const op = container.type.decode(body);
    body.end();
    return op;
  };
  return { container, ops: count === 0 ? null : bodies.map(decode), peer: peers.intern(replica), from, to };
}
