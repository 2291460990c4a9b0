import { expect, it } from 'vitest';
import { replicaId } from '../core/ids.ts';
import { ParkedChanges } from './parked.ts';

const a = replicaId('00000000000000aa');
const b = replicaId('00000000000000bb');

const park = (parked: ParkedChanges, seq: number, from: number): boolean =>
  parked.park(a, seq, { replica: b, from, to: from + 1 }, new Uint8Array([from]));
const froms = (released: readonly Uint8Array[]): (number | undefined)[] => released.map((bytes) => bytes[0]);

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

it('keeps no more than it has room for, and a copy of its own', () => {
  const parked = new ParkedChanges();
  const frame = new Uint8Array(100).fill(7);
  parked.park(a, 1, { replica: b, from: 0, to: 1 }, frame.subarray(10, 12));
  frame.fill(0);
  expect(parked.release(a, 2)).toEqual([new Uint8Array([7, 7])]);
  const large = new Uint8Array(33 << 20);
  expect(parked.park(a, 1, { replica: b, from: 0, to: 1 }, large)).toBe(true);
  expect(parked.park(a, 1, { replica: b, from: 1, to: 2 }, large)).toBe(false);
});
