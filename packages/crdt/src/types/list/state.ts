import type { Json } from '../../bytes/index.ts';
import { InvalidOp } from '../../core/crdt-type.ts';
import { formatId, type Id, type IdRange, type Stamp, sameId } from '../../core/ids.ts';
import { IDLE, keepLayout } from '../../core/layout.ts';
import type { Origin, Side } from '../../sequence/index.ts';
import { show } from './counted-list.ts';
import { IdTable } from './id-table.ts';
import type { ListPatch } from './op.ts';
import { compareSlots } from './siblings.ts';
import { Slot, Slots } from './slots.ts';

const NONE: readonly Id[] = [];

/** A place in which an item stands or once stood. */
export class Place<T> extends Slot<Place<T>> {
  readonly item: Item<T>;

  constructor(stamp: Stamp, item: Item<T>, shown: boolean) {
    super(stamp, shown);
    this.item = item;
  }
}

/** One item, wherever it stands. */
export class Item<T> {
  /** Where it was inserted; the item has that id. */
  readonly birth: Place<T>;
  /** Where the latest move in ≺ put it; all its other places are hidden. */
  place: Place<T>;
  value: T;
  /** The write that gave the value; null: the insert. */
  written: Stamp | null = null;
  /** The live deletes that name it. Shared arrays, never written to. */
  deletes: readonly Id[] = NONE;

  constructor(stamp: Stamp, value: T) {
    this.birth = new Place(stamp, this, true);
    this.place = this.birth;
    this.value = value;
  }
}

keepLayout(new Item(IDLE, null));

export class ListState<T extends Json> {
  readonly places = new Slots<Place<T>>();
  /** What each delete named. */
  readonly deletes = new IdTable<readonly IdRange[]>();
  readonly #ids = new IdTable<Place<T>>();
  view: readonly T[] | null = null;

  /** Throws InvalidOp if there is none, whether it is deleted or not. */
  item(id: Id): Item<T> {
    const item = this.find(id);
    if (item === null) throw new InvalidOp(`no such item: ${formatId(id)}`);
    return item;
  }

  find(id: Id): Item<T> | null {
    const place = this.#ids.get(id);
    return place !== undefined && place.item.birth === place ? place.item : null;
  }

  insert(stamp: Stamp, origin: Origin, values: readonly T[]): readonly ListPatch<T>[] {
    const first = this.#insertOne(stamp, this.#parent(origin), origin.side, values[0] as T);
    let last = first;
    for (let i = 1; i < values.length; i++) {
      const id = { replica: stamp.id.replica, seq: stamp.id.seq + i };
      last = this.#insertOne({ id, lamport: stamp.lamport + i }, last, 'R', values[i] as T);
    }
    this.view = null;
    return [{ type: 'insert', index: this.places.indexOf(first), values }];
  }

  #insertOne(stamp: Stamp, parent: Place<T> | null, side: Side, value: T): Place<T> {
    const { birth } = new Item(stamp, value);
    this.places.insert(birth, parent, side);
    this.#ids.set(stamp.id, birth);
    return birth;
  }

  move(stamp: Stamp, item: Item<T>, origin: Origin): readonly ListPatch<T>[] {
    const { places } = this;
    const place = new Place(stamp, item, false);
    places.insert(place, this.#parent(origin), origin.side);
    this.#ids.set(stamp.id, place);
    const before = item.place;
    if (compareSlots(before, place) > 0) return [];
    item.place = place;
    if (item.deletes.length > 0) return [];
    const from = places.indexOf(before);
    show(before, false);
    show(place, true);
    this.view = null;
    const to = places.indexOf(place);
    return from === to ? [] : [{ type: 'move', from, to }];
  }

  set(stamp: Stamp, item: Item<T>, value: T): readonly ListPatch<T>[] {
    item.value = value;
    item.written = stamp;
    if (item.deletes.length > 0) return [];
    this.view = null;
    return [{ type: 'set', index: this.places.indexOf(item.place), value }];
  }

  delete(by: Id, ranges: readonly IdRange[]): readonly ListPatch<T>[] {
    const items = this.#all(ranges);
    this.deletes.set(by, ranges);
    const alone = [by];
    const patches: { type: 'delete'; index: number; count: number }[] = [];
    for (const item of items) {
      item.deletes = item.deletes.length === 0 ? alone : [...item.deletes, by];
      if (!item.place.shown) continue;
      const index = this.places.indexOf(item.place);
      show(item.place, false);
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
      show(item.place, true);
      const index = this.places.indexOf(item.place);
      const last = patches.at(-1);
      if (last !== undefined && last.index + last.values.length === index) last.values.push(item.value);
      else patches.push({ type: 'insert', index, values: [item.value] });
    }
    if (patches.length > 0) this.view = null;
    return patches;
  }

  #parent({ parent }: Origin): Place<T> | null {
    if (parent === null) return null;
    const place = this.#ids.get(parent);
    if (place === undefined) throw new InvalidOp(`no such slot: ${formatId(parent)}`);
    return place;
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
