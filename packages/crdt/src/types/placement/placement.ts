import type { CrdtType, MutContext } from '../../core/crdt-type.ts';
import { compareStamps, type Stamp } from '../../core/ids.ts';
import { CountedList, type Entry, type ListNode } from '../list/counted-list.ts';
import { compareText } from '../plain.ts';
import { writeStamp } from '../register.ts';
import { decode, encode, writePosition } from './codec.ts';
import { lseq } from './lseq.ts';
import type { PlacementMut, PlacementOp, PlacementPatch, PlacementView, Position } from './op.ts';
import type { PositionScheme } from './scheme.ts';

/*
 * Ordered lists of entities. Each entity has one last-writer-wins register (Shapiro et al. 2011, "A comprehensive study
 * of convergent and commutative replicated data types") that holds its list and its position together, so two users who
 * move one card never duplicate it and never half-move it: the later move in ≺ wins. A list is what the entities placed
 * in it say; it is sorted by (position, entity). Positions come from a scheme: LSEQ, or Treedoc.
 *
 * State: the registers, and each list in order in a list that counts. Placing costs O(log n) comparisons of positions.
 * Who inserts again and again between the two newest gets long positions; before they are too long the whole list is
 * given fresh ones, by ordinary moves, so that no agreement is needed. Left out on purpose: doing that silently for all
 * (Treedoc's flatten, LSEQ's rebalancing), which needs causal stability.
 */

type Place = PlacementOp['at'];

/** An entity that was ever placed, with its register. An entry of the list that it is in. */
class Entity implements Entry<Entity> {
  readonly name: string;
  at: Place = null;
  /** The write that holds. */
  stamp: Stamp;
  leaf: ListNode<Entity> | null = null;
  readonly shown = true;

  constructor(name: string, stamp: Stamp) {
    this.name = name;
    this.stamp = stamp;
  }
}

interface List {
  readonly entities: CountedList<Entity>;
  /** As the view shows it, or null if that is stale. */
  shown: readonly string[] | null;
  /** Where the next entity may well go: after this one. Perhaps not in this list any more. */
  near: Entity | null;
}

export interface PlacementState {
  readonly scheme: PositionScheme;
  readonly entities: Map<string, Entity>;
  /** The lists that are not empty, by parent. */
  readonly lists: Map<string, List>;
  /** For each site the runs in the positions that it ever allocated: counter → offsets taken. */
  readonly runs: Map<string, Map<number, { min: number; max: number }>>;
  view: PlacementView | null;
}

/** Longer positions make `place` give the whole list fresh ones. */
const REBALANCE_DEPTH = 64;
const NOTHING: readonly string[] = [];
const NO_PATCHES: readonly PlacementPatch[] = [];

export function placementType(
  options: { readonly scheme?: PositionScheme } = {},
): CrdtType<PlacementState, PlacementOp, PlacementView, PlacementMut, PlacementPatch> {
  const scheme = options.scheme ?? lseq;
  return {
    kind: scheme.kind,
    create: () => ({ scheme, entities: new Map(), lists: new Map(), runs: new Map(), view: null }),
    width: () => 1,
    apply,
    invert({ entities }, op, stamp) {
      const entity = entities.get(op.entity);
      const before = entity?.at ?? null;
      if (!winsOver(entity, stamp) || samePlace(scheme, before, op.at)) return [];
      return [{ type: 'place', entity: op.entity, at: before }];
    },
    register: ({ entity }) => entity,
    view,
    mutate: (context) => new Placer(context),
    encode,
    decode: (r) => decode(r, scheme),
    canonical(state, w) {
      const sorted = [...state.entities.values()].sort((a, b) => compareText(a.name, b.name));
      w.varint(sorted.length);
      for (const { name, stamp, at } of sorted) {
        w.string(name);
        writeStamp(w, stamp);
        w.u8(at === null ? 0 : 1);
        if (at === null) continue;
        w.string(at.parent);
        writePosition(w, at.position);
      }
    },
  };
}

function apply(
  state: PlacementState,
  { entity: name, at }: PlacementOp,
  stamp: Stamp,
): readonly PlacementPatch[] {
  if (at !== null) recordRun(state, at.position);
  let entity = state.entities.get(name);
  if (!winsOver(entity, stamp)) return NO_PATCHES;
  if (entity === undefined) {
    entity = new Entity(name, stamp);
    state.entities.set(name, entity);
  }
  const before = entity.at;
  entity.stamp = stamp;
  // Equal positions are one place, and the write that holds says which of their bytes count.
  if (samePlace(state.scheme, before, at)) {
    entity.at = at;
    return NO_PATCHES;
  }
  const from = before && { parent: before.parent, index: take(state, entity, before.parent) };
  entity.at = at;
  const to = at && { parent: at.parent, index: put(state, entity, at) };
  state.view = null;
  return [{ entity: name, from, to }];
}

function winsOver(entity: Entity | undefined, stamp: Stamp): boolean {
  return entity === undefined || compareStamps(entity.stamp, stamp) < 0;
}

function samePlace(scheme: PositionScheme, a: Place, b: Place): boolean {
  if (a === null || b === null) return a === b;
  return a.parent === b.parent && scheme.compare(a.position, b.position) === 0;
}

/** What stands before the last component was the last of another position that its author knew. */
function recordRun({ runs }: PlacementState, position: Position): void {
  const last = position[position.length - 1];
  if (last === undefined) return;
  const { site, counter, offset } = last;
  let own = runs.get(site);
  if (own === undefined) {
    own = new Map();
    runs.set(site, own);
  }
  const taken = own.get(counter);
  if (taken === undefined) own.set(counter, { min: offset, max: offset });
  else if (offset < taken.min) taken.min = offset;
  else if (offset > taken.max) taken.max = offset;
}

/** Takes `entity` out of the list; returns the index that it had. */
function take({ lists }: PlacementState, entity: Entity, parent: string): number {
  const list = lists.get(parent);
  if (list === undefined) throw new Error(`no such list: ${parent}`);
  const index = list.entities.indexOf(entity);
  list.entities.remove(entity);
  list.shown = null;
  if (list.entities.length === 0) lists.delete(parent);
  return index;
}

function put({ lists, scheme }: PlacementState, entity: Entity, at: NonNullable<Place>): number {
  let list = lists.get(at.parent);
  if (list === undefined) {
    list = { entities: new CountedList(), shown: null, near: null };
    lists.set(at.parent, list);
  }
  const order = (other: Entity): number =>
    scheme.compare(other.at?.position ?? [], at.position) || compareText(other.name, entity.name);
  const left = near(list, at.parent, order) ?? list.entities.lastBefore(order);
  list.entities.insertAfter(left, entity);
  list.shown = null;
  list.near = entity;
  return list.entities.indexOf(entity);
}

/** The last entity before a place, if that is the one that was guessed; else null. */
function near(
  { near: guess, entities }: List,
  parent: string,
  order: (other: Entity) => number,
): Entity | null {
  if (guess === null || guess.leaf === null || guess.at?.parent !== parent || order(guess) > 0) return null;
  const next = entities.next(guess);
  return next === null || order(next) > 0 ? guess : null;
}

function listOf(state: PlacementState, parent: string): readonly string[] {
  const list = state.lists.get(parent);
  if (list === undefined) return NOTHING;
  list.shown ??= list.entities.map(({ name }) => name);
  return list.shown;
}

function view(state: PlacementState): PlacementView {
  if (state.view === null) {
    // Straight into records without a prototype: copying the last ones would take longer.
    const byParent: Record<string, readonly string[]> = Object.create(null);
    const parentOf: Record<string, string> = Object.create(null);
    for (const parent of state.lists.keys()) byParent[parent] = listOf(state, parent);
    for (const { name, at } of state.entities.values()) if (at !== null) parentOf[name] = at.parent;
    state.view = { byParent, parentOf };
  }
  return state.view;
}

class Placer implements PlacementMut {
  readonly #context: MutContext<PlacementState, PlacementOp>;

  constructor(context: MutContext<PlacementState, PlacementOp>) {
    this.#context = context;
  }

  of(parent: string): readonly string[] {
    return listOf(this.#context.state, parent);
  }

  parentOf(entity: string): string | undefined {
    return this.#context.state.entities.get(entity)?.at?.parent;
  }

  indexAt(name: string, { parent, position }: NonNullable<Place>): number {
    const { lists, entities, scheme } = this.#context.state;
    const list = lists.get(parent)?.entities;
    const order = (other: Entity): number =>
      scheme.compare(other.at?.position ?? [], position) || compareText(other.name, name);
    const last = list?.lastBefore(order) ?? null;
    if (list === undefined || last === null) return 0;
    const own = entities.get(name);
    const isBefore = own?.at?.parent === parent && order(own) < 0;
    return list.indexOf(last) + (isBefore ? 0 : 1);
  }

  remove(entity: string): void {
    if (this.parentOf(entity) !== undefined) this.#context.emit({ type: 'place', entity, at: null });
  }

  place(name: string, parent: string, index: number): void {
    const { scheme, lists, entities } = this.#context.state;
    const list = lists.get(parent)?.entities;
    const entity = entities.get(name);
    const own = list !== undefined && entity?.at?.parent === parent ? list.indexOf(entity) : -1;
    const others = (list?.length ?? 0) - (own < 0 ? 0 : 1);
    if (!Number.isInteger(index) || index < 0 || index > others) {
      throw new RangeError(`index ${index} is not in 0…${others}`);
    }
    if (own === index) return;
    // Its own place counts until it has moved.
    const before = this.#entityAt(parent, own, index - 1);
    let after = before === null ? (list?.first ?? null) : (list?.next(before) ?? null);
    if (own >= 0 && after === entity) after = list?.next(after as Entity) ?? null;
    const left = before?.at?.position ?? null;
    const right = after?.at?.position ?? null;
    // Equal neighbours leave no room: honest sites never make them, a cloned replica might.
    if (left === null || right === null || scheme.compare(left, right) < 0) {
      const position = scheme.between(left, right, this.#site());
      if (position.length <= REBALANCE_DEPTH) {
        const held = lists.get(parent);
        if (held !== undefined) held.near = before;
        this.#context.emit({ type: 'place', entity: name, at: { parent, position } });
        return;
      }
    }
    this.#makeRoom(name, parent, index, others, (other) => this.#entityAt(parent, own, other));
  }

  /**
   * Gives a stretch of the list around `index` fresh, short positions, as small a one as stands between neighbours that
   * are short enough for its size; so making room costs O(log n) moves per insert, spread over many. A concurrent move
   * of one of them may lose against it.
   */
  #makeRoom(
    name: string,
    parent: string,
    index: number,
    others: number,
    at: (other: number) => Entity | null,
  ): void {
    const { scheme } = this.#context.state;
    let low = index;
    let high = index;
    let left: Position | null = null;
    let right: Position | null = null;
    for (let size = 4, depth = REBALANCE_DEPTH - 16; ; size *= 2, depth = Math.max(2, depth - 3)) {
      low = Math.max(0, index - size);
      high = Math.min(others, index + size);
      left = at(low - 1)?.at?.position ?? null;
      right = at(high)?.at?.position ?? null;
      if (low === 0 && high === others) break;
      if (left !== null && right !== null && scheme.compare(left, right) >= 0) continue;
      if (Math.max(left?.length ?? 0, right?.length ?? 0) <= depth) break;
    }
    const names: string[] = [];
    for (let i = low; i < high; i++) {
      if (i === index) names.push(name);
      names.push(at(i)?.name as string);
    }
    if (index === high) names.push(name);
    const positions = scheme.spread(names.length, left, right, this.#site());
    for (const [i, entity] of names.entries()) {
      this.#context.emit({ type: 'place', entity, at: { parent, position: positions[i] as Position } });
    }
  }

  /** The entity at an index of the list without the one at `own` (−1: none), or null if there is none. */
  #entityAt(parent: string, own: number, other: number): Entity | null {
    const list = this.#context.state.lists.get(parent)?.entities;
    const index = own >= 0 && own <= other ? other + 1 : other;
    return list === undefined || index < 0 || index >= list.length ? null : list.at(index);
  }

  #site(): Parameters<PositionScheme['between']>[2] {
    const { state, replica } = this.#context;
    const runs = state.runs.get(replica);
    // Dense, so the number of runs is free; unless a peer used our name.
    let counter = runs?.size ?? 0;
    while (runs?.has(counter)) counter++;
    return { name: replica, counter, offsets: (run) => runs?.get(run) ?? null };
  }
}
