import { DecodeError, type Reader, type Writer } from '../bytes/index.ts';
import { InvalidOp } from '../core/crdt-type.ts';
import { formatId, type Id, type OpId, readId, writeId } from '../core/ids.ts';
import { compareText } from './plain.ts';

/**
 * The presence of one element of an add-wins (observed-remove) set, after Shapiro et al. 2011: it is there iff some
 * add of it is live. A remove names the adds that its author saw, so a concurrent add survives it. Dead adds are
 * remembered, to tell a remove that came twice from one that names nothing.
 */
export interface Adds {
  readonly live: Map<OpId, Id>;
  readonly dead: Set<OpId>;
}

export function newAdds(): Adds {
  return { live: new Map(), dead: new Set() };
}

export function isPresent(adds: Adds | undefined): adds is Adds {
  return adds !== undefined && adds.live.size > 0;
}

export function liveIds(adds: Adds | undefined): readonly Id[] {
  return adds === undefined ? [] : [...adds.live.values()];
}

/** Throws InvalidOp if one of `ids` was never added. */
export function checkKnown(adds: Adds | undefined, ids: readonly Id[]): asserts adds is Adds {
  if (adds === undefined) throw new InvalidOp('removes what was never added');
  for (const id of ids) {
    const name = formatId(id);
    if (!adds.live.has(name) && !adds.dead.has(name)) throw new InvalidOp(`no such add: ${name}`);
  }
}

export function addTo(adds: Adds, id: Id): void {
  adds.live.set(formatId(id), id);
}

export function removeFrom(adds: Adds, ids: readonly Id[]): void {
  for (const id of ids) {
    const name = formatId(id);
    if (adds.live.delete(name)) adds.dead.add(name);
  }
}

/** True if the element would be gone after a remove of `ids`, and is there now. */
export function wouldVanish(adds: Adds | undefined, ids: readonly Id[]): boolean {
  if (!isPresent(adds)) return false;
  const named = new Set(ids.map(formatId));
  return [...adds.live.keys()].every((name) => named.has(name));
}

export function writeIds(w: Writer, ids: readonly Id[]): void {
  w.varint(ids.length);
  for (const id of ids) writeId(w, id);
}

/** At least one id; throws DecodeError otherwise. */
export function readIds(r: Reader): readonly Id[] {
  const ids: Id[] = [];
  for (let n = r.count(9); n > 0; n--) ids.push(readId(r));
  if (ids.length === 0) throw new DecodeError('a remove that names nothing');
  return ids;
}

/** The live adds, in an order that does not depend on delivery. */
export function writeAdds(w: Writer, adds: Adds): void {
  const sorted = [...adds.live].sort(([a], [b]) => compareText(a, b));
  writeIds(
    w,
    sorted.map(([, id]) => id),
  );
}
