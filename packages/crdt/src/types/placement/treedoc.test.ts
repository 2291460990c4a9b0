import { describe, expect, it } from 'vitest';
import { checkLaws } from '../../testing/laws.ts';
import { forSeeds, type Random, seededRandom } from '../../testing/random.ts';
import { Replicas, testReplicaId } from '../../testing/replicas.ts';
import type { PlacementMut, Position } from './op.ts';
import { placementType } from './placement.ts';
import type { AllocationSite, OffsetRange } from './scheme.ts';
import { treedoc } from './treedoc.ts';

const type = placementType({ scheme: treedoc });

function act(mut: PlacementMut, random: Random): void {
  const card = random.pick(['a', 'b', 'c', 'd']);
  if (random.chance(0.15)) {
    mut.remove(card);
    return;
  }
  const list = random.pick(['todo', 'done']);
  const length = mut.of(list).filter((other) => other !== card).length;
  mut.place(card, list, random.int(length + 1));
}

/** A site that remembers the nodes that it made. */
class Site implements AllocationSite {
  readonly name: string;
  readonly runs = new Map<number, OffsetRange>();

  constructor(index: number) {
    this.name = testReplicaId(index);
  }

  get counter(): number {
    return this.runs.size;
  }

  offsets(counter: number): OffsetRange | null {
    return this.runs.get(counter) ?? null;
  }

  between(left: Position | null, right: Position | null): Position {
    const made = treedoc.between(left, right, this);
    const { counter, offset } = made.at(-1) ?? { counter: 0, offset: 0 };
    const { min, max } = this.runs.get(counter) ?? { min: offset, max: offset };
    this.runs.set(counter, { min: Math.min(min, offset), max: Math.max(max, offset) });
    return made;
  }
}

/** Infix order as text: a node's own place, `1`, sorts between what goes on to the left, `0`, and to the right, `2`. */
function infix(position: Position): string {
  const path = position.map(
    ({ digit, site, counter }) => `${digit * 2}${site}${`${counter}`.padStart(6, '0')}`,
  );
  return `${path.join('')}1`;
}

function fill(count: number, sites: readonly Site[], choose: (length: number) => number, random: Random) {
  const list: Position[] = [];
  for (let step = 0; step < count; step++) {
    const index = choose(list.length);
    const made = random.pick(sites).between(list[index - 1] ?? null, list[index] ?? null);
    expect(treedoc.flaw(made)).toBeNull();
    list.splice(index, 0, made);
  }
  return list;
}

function expectOrder(list: readonly Position[]): void {
  const keys = list.map(infix);
  expect(new Set(keys).size).toBe(list.length);
  expect([...keys].sort()).toEqual(keys);
  for (const [i, position] of list.entries()) {
    const next = list[i + 1];
    if (next === undefined) continue;
    expect(treedoc.compare(position, next)).toBeLessThan(0);
    expect(treedoc.compare(next, position)).toBeGreaterThan(0);
    expect(treedoc.compare(position, position)).toBe(0);
  }
}

const depth = (list: readonly Position[]): number => Math.max(...list.map(({ length }) => length));

describe('treedoc', () => {
  it('keeps the laws of a placement', () => {
    checkLaws(type, { act, seeds: 150 });
  });

  it('finds a place between any two neighbours, for three sites that insert anywhere', () => {
    forSeeds(60, (random) => {
      const sites = [0, 1, 2].map((i) => new Site(i));
      expectOrder(fill(120, sites, (length) => random.int(length + 1), random));
    });
  });

  it('orders any two positions as a walk of the tree does', () => {
    forSeeds(60, (random) => {
      const sites = [0, 1, 2].map((i) => new Site(i));
      // Each site knows half of the others' list: neighbours that are no neighbours elsewhere.
      const all = fill(40, sites, (length) => random.int(length + 1), random);
      for (const site of sites) {
        const known = all.filter(() => random.chance(0.5)).sort(treedoc.compare);
        for (let i = 0; i < 10; i++) {
          const index = random.int(known.length + 1);
          const made = site.between(known[index - 1] ?? null, known[index] ?? null);
          known.splice(index, 0, made);
          all.push(made);
        }
      }
      for (let i = 0; i < 300; i++) {
        const [a, b] = [random.pick(all), random.pick(all)];
        const [p, q] = [infix(a), infix(b)];
        expect(Math.sign(treedoc.compare(a, b))).toBe(p < q ? -1 : p > q ? 1 : 0);
      }
    });
  });

  it('stays flat for who appends, prepends, or goes on anywhere; the middle of the newest grows', () => {
    const random = seededRandom(1);
    expect(depth(fill(3000, [new Site(0)], (length) => length, random))).toBeLessThanOrEqual(31);
    expect(depth(fill(3000, [new Site(0)], () => 0, random))).toBeLessThanOrEqual(31);
    let at = 0;
    const typed = fill(2000, [new Site(0)], (length) => (length < 3 ? length : 2 + at++), random);
    expectOrder(typed);
    expect(depth(typed)).toBeLessThanOrEqual(40);
    const middle = fill(60, [new Site(0), new Site(1)], (length) => length >> 1, random);
    expectOrder(middle);
    expect(depth(middle)).toBeGreaterThan(15);
  });

  it('keeps what two sites insert into one gap in two passages', () => {
    const [a, b] = [new Site(0), new Site(1)];
    const [left, right] = fill(2, [new Site(2)], (length) => length, seededRandom(1)) as [Position, Position];
    const passages = [a, b].flatMap((site) => {
      let last = left;
      return Array.from({ length: 9 }, () => {
        last = site.between(last, right);
        return last;
      });
    });
    const owners = [...passages]
      .sort(treedoc.compare)
      .map((position) => (position.at(-1)?.site === a.name ? 'a' : 'b'));
    expect(owners.join('')).toMatch(/^(a{9}b{9}|b{9}a{9})$/);
  });

  it('spreads a list over a low tree', () => {
    for (const count of [1, 2, 3, 7, 8, 1000]) {
      const list = treedoc.spread(count, null, null, new Site(0));
      expect(list).toHaveLength(count);
      expectOrder(list);
      expect(depth(list)).toBe(Math.floor(Math.log2(count)) + 1);
      for (const position of list) expect(treedoc.flaw(position)).toBeNull();
    }
  });

  it('gives a list fresh positions before they get too long', () => {
    const all = new Replicas(type, 2);
    const twin: string[] = [];
    for (let i = 0; i < 200; i++) {
      const index = twin.length >> 1;
      all.mut(i % 2).place(`n${i}`, 'list', index);
      all.settle(seededRandom(i));
      twin.splice(index, 0, `n${i}`);
    }
    expect(all.view(1).byParent.list).toEqual(twin);
    for (const { op } of all.log) expect(op.at?.position.length ?? 0).toBeLessThanOrEqual(64);
  });

  it('refuses positions that it cannot have made', () => {
    const site = testReplicaId(0);
    const good = { digit: 1, site, counter: 0, offset: 1 };
    expect(treedoc.flaw([good])).toBeNull();
    expect(treedoc.flaw([])).not.toBeNull();
    expect(treedoc.flaw([{ ...good, digit: 2 }])).not.toBeNull();
    expect(treedoc.flaw([{ ...good, offset: 0 }])).not.toBeNull();
    expect(treedoc.flaw([{ ...good, offset: -1 }, good])).not.toBeNull();
    expect(treedoc.flaw([{ ...good, counter: 2 ** 50 }])).not.toBeNull();
    expect(treedoc.flaw(Array.from({ length: 1025 }, () => good))).not.toBeNull();
    expect(() => treedoc.between([good], [good], new Site(1))).toThrow(RangeError);
  });
});
