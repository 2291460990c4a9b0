import { type Writer, writeJson } from '../../bytes/index.ts';
import { compareStamps, type Id, type ReplicaId, type Stamp, writeReplica } from '../../core/ids.ts';
import type { Block, Deletes } from '../../sequence/index.ts';
import type { Mark } from './cover.ts';
import type { AnchorSlot } from './op.ts';
import type { Content, Registers, TextState } from './state.ts';

/**
 * The state as bytes: elements in order as the longest runs that there are, however they are cut in memory; the live
 * marks and the origin's attributes. Ids name their replica by its place in a sorted table.
 */
export function writeText(state: TextState, w: Writer): void {
  const marks: Mark[] = [];
  for (const target of state.targets.values()) {
    if (target.type === 'mark' && !target.retracted) marks.push(target);
  }
  marks.sort((a, b) => compareStamps(a.stamp, b.stamp));

  const ids = new IdWriter(w, replicasOf(state, marks));
  w.varint(marks.length);
  for (const mark of marks) {
    ids.stamp(mark.stamp);
    w.string(mark.key);
    writeJson(w, mark.value);
    ids.slot(mark.start);
    ids.slot(mark.end);
  }
  writeRegisters(state.origin, ids, w);
  for (let block = state.elements.first; block !== null; ) block = writeRun(block, ids, w);
}

/** Writes the run that starts with `first` and returns the block after it. */
function writeRun(first: Block<Content>, ids: IdWriter, w: Writer): Block<Content> | null {
  const deletes = sorted(first.deletes);
  ids.stamp({ id: first.idAt(0), lamport: first.lamport });
  w.u8(first.parent === null ? 0 : first.side === 'R' ? 1 : 2);
  if (first.parent !== null) ids.id(first.parent);
  w.varint(deletes.length);
  for (const id of deletes) ids.id(id);
  const { content } = first;
  if (content.type !== 'text') {
    w.u8(content.type === 'block' ? 1 : 2);
    writeRegisters(content.registers, ids, w);
    return first.next;
  }
  let { text } = content;
  let last = first;
  for (let next = last.next; next !== null && goesOn(last, next, deletes); next = last.next) {
    if (next.content.type !== 'text') break;
    text += next.content.text;
    last = next;
  }
  w.u8(0);
  w.string(text);
  return last.next;
}

function goesOn(left: Block<Content>, right: Block<Content>, deletes: Deletes): boolean {
  return (
    left.is(left.length, right.idAt(0)) &&
    left.lamport + left.length === right.lamport &&
    right.side === 'R' &&
    right.parent !== null &&
    left.is(left.length - 1, right.parent) &&
    sameIds(deletes, right.deletes)
  );
}

function sameIds(a: Deletes, b: Deletes): boolean {
  if (a.length !== b.length) return false;
  const others = sorted(b);
  return a.every((id, i) => id.seq === others[i]?.seq && id.replica === others[i].replica);
}

function sorted(ids: Deletes): Deletes {
  if (ids.length < 2) return ids;
  return [...ids].sort((a, b) => (a.replica === b.replica ? a.seq - b.seq : a.replica < b.replica ? -1 : 1));
}

function writeRegisters(registers: Registers, ids: IdWriter, w: Writer): void {
  const entries = registers.entries();
  w.varint(entries.length);
  for (const [key, { value, stamp }] of entries) {
    ids.stamp(stamp);
    w.string(key);
    writeJson(w, value);
  }
}

/** Every replica that the state names. Slots and parents name elements, and those are all there. */
function replicasOf(state: TextState, marks: readonly Mark[]): Set<ReplicaId> {
  const replicas = new Set<ReplicaId>();
  const addAll = (registers: Registers): void => {
    for (const [, { stamp }] of registers.entries()) replicas.add(stamp.id.replica);
  };
  for (const { stamp } of marks) replicas.add(stamp.id.replica);
  addAll(state.origin);
  for (let block = state.elements.first; block !== null; block = block.next) {
    replicas.add(block.replica);
    for (const id of block.deletes) replicas.add(id.replica);
    if (block.content.type !== 'text') addAll(block.content.registers);
  }
  return replicas;
}

class IdWriter {
  readonly #w: Writer;
  readonly #numbers = new Map<ReplicaId, number>();

  /** Writes the table. */
  constructor(w: Writer, replicas: Set<ReplicaId>) {
    this.#w = w;
    w.varint(replicas.size);
    for (const replica of [...replicas].sort()) {
      this.#numbers.set(replica, this.#numbers.size);
      writeReplica(w, replica);
    }
  }

  id(id: Id): void {
    this.#w.varint(this.#numbers.get(id.replica) ?? 0);
    this.#w.varint(id.seq);
  }

  stamp({ id, lamport }: Stamp): void {
    this.id(id);
    this.#w.varint(lamport);
  }

  slot({ id, side }: AnchorSlot): void {
    this.#w.u8((side === 'after' ? 1 : 0) + (id === null ? 0 : 2));
    if (id !== null) this.id(id);
  }
}
