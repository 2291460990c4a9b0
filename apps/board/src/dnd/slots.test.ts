import { describe, expect, it } from 'vitest';
import type { Layout } from '../layout.ts';
import { homeOf, indexAmong, lanesOf, nextSlot } from './slots.ts';

const layout: Layout = {
  columns: [
    { id: 'A', cards: ['1', '2', '3'] },
    { id: 'B', cards: [] },
    { id: 'C', cards: ['4'] },
  ],
  unfiled: ['9'],
};
const card = { kind: 'card', id: '2' } as const;
const list = { kind: 'list', id: 'B' } as const;

describe('slots for the keyboard', () => {
  it('start where the thing stands', () => {
    expect(homeOf(layout, card)).toEqual({ parent: 'A', index: 1 });
    expect(homeOf(layout, list)).toEqual({ parent: 'board', index: 1 });
    expect(homeOf(layout, { kind: 'card', id: '9' })).toEqual({ parent: 'A', index: 0 });
    expect(homeOf({ columns: [], unfiled: ['9'] }, { kind: 'card', id: '9' })).toBeNull();
  });
  it('move a card up and down within its list, and stop at its ends', () => {
    const lanes = lanesOf(layout, card);
    expect(nextSlot(lanes, { parent: 'A', index: 1 }, 'down')).toEqual({ parent: 'A', index: 2 });
    expect(nextSlot(lanes, { parent: 'A', index: 2 }, 'down')).toEqual({ parent: 'A', index: 2 });
    expect(nextSlot(lanes, { parent: 'A', index: 0 }, 'up')).toEqual({ parent: 'A', index: 0 });
    expect(nextSlot(lanes, { parent: 'A', index: 0 }, 'last')).toEqual({ parent: 'A', index: 2 });
  });
  it('move a card to the next list at the same height, as far down as that list goes', () => {
    const lanes = lanesOf(layout, card);
    const empty = nextSlot(lanes, { parent: 'A', index: 2 }, 'forward');
    expect(empty).toEqual({ parent: 'B', index: 0 });
    expect(nextSlot(lanes, { parent: 'C', index: 1 }, 'forward')).toEqual({ parent: 'C', index: 1 });
    expect(nextSlot(lanes, empty, 'back')).toEqual({ parent: 'A', index: 0 });
  });
  it('move a list sideways only', () => {
    const lanes = lanesOf(layout, list);
    expect(nextSlot(lanes, { parent: 'board', index: 1 }, 'forward')).toEqual({ parent: 'board', index: 2 });
    expect(nextSlot(lanes, { parent: 'board', index: 0 }, 'back')).toEqual({ parent: 'board', index: 0 });
    expect(nextSlot(lanes, { parent: 'board', index: 1 }, 'down')).toEqual({ parent: 'board', index: 1 });
  });
});

describe('slots for the pointer', () => {
  const middles = [10, 30, 50, 70];
  const at = (y: number) => indexAmong(middles.length, (i) => middles[i] ?? 0, y);
  it('are split at the middles of the boxes', () => {
    expect([0, 10, 29, 31, 69, 999].map(at)).toEqual([0, 1, 1, 2, 3, 4]);
    expect(indexAmong(0, () => 0, 5)).toBe(0);
  });
  it('run the other way where the script does', () => {
    const rtl = (x: number) => indexAmong(4, (i) => 100 - (middles[i] ?? 0), x, true);
    expect([100, 80, 60, 5].map(rtl)).toEqual([0, 1, 2, 4]);
  });
});
