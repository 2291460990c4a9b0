import type { Json } from '../bytes/index.ts';
import { type CounterMut, counterType } from '../types/counter.ts';
import { type LwwMut, lwwType } from '../types/lww.ts';
import { type MapMut, mapType } from '../types/map.ts';
import { type SetMut, setType } from '../types/set.ts';
import { type Leaf, leaf } from './schema.ts';

/** A last-writer-wins register that holds `initial` until somebody writes. */
export function lww(initial: string): Leaf<string, LwwMut<string>>;
export function lww(initial: number): Leaf<number, LwwMut<number>>;
export function lww(initial: boolean): Leaf<boolean, LwwMut<boolean>>;
export function lww<T extends Json>(initial: T): Leaf<T, LwwMut<T>>;
export function lww<T extends Json>(initial: T): Leaf<T, LwwMut<T>> {
  return leaf(lwwType(initial));
}

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
