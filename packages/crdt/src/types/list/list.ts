import { type Json, jsonEqual, type Writer, writeJson } from '../../bytes/index.ts';
import { type CrdtType, InvalidOp, type MutContext } from '../../core/crdt-type.ts';
import {
  asOpId,
  compareStamps,
  formatId,
  type IdRange,
  type OpId,
  parseId,
  type Stamp,
  writeId,
} from '../../core/ids.ts';
import type { Accepts } from '../lww.ts';
import { compareText, plain } from '../plain.ts';
import { writeStamp } from '../register.ts';
import { decode, encode } from './codec.ts';
import type { ListMut, ListOp, ListPatch } from './op.ts';
import { type Item, ListState, type Place } from './state.ts';

/*
 * An ordered list whose items move, after Kleppmann 2020, "Moving elements in list CRDTs": an item is one identity
 * with a last-writer-wins register for its place and one for its value. Every move brings one slot of the sequence,
 * which shows the item only while that move is the greatest in ≺, so two users who move one item never duplicate it.
 * State: the slots (an RGA with the side bit, `slots.ts`), the items, and what each delete named.
 *
 * Deleting beats a concurrent move or set: the item stays hidden, with its new place and value, until the delete is
 * retracted. An insert, move, set or read by index costs O(log n + 32).
 *
 * Left out on purpose: moving a range as one (the paper's open problem), a move's edits inside of a value (give the
 * items a record's keys for that), and removing tombstones.
 */

export interface ListOptions<T extends Json> {
  /** What the list takes from peers; any plain data unless told. */
  readonly accepts?: Accepts<T>;
}

export function listType<T extends Json>(
  options: ListOptions<T> = {},
): CrdtType<ListState<T>, ListOp<T>, readonly T[], ListMut<T>, ListPatch<T>> {
  const accepts = options.accepts ?? ((value: Json): value is T => value !== undefined);
  return {
    kind: 'list@1',
    create: () => new ListState<T>(),
    width: (op) => (op.type === 'insert' ? op.values.length : 1),
    apply,
    invert,
    retracts: (op) => (op.type === 'retract' ? op.target : null),
    contested: (op) => (op.type === 'move' || op.type === 'set' ? `${op.type} ${formatId(op.item)}` : null),
    view,
    mutate: (context) => new Editor(context),
    encode,
    decode: (r) => decode(r, accepts),
    canonical,
  };
}

function apply<T extends Json>(state: ListState<T>, op: ListOp<T>, stamp: Stamp): readonly ListPatch<T>[] {
  switch (op.type) {
    case 'insert':
      return state.insert(stamp, op.origin, op.values);
    case 'delete':
      return state.delete(stamp.id, op.items);
    case 'retract':
      return state.retract(op.target);
    case 'move':
      return state.move(stamp, state.item(op.item), op.origin);
    case 'set': {
      const item = state.item(op.item);
      return isNewer(item, stamp) ? state.set(stamp, item, op.value) : [];
    }
  }
}

function isNewer(item: Item<unknown>, stamp: Stamp): boolean {
  return item.written === null || compareStamps(item.written, stamp) < 0;
}

function invert<T extends Json>(state: ListState<T>, op: ListOp<T>, stamp: Stamp): readonly ListOp<T>[] {
  switch (op.type) {
    case 'insert':
      return [
        {
          type: 'delete',
          items: [{ replica: stamp.id.replica, seq: stamp.id.seq, length: op.values.length }],
        },
      ];
    case 'delete':
      return [{ type: 'retract', target: stamp.id }];
    case 'retract': {
      const items = state.deletes.get(op.target);
      if (items === undefined) throw new InvalidOp(`no such delete: ${formatId(op.target)}`);
      return [{ type: 'delete', items }];
    }
    case 'move': {
      const { place } = state.item(op.item);
      if (place.lamport >= stamp.lamport && compareStamps(place.stamp, stamp) > 0) return [];
      return [{ type: 'move', item: op.item, origin: { parent: place.id, side: 'R' } }];
    }
    case 'set': {
      const item = state.item(op.item);
      if (!isNewer(item, stamp) || jsonEqual(item.value, op.value)) return [];
      return [{ type: 'set', item: op.item, value: item.value }];
    }
  }
}

/** One function for all: code is compiled for the function that it calls. */
function valueIn<T>({ item }: Place<T>): T {
  return item.value;
}

function view<T extends Json>(state: ListState<T>): readonly T[] {
  state.view ??= state.places.map(valueIn);
  return state.view;
}

/** Every place in order; with the one where an item stands, the item. */
function canonical<T extends Json>(state: ListState<T>, w: Writer): void {
  for (const place of state.places) {
    const { item } = place;
    writeStamp(w, place.stamp);
    w.u8(item.place === place ? (item.written === null ? 1 : 2) : 0);
    writeId(w, item.birth.id);
    if (item.place !== place) continue;
    writeJson(w, item.value);
    if (item.written !== null) writeStamp(w, item.written);
    w.varint(item.deletes.length);
    for (const id of [...item.deletes].sort((a, b) => compareText(a.replica, b.replica) || a.seq - b.seq)) {
      writeId(w, id);
    }
  }
}

class Editor<T extends Json> implements ListMut<T> {
  readonly #context: MutContext<ListState<T>, ListOp<T>>;

  constructor(context: MutContext<ListState<T>, ListOp<T>>) {
    this.#context = context;
  }

  get length(): number {
    return this.#context.state.places.length;
  }

  get(index: number): T {
    return this.#at(index).value;
  }

  values(): readonly T[] {
    return view(this.#context.state);
  }

  insert(index: number, ...values: T[]): void {
    const { places } = this.#context.state;
    if (!Number.isInteger(index) || index < 0 || index > this.length) {
      throw new RangeError(`index ${index} is not in 0…${this.length}`);
    }
    if (values.length === 0) return;
    const origin = places.originAfter(index === 0 ? null : places.at(index - 1));
    // The array was made by the call: it may be kept.
    for (const [i, value] of values.entries()) values[i] = plain(value);
    this.#context.emit({ type: 'insert', origin, values });
  }

  push(...values: T[]): void {
    this.insert(this.length, ...values);
  }

  delete(index: number, count = 1): void {
    if (
      !Number.isInteger(count) ||
      count < 0 ||
      !Number.isInteger(index) ||
      index < 0 ||
      index + count > this.length
    ) {
      throw new RangeError(`${index} + ${count} is not in 0…${this.length}`);
    }
    const items: (IdRange & { length: number })[] = [];
    for (let i = 0; i < count; i++) {
      const { replica, seq } = this.#at(index + i).birth;
      const last = items.at(-1);
      if (last?.replica === replica && last.seq + last.length === seq) last.length++;
      else items.push({ replica, seq, length: 1 });
    }
    if (items.length > 0) this.#context.emit({ type: 'delete', items });
  }

  set(index: number, value: T): void {
    const item = this.#at(index);
    const next = plain(value);
    if (!jsonEqual(item.value, next)) this.#context.emit({ type: 'set', item: item.birth.id, value: next });
  }

  move(from: number, to: number): void {
    const { places } = this.#context.state;
    const item = this.#at(from);
    if (!Number.isInteger(to) || to < 0 || to >= this.length) {
      throw new RangeError(`index ${to} is not in 0…${this.length - 1}`);
    }
    if (from === to) return;
    // Its own slot counts until the move is made.
    const left = to < from ? to - 1 : to;
    const origin = places.originAfter(left < 0 ? null : places.at(left));
    this.#context.emit({ type: 'move', item: item.birth.id, origin });
  }

  idAt(index: number): OpId {
    return formatId(this.#at(index).birth.id);
  }

  indexOf(name: OpId): number {
    const { state } = this.#context;
    const item = asOpId(name) === null ? null : state.find(parseId(name));
    return item?.place.shown ? state.places.indexOf(item.place) : -1;
  }

  #at(index: number): Item<T> {
    return this.#context.state.places.at(index).item;
  }
}
