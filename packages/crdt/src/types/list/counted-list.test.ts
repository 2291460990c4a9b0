import { describe, expect, it } from 'vitest';
import { forSeeds } from '../../testing/random.ts';
import { CountedList, type Entry, type ListNode, show } from './counted-list.ts';

class Thing implements Entry<Thing> {
  leaf: ListNode<Thing> | null = null;
  readonly name: number;
  shown: boolean;

  constructor(name: number, shown: boolean) {
    this.name = name;
    this.shown = shown;
  }
}

function namesOf(things: Iterable<Thing>): string {
  return Array.from(things, ({ name }) => name).join();
}

/** Everything that the list says, against plain arrays. */
function expectSame(list: CountedList<Thing>, all: readonly Thing[]): void {
  const shown = all.filter((thing) => thing.shown);
  expect(list.length).toBe(shown.length);
  expect(namesOf(list)).toBe(namesOf(all));
  expect(namesOf(list.map((thing) => thing))).toBe(namesOf(shown));
  expect(list.first).toBe(all[0] ?? null);
  let index = 0;
  for (const [i, thing] of all.entries()) {
    expect(list.next(thing)).toBe(all[i + 1] ?? null);
    expect(list.indexOf(thing)).toBe(index);
    if (thing.shown) expect(list.at(index++)).toBe(thing);
  }
}

describe('a counted list', () => {
  it('finds what plain arrays find, whatever is inserted, removed, shown and hidden', () => {
    forSeeds(6, (random, seed) => {
      const list = new CountedList<Thing>();
      const all: Thing[] = [];
      const some = (): Thing => all[random.int(all.length)] as Thing;
      // Some lists grow at one end, which leaves full leaves behind.
      const place = (): number =>
        seed % 3 === 0 ? random.int(all.length + 1) : seed % 3 === 1 ? all.length : 0;
      for (let step = 0; step < 3000; step++) {
        const kind = random.int(10);
        if (kind < 6 || all.length === 0) {
          const at = place();
          const thing = new Thing(step, random.chance(0.7));
          if (at < all.length && random.chance(0.5)) list.insertBefore(all[at] as Thing, thing);
          else list.insertAfter(all[at - 1] ?? null, thing);
          all.splice(at, 0, thing);
        } else if (kind < 9) show(some(), random.chance(0.5));
        else {
          const thing = some();
          list.remove(thing);
          all.splice(all.indexOf(thing), 1);
        }
        if (step % 500 === 499) expectSame(list, all);
      }
      while (all.length > 0) list.remove(all.splice(random.int(all.length), 1)[0] as Thing);
      expectSame(list, all);
    });
  });

  it('refuses an index that is none', () => {
    const list = new CountedList<Thing>();
    list.insertAfter(null, new Thing(0, true));
    for (const index of [-1, 1, 0.5, Number.NaN]) expect(() => list.at(index)).toThrow(RangeError);
  });
});
