import { DecodeError, type Reader, type Writer } from '../../bytes/index.ts';
import { type ReplicaId, readReplica, writeReplica } from '../../core/ids.ts';
import type { PlacementOp, Position, PositionComponent } from './op.ts';
import type { PositionScheme } from './scheme.ts';

const NOWHERE = 0;
const SOMEWHERE = 1;
/** What a component repeats of the one before. */
const SITE = 1;
const SITE_AND_COUNTER = 2;
/** No scheme takes longer ones. */
const MAX_LENGTH = 1024;

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

/** A component that has its site, or its site and counter, from the one before says so instead of repeating them. */
export function writePosition(w: Writer, position: Position): void {
  w.varint(position.length);
  let before: PositionComponent | null = null;
  for (const component of position) {
    const repeats = repeated(before, component);
    w.varint(component.digit * 4 + repeats);
    // Both `decode` and `between` give replica ids.
    if (repeats === 0) writeReplica(w, component.site as ReplicaId);
    if (repeats < SITE_AND_COUNTER) w.varint(component.counter);
    w.zigzag(component.offset);
    before = component;
  }
}

function readPosition(r: Reader): Position {
  const position: PositionComponent[] = [];
  const length = r.count(2);
  if (length > MAX_LENGTH) throw new DecodeError('a position too deep');
  let before: PositionComponent | null = null;
  for (let i = 0; i < length; i++) {
    const head = r.varint();
    const repeats = head % 4;
    if (repeats > 0 && before === null) throw new DecodeError('nothing to repeat');
    const site = before !== null && repeats > 0 ? before.site : readReplica(r);
    const counter = before !== null && repeats === SITE_AND_COUNTER ? before.counter : r.varint();
    const component: PositionComponent = { digit: (head - repeats) / 4, site, counter, offset: r.zigzag() };
    if (repeated(before, component) !== repeats)
      throw new DecodeError('a component not written as it should be');
    position.push(component);
    before = component;
  }
  return position;
}

function repeated(before: PositionComponent | null, { site, counter }: PositionComponent): number {
  if (before === null || before.site !== site) return 0;
  return before.counter === counter ? SITE_AND_COUNTER : SITE;
}
