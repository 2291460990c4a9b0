import { describe, expect, it } from 'vitest';
import { forSeeds } from '../testing/random.ts';
import { SortedView } from './sorted-view.ts';

describe('sorted view', () => {
  it('shows what is there, in order, however much changed between two looks', () => {
    forSeeds(60, (random) => {
      const items = Array.from({ length: 60 }, (_, i) => ({ rank: i, name: `${i}` }));
      const view = new SortedView<(typeof items)[number], string>(
        (a, b) => a.rank - b.rank,
        ({ name }) => name,
      );
      const there = new Set<(typeof items)[number]>();
      let shown: readonly string[] = view.values;
      for (let round = 0; round < 30; round++) {
        const before = [...shown];
        const last = shown;
        for (let n = random.int(random.chance(0.3) ? 60 : 6); n > 0; n--) {
          const item = random.pick(items);
          const isThere = random.chance(0.6);
          view.set(item, isThere);
          isThere ? there.add(item) : there.delete(item);
        }
        if (random.chance(0.1)) {
          for (const item of items) item.rank = -item.rank;
          view.resort();
        }
        shown = view.values;
        expect(last).toEqual(before);
        expect(shown).toEqual([...there].sort((a, b) => a.rank - b.rank).map(({ name }) => name));
        if (shown.join() === before.join()) expect(shown.length).toBe(last.length);
      }
    });
  });

  it('is the same object while nothing changed in the end', () => {
    const view = new SortedView<number, number>(
      (a, b) => a - b,
      (n) => n,
    );
    view.set(1, true);
    const shown = view.values;
    view.set(2, true);
    view.set(2, false);
    view.set(1, true);
    expect(view.values).toBe(shown);
  });
});
