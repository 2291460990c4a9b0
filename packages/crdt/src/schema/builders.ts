import type { Json } from '../bytes/index.ts';
import { type ClockLwwMut, type ClockOptions, clockLwwType } from '../types/clock-lww.ts';
import { type CounterMut, counterType } from '../types/counter.ts';
import { dagType } from '../types/dag/dag.ts';
import type { DagMut, DagView } from '../types/dag/op.ts';
import { type MaxMut, type MinMut, maxType, minType } from '../types/extremum.ts';
import { disableWinsFlagType, enableWinsFlagType, type FlagMut } from '../types/flag.ts';
import { type GrowOnlyCounterMut, growOnlyCounterType } from '../types/grow-only-counter.ts';
import { type ListOptions, listType } from '../types/list/list.ts';
import type { ListMut } from '../types/list/op.ts';
import { type Accepts, type LwwMut, lwwType } from '../types/lww.ts';
import { type MapMut, mapType } from '../types/map.ts';
import { type MultiValueMut, multiValueType } from '../types/multi-value.ts';
import { lseq } from '../types/placement/lseq.ts';
import type { PlacementMut, PlacementView } from '../types/placement/op.ts';
import { placementType } from '../types/placement/placement.ts';
import type { PositionScheme } from '../types/placement/scheme.ts';
import { removeWinsSetType } from '../types/remove-wins-set.ts';
import { type SetMut, setType } from '../types/set.ts';
import { type TextOptions, textType } from '../types/text/index.ts';
import type { TextMut, TextView } from '../types/text/op.ts';
import type { TreeMut, TreeView } from '../types/tree/op.ts';
import { treeType } from '../types/tree/tree.ts';
import { leaf } from './leaf.ts';
import type { Leaf } from './node.ts';

/**
 * A last-writer-wins register that holds `initial` until somebody writes. It takes only strings, numbers or booleans
 * if it starts with one; for other values say what it `accepts`, or a peer can write any plain data.
 */
export function lww(initial: string): Leaf<string, LwwMut<string>>;
export function lww(initial: number): Leaf<number, LwwMut<number>>;
export function lww(initial: boolean): Leaf<boolean, LwwMut<boolean>>;
export function lww<T extends Json>(initial: T, accepts?: Accepts<T>): Leaf<T, LwwMut<T>>;
export function lww<T extends Json>(initial: T, accepts?: Accepts<T>): Leaf<T, LwwMut<T>> {
  return leaf(lwwType(initial, accepts));
}

/**
 * A last-writer-wins register in which the later clock wins, not the longer history. Who writes with a clock that is far
 * ahead is reported on arrival. `initial` and `accepts` as for `lww`.
 */
export function clockLww(initial: string): Leaf<string, ClockLwwMut<string>>;
export function clockLww(initial: number): Leaf<number, ClockLwwMut<number>>;
export function clockLww(initial: boolean): Leaf<boolean, ClockLwwMut<boolean>>;
export function clockLww<T extends Json>(
  initial: T,
  accepts?: Accepts<T>,
  options?: ClockOptions,
): Leaf<T, ClockLwwMut<T>>;
export function clockLww<T extends Json>(
  initial: T,
  accepts?: Accepts<T>,
  options?: ClockOptions,
): Leaf<T, ClockLwwMut<T>> {
  return leaf(clockLwwType(initial, accepts, options));
}

/** A register that shows every concurrent value until somebody writes over them. Nothing is there at first. */
export function multiValue<T extends Json>(): Leaf<readonly T[], MultiValueMut<T>> {
  return leaf(multiValueType<T>());
}

/** The greatest number that anybody wrote; `initial` until one surpasses it. */
export function max(initial: number): Leaf<number, MaxMut> {
  return leaf(maxType(initial));
}

/** The least number that anybody wrote; `initial` until one falls below it. */
export function min(initial: number): Leaf<number, MinMut> {
  return leaf(minType(initial));
}

/** For registers that hold a string or nothing. */
export const isStringOrNull = (value: Json): value is string | null =>
  value === null || typeof value === 'string';

/** A map of last-writer-wins registers by key. */
export function map<T extends Json>(): Leaf<Readonly<Record<string, T>>, MapMut<T>> {
  return leaf(mapType<T>());
}

/** An add-wins set of plain values. */
export function set<T extends Json>(): Leaf<readonly T[], SetMut<T>> {
  return leaf(setType<T>());
}

/** A set of plain values in which a remove beats a concurrent add. */
export function removeWinsSet<T extends Json>(): Leaf<readonly T[], SetMut<T>> {
  return leaf(removeWinsSetType<T>());
}

/** A switch, off at first, in which enabling beats a concurrent disabling. */
export function enableWinsFlag(): Leaf<boolean, FlagMut> {
  return leaf(enableWinsFlagType());
}

/** A switch, off at first, in which disabling beats a concurrent enabling. */
export function disableWinsFlag(): Leaf<boolean, FlagMut> {
  return leaf(disableWinsFlagType());
}

/** A number that nobody can count down. */
export function growOnlyCounter(): Leaf<number, GrowOnlyCounterMut> {
  return leaf(growOnlyCounterType());
}

/** A number that concurrent increments and decrements add up in. */
export function counter(): Leaf<number, CounterMut> {
  return leaf(counterType());
}

/** Rich text: an RGA of characters, block markers and embeds, with marks. */
export function text(options?: TextOptions): Leaf<TextView, TextMut> {
  return leaf(textType(options));
}

/** An ordered list of plain values whose items can be moved and replaced. */
export function list<T extends Json>(options?: ListOptions<T>): Leaf<readonly T[], ListMut<T>> {
  return leaf(listType(options));
}

export interface PlacementOptions {
  /** How places are named: short LSEQ identifiers with runs, unless told; `treedoc` gives paths in a binary tree. */
  readonly positions?: PositionScheme;
}

/** Where each of many entities is: its parent and its place there, one register per entity. */
export function placement({ positions = lseq }: PlacementOptions = {}): Leaf<PlacementView, PlacementMut> {
  return leaf(placementType({ scheme: positions }));
}

/** Links between nodes, kept free of cycles by suspending the latest. */
export function dag(): Leaf<DagView, DagMut> {
  return leaf(dagType());
}

/** Nodes that move below each other without ever closing a ring. */
export function tree(): Leaf<TreeView, TreeMut> {
  return leaf(treeType());
}
