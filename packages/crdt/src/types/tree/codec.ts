import { DecodeError, type Reader, type Writer } from '../../bytes/index.ts';
import { readId, writeId } from '../../core/ids.ts';
import { ROOT, TRASH, type TreeOp } from './op.ts';

const AT_ORIGIN = 1;
const LEFT = 2;
const TO_TRASH = 4;

export function encode({ node, parent, slot }: TreeOp, w: Writer): void {
  const toTrash = parent === TRASH;
  w.u8((slot.parent === null ? AT_ORIGIN : 0) | (slot.side === 'L' ? LEFT : 0) | (toTrash ? TO_TRASH : 0));
  w.string(node);
  if (!toTrash) w.string(parent);
  if (slot.parent !== null) writeId(w, slot.parent);
}

export function decode(r: Reader): TreeOp {
  const flags = r.u8();
  if (flags > 7) throw new DecodeError(`unknown tree op ${flags}`);
  const node = r.string();
  const parent = flags & TO_TRASH ? TRASH : r.string();
  if (parent === TRASH && !(flags & TO_TRASH)) throw new DecodeError('the trash is a flag');
  const side = flags & LEFT ? 'L' : 'R';
  const slot = { parent: flags & AT_ORIGIN ? null : readId(r), side } as const;
  const op: TreeOp = { type: 'move', node, parent, slot };
  const flaw = flawOf(op);
  if (flaw !== null) throw new DecodeError(flaw);
  return op;
}

/** Why nobody may write this move, whatever the tree; or null. */
export function flawOf({ node, parent, slot }: TreeOp): string | null {
  if (node === ROOT || node === TRASH) return 'the root and the trash do not move';
  if (node === parent) return 'a node below itself';
  return slot.parent === null && slot.side === 'L' ? 'the origin has no left children' : null;
}
