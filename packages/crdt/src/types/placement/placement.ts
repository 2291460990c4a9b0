import type { CrdtType, MutContext } from '../../core/crdt-type.ts';
import type { Stamp } from '../../core/ids.ts';
import { compareText, toRecord } from '../plain.ts';
import { type Register, wins, writeStamp } from '../register.ts';
import { decode, encode, writePosition } from './codec.ts';
import { lseq } from './lseq.ts';
import type { PlacementMut, PlacementOp, PlacementPatch, PlacementView, Position } from './op.ts';
import type { OffsetRange, PositionScheme } from './scheme.ts';

/*
 * Ordered lists of entities. Each entity has one last-writer-wins register that holds its list and its position
 * together, so two users who move one card never duplicate it and never half-move it: the later move in ≺ wins.
 * A list is what the entities placed in it say; it is sorted by (position, entity).
 *
 * Placing costs O(log n) comparisons and an O(n) splice of the one list.
 */

type Place = PlacementOp['at'];

interface Placed {
  readonly entity: string;
  readonly position: Position;
}

export interface PlacementState {
  readonly scheme: PositionScheme;
  readonly registers: Map<string, Register<Place>>;
  /** The sorted entities of each list that is not empty. */
  readonly lists: Map<string, Placed[]>;
  /** For each site the runs in the positions that it ever allocated: counter → offsets taken. */
  readonly runs: Map<string, Map<number, OffsetRange>>;
  /** The view's lists by parent, dropped one by one as they change. */
  readonly shown: Map<string, readonly string[]>;
  view: PlacementView | null;
}

/** Longer positions make `place` give the whole list fresh ones. */
const REBALANCE_DEPTH = 64;

export function placementType(
  options: { readonly scheme?: PositionScheme } = {},
): CrdtType<PlacementState, PlacementOp, PlacementView, PlacementMut, PlacementPatch> {
  const scheme = options.scheme ?? lseq;
  return {
    kind: scheme.kind,
    create: () => ({
      scheme,
      registers: new Map(),
      lists: new Map(),
      runs: new Map(),
      shown: new Map(),
      view: null,
    }),
    width: () => 1,
    apply,
    invert(state, op, stamp) {
      const register = state.registers.get(op.entity);
      const before = register?.value ?? null;
      if (!wins(register, stamp) || samePlace(scheme, before, op.at)) return [];
      return [{ type: 'place', entity: op.entity, at: before }];
    },
    view,
    mutate: (context) => new Placer(context),
    encode,
    decode: (r) => decode(r, scheme),
    canonical(state, w) {
      const sorted = [...state.registers].sort(([a], [b]) => compareText(a, b));
      w.varint(sorted.length);
      for (const [entity, { stamp, value }] of sorted) {
        w.string(entity);
        writeStamp(w, stamp);
        w.u8(value === null ? 0 : 1);
        if (value === null) continue;
        w.string(value.parent);
        writePosition(w, value.position);
      }
    },
  };
}

function apply(state: PlacementState, op: PlacementOp, stamp: Stamp): readonly PlacementPatch[] {
  if (op.at !== null) recordRuns(state, op.at.position);
  const register = state.registers.get(op.entity);
  if (!wins(register, stamp)) return [];
  const before = register?.value ?? null;
  state.registers.set(op.entity, { value: op.at, stamp });
  if (samePlace(state.scheme, before, op.at)) return [];
  const from = before && { parent: before.parent, index: take(state, op.entity, before) };
  const to = op.at && { parent: op.at.parent, index: put(state, op.entity, op.at) };
  state.view = null;
  return [{ entity: op.entity, from, to }];
}

function samePlace(scheme: PositionScheme, a: Place, b: Place): boolean {
  if (a === null || b === null) return a === b;
  return a.parent === b.parent && scheme.compare(a.position, b.position) === 0;
}

function recordRuns(state: PlacementState, position: Position): void {
  for (const { site, counter, offset } of position) {
    let runs = state.runs.get(site);
    if (runs === undefined) {
      runs = new Map();
      state.runs.set(site, runs);
    }
    const { min, max } = runs.get(counter) ?? { min: offset, max: offset };
    runs.set(counter, { min: Math.min(min, offset), max: Math.max(max, offset) });
  }
}

function take(state: PlacementState, entity: string, at: NonNullable<Place>): number {
  const list = state.lists.get(at.parent) ?? [];
  const index = search(state.scheme, list, { entity, position: at.position });
  list.splice(index, 1);
  if (list.length === 0) state.lists.delete(at.parent);
  state.shown.delete(at.parent);
  return index;
}

function put(state: PlacementState, entity: string, at: NonNullable<Place>): number {
  let list = state.lists.get(at.parent);
  if (list === undefined) {
    list = [];
    state.lists.set(at.parent, list);
  }
  const placed = { entity, position: at.position };
  const index = search(state.scheme, list, placed);
  list.splice(index, 0, placed);
  state.shown.delete(at.parent);
  return index;
}

/** The first index whose entry is not before `placed`. */
function search(scheme: PositionScheme, list: readonly Placed[], placed: Placed): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = list[middle] as Placed;
    const order = scheme.compare(other.position, placed.position) || compareText(other.entity, placed.entity);
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function listOf(state: PlacementState, parent: string): readonly string[] {
  const list = state.lists.get(parent);
  if (list === undefined) return [];
  let shown = state.shown.get(parent);
  if (shown === undefined) {
    shown = list.map(({ entity }) => entity);
    state.shown.set(parent, shown);
  }
  return shown;
}

function view(state: PlacementState): PlacementView {
  if (state.view === null) {
    const byParent: [string, readonly string[]][] = [];
    const parentOf: [string, string][] = [];
    for (const parent of state.lists.keys()) byParent.push([parent, listOf(state, parent)]);
    for (const [entity, { value }] of state.registers)
      if (value !== null) parentOf.push([entity, value.parent]);
    state.view = { byParent: toRecord(byParent), parentOf: toRecord(parentOf) };
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
    return this.#context.state.registers.get(entity)?.value?.parent;
  }

  remove(entity: string): void {
    if (this.parentOf(entity) !== undefined) this.#context.emit({ type: 'place', entity, at: null });
  }

  place(entity: string, parent: string, index: number): void {
    const { scheme, lists } = this.#context.state;
    const others = (lists.get(parent) ?? []).filter((placed) => placed.entity !== entity);
    if (!Number.isInteger(index) || index < 0 || index > others.length) {
      throw new RangeError(`index ${index} is not in 0…${others.length}`);
    }
    if (this.parentOf(entity) === parent && this.of(parent)[index] === entity) return;
    const left = others[index - 1]?.position ?? null;
    const right = others[index]?.position ?? null;
    // Equal neighbours leave no room: honest sites never make them, a cloned replica might.
    if (left === null || right === null || scheme.compare(left, right) < 0) {
      const position = scheme.between(left, right, this.#site());
      if (position.length <= REBALANCE_DEPTH) {
        this.#context.emit({ type: 'place', entity, at: { parent, position } });
        return;
      }
    }
    this.#rebalance(parent, others.map((placed) => placed.entity).toSpliced(index, 0, entity));
  }

  /** Gives the whole list fresh, short positions. A concurrent move of one of its entities may lose against it. */
  #rebalance(parent: string, entities: readonly string[]): void {
    let position: Position | null = null;
    for (const entity of entities) {
      position = this.#context.state.scheme.between(position, null, this.#site());
      this.#context.emit({ type: 'place', entity, at: { parent, position } });
    }
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
