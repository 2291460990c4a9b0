import type { Json } from '../bytes/index.ts';
import { type CounterMut, counterType } from '../types/counter.ts';
import { dagType } from '../types/dag/dag.ts';
import type { DagMut, DagView } from '../types/dag/op.ts';
import { type ListOptions, listType } from '../types/list/list.ts';
import type { ListMut } from '../types/list/op.ts';
import { type Accepts, type LwwMut, lwwType } from '../types/lww.ts';
import { type MapMut, mapType } from '../types/map.ts';
import type { PlacementMut, PlacementView } from '../types/placement/op.ts';
import { placementType } from '../types/placement/placement.ts';
import { type SetMut, setType } from '../types/set.ts';
import { type TextOptions, textType } from '../types/text/index.ts';
import type { TextMut, TextView } from '../types/text/op.ts';
import type { TreeMut, TreeView } from '../types/tree/op.ts';
import { treeType } from '../types/tree/tree.ts';
import { type Leaf, leaf } from './schema.ts';

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

/** A number that concurrent increments add up in. */
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

/** Where each of many entities is: its parent and its place there, one register per entity. */
export function placement(): Leaf<PlacementView, PlacementMut> {
  return leaf(placementType());
}

/** Links between nodes, kept free of cycles by suspending the latest. */
export function dag(): Leaf<DagView, DagMut> {
  return leaf(dagType());
}

/** Nodes that move below each other without ever closing a ring. */
export function tree(): Leaf<TreeView, TreeMut> {
  return leaf(treeType());
}
