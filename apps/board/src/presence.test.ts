import { describe, expect, it } from 'vitest';
import { personHere, visitorsOf, whereaboutsOf } from './presence.ts';

const peer = (name: string, data: Parameters<typeof whereaboutsOf>[0]) =>
  personHere({ replica: name, name, colour: 1, data });

describe('whereabouts', () => {
  it('are read from anything, and mean nothing where they make no sense', () => {
    const nowhere = { card: null, drag: null, at: null };
    for (const data of [null, 7, 'x', [], {}, { card: 5 }, { drag: 'x'.repeat(65) }, { __proto__: null }])
      expect(whereaboutsOf(data)).toEqual(nowhere);
    expect(whereaboutsOf({ card: 'a', drag: 'b', more: 1 })).toEqual({ card: 'a', drag: 'b', at: null });
  });
});

describe('visitors', () => {
  it('stand at the card that they have open or drag', () => {
    const at = visitorsOf([peer('Ana', { card: 'x', drag: null }), peer('Bo', { card: null, drag: 'x' })]);
    expect(at.x?.map(({ person, drags }) => [person.name, drags])).toEqual([
      ['Ana', false],
      ['Bo', true],
    ]);
  });
  it('keep their identity while nobody moves', () => {
    const people = () => [peer('Ana', { card: 'x', drag: null }), peer('Bo', { card: 'y', drag: null })];
    const before = visitorsOf(people());
    const after = visitorsOf([...people(), peer('Cy', { card: 'y', drag: null })], before);
    expect(after.x).toBe(before.x);
    expect(after.y).not.toBe(before.y);
  });
});
