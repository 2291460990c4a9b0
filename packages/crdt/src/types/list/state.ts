import type { Json } from '../../bytes/index.ts';
import { InvalidOp } from '../../core/crdt-type.ts';
import { formatId, type Id, type IdRange, type Stamp, sameId } from '../../core/ids.ts';
import type { Origin, Side } from '../../sequence/index.ts';
import { IdTable } from './id-table.ts';
import type { ListPatch } from './op.ts';
import { compareSlots, Slot, Slots } from './slots.ts';

const NONE: readonly Id[] = [];

/** One item, wherever it stands. */
export class Item<T> {
  /** The slot in which it was inserted; the item has its id. */
  readonly birth: Slot<Item<T>>;
  /** The slot of the latest move in ≺; all its other slots are hidden. */
  slot: Slot<Item<T>>;
  value: T;
  /** The write that gave the value; null: the insert. */
  written: Stamp | null = null;
  /** The live deletes that name it. Shared arrays, never written to. */
  deletes: readonly Id[] = NONE;

  constructor(stamp: Stamp, value: T) {
    this.birth = new Slot<Item<T>>(stamp, this, true);
    this.slot = this.birth;
    this.value = value;
  }
}

export class ListState<T extends Json> {
  readonly slots = new Slots<Item<T>>();
  /** What each delete named. */
  readonly deletes = new IdTable<readonly IdRange[]>();
  readonly #ids = new IdTable<Slot<Item<T>>>();
  view: readonly T[] | null = null;

  /** Throws InvalidOp if there is none, whether it is deleted or not. */
  item(id: Id): Item<T> {
    const item = this.find(id);
    if (item === null) throw new InvalidOp(`no such item: ${formatId(id)}`);
    return item;
  }

  find(id: Id): Item<T> | null {
    const slot = this.#ids.get(id);
    return slot !== undefined && slot.value.birth === slot ? slot.value : null;
  }

  insert(stamp: Stamp, origin: Origin, values: readonly T[]): readonly ListPatch<T>[] {
    const { slot } = this.#insertOne(stamp, this.#parent(origin), origin.side, values[0] as T);
    let last = slot;
    for (let i = 1; i < values.length; i++) {
      const id = { replica: stamp.id.replica, seq: stamp.id.seq + i };
      last = this.#insertOne({ id, lamport: stamp.lamport + i }, last, 'R', values[i] as T).slot;
    }
    this.view = null;
    return [{ type: 'insert', index: this.slots.list.indexOf(slot), values }];
  }

  #insertOne(stamp: Stamp, parent: Slot<Item<T>> | null, side: Side, value: T): Item<T> {
    const item = new Item(stamp, value);
    this.slots.insert(item.slot, parent, side);
    this.#ids.set(stamp.id, item.slot);
    return item;
  }

  move(stamp: Stamp, item: Item<T>, origin: Origin): readonly ListPatch<T>[] {
    const slot = new Slot<Item<T>>(stamp, item, false);
    this.slots.insert(slot, this.#parent(origin), origin.side);
    this.#ids.set(stamp.id, slot);
    const before = item.slot;
    if (compareSlots(before, slot) > 0) return [];
    item.slot = slot;
    if (item.deletes.length > 0) return [];
    const { list } = this.slots;
    const from = list.indexOf(before);
    list.show(before, false);
    list.show(slot, true);
    this.view = null;
    const to = list.indexOf(slot);
    return from === to ? [] : [{ type: 'move', from, to }];
  }

  set(stamp: Stamp, item: Item<T>, value: T): readonly ListPatch<T>[] {
    item.value = value;
    item.written = stamp;
    if (item.deletes.length > 0) return [];
    this.view = null;
    return [{ type: 'set', index: this.slots.list.indexOf(item.slot), value }];
  }

  delete(by: Id, ranges: readonly IdRange[]): readonly ListPatch<T>[] {
    const items = this.#all(ranges);
    this.deletes.set(by, ranges);
    const alone = [by];
    const patches: { type: 'delete'; index: number; count: number }[] = [];
    for (const item of items) {
      item.deletes = item.deletes.length === 0 ? alone : [...item.deletes, by];
      if (!item.slot.shown) continue;
      const index = this.slots.list.indexOf(item.slot);
      this.slots.list.show(item.slot, false);
      const last = patches.at(-1);
      if (last?.index === index) last.count++;
      else patches.push({ type: 'delete', index, count: 1 });
    }
    if (patches.length > 0) this.view = null;
    return patches;
  }

  retract(target: Id): readonly ListPatch<T>[] {
    const ranges = this.deletes.get(target);
    if (ranges === undefined) throw new InvalidOp(`no such delete: ${formatId(target)}`);
    const patches: { type: 'insert'; index: number; values: T[] }[] = [];
    for (const item of this.#all(ranges)) {
      const left = item.deletes.filter((id) => !sameId(id, target));
      if (left.length === item.deletes.length) continue;
      item.deletes = left.length === 0 ? NONE : left;
      if (left.length > 0) continue;
      this.slots.list.show(item.slot, true);
      const index = this.slots.list.indexOf(item.slot);
      const last = patches.at(-1);
      if (last !== undefined && last.index + last.values.length === index) last.values.push(item.value);
      else patches.push({ type: 'insert', index, values: [item.value] });
    }
    if (patches.length > 0) this.view = null;
    return patches;
  }

  #parent({ parent }: Origin): Slot<Item<T>> | null {
    if (parent === null) return null;
    const slot = this.#ids.get(parent);
    if (slot === undefined) throw new InvalidOp(`no such slot: ${formatId(parent)}`);
    return slot;
  }

  /** The items that the ranges name. Throws InvalidOp at the first id that is none: a long range costs what is there. */
  #all(ranges: readonly IdRange[]): Item<T>[] {
    const items: Item<T>[] = [];
    for (const { replica, seq, length } of ranges) {
      for (let i = 0; i < length; i++) items.push(this.item({ replica, seq: seq + i }));
    }
    return items;
  }
}
