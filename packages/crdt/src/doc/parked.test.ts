import { expect, it } from 'vitest';
import { replicaId } from '../core/ids.ts';
import type { Change } from './change.ts';
import { ParkedChanges } from './parked.ts';

const a = replicaId('00000000000000aa');
const b = replicaId('00000000000000bb');

const change = (from: number): Change => ({ replica: b, from, to: from + 1, time: 0, deps: [], ops: [] });
const park = (parked: ParkedChanges, seq: number, from: number): boolean =>
  parked.park({ replica: a, seq }, change(from), { replica: b, from, to: from + 1, bytes: new Uint8Array() });
const froms = (released: ReturnType<ParkedChanges['release']>): number[] =>
  released.map((each) => each.change.from);

it('gives back only what waits for what came, the first first', () => {
  const parked = new ParkedChanges();
  for (const seq of [5, 1, 9, 3]) expect(park(parked, seq, seq * 10)).toBe(true);
  expect(froms(parked.release(b, 100))).toEqual([]);
  expect(froms(parked.release(a, 1))).toEqual([]);
  expect(froms(parked.release(a, 5))).toEqual([10, 30]);
  expect(parked.count).toBe(2);
  expect(froms(parked.release(a, 10))).toEqual([50, 90]);
  expect(parked.count).toBe(0);
});

it('keeps one copy of a change, whatever it is said to wait for', () => {
  const parked = new ParkedChanges();
  park(parked, 4, 7);
  expect(park(parked, 4, 7)).toBe(true);
  expect(park(parked, 2, 7)).toBe(true);
  expect(parked.count).toBe(1);
});
