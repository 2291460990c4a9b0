import { DecodeError, type Reader, type Writer } from '../../bytes/index.ts';
import { readReplica, replicaId, writeReplica } from '../../core/ids.ts';
import type { PlacementOp, Position, PositionComponent } from './op.ts';
import type { PositionScheme } from './scheme.ts';

const NOWHERE = 0;
const SOMEWHERE = 1;

export function encode(op: PlacementOp, w: Writer): void {
  w.u8(op.at === null ? NOWHERE : SOMEWHERE);
  w.string(op.entity);
  if (op.at === null) return;
  w.string(op.at.parent);
  writePosition(w, op.at.position);
}

/** Throws DecodeError also on positions that `scheme` cannot have made. */
export function decode(r: Reader, scheme: PositionScheme): PlacementOp {
  const tag = r.u8();
  if (tag > SOMEWHERE) throw new DecodeError(`unknown placement op ${tag}`);
  const entity = r.string();
  if (tag === NOWHERE) return { type: 'place', entity, at: null };
  const at = { parent: r.string(), position: readPosition(r) };
  const flaw = scheme.flaw(at.position);
  if (flaw !== null) throw new DecodeError(`bad position: ${flaw}`);
  return { type: 'place', entity, at };
}

export function writePosition(w: Writer, position: Position): void {
  w.varint(position.length);
  for (const { digit, site, counter, offset } of position) {
    w.varint(digit);
    writeReplica(w, replicaId(site));
    w.varint(counter);
    w.zigzag(offset);
  }
}

function readPosition(r: Reader): Position {
  const position: PositionComponent[] = [];
  for (let n = r.count(11); n > 0; n--) {
    position.push({ digit: r.varint(), site: readReplica(r), counter: r.varint(), offset: r.zigzag() });
  }
  return position;
}
