import { describe, expect, it } from 'vitest';
import { forSeeds, type Random, seededRandom } from '../../testing/random.ts';
import { testReplicaId } from '../../testing/replicas.ts';
import { lseq } from './lseq.ts';
import type { Position } from './op.ts';
import type { AllocationSite, OffsetRange } from './scheme.ts';

/** A site that remembers its runs, as a placement does. */
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
    const made = lseq.between(left, right, this);
    for (const { site, counter, offset } of made) {
      if (site !== this.name) continue;
      const { min, max } = this.runs.get(counter) ?? { min: offset, max: offset };
      this.runs.set(counter, { min: Math.min(min, offset), max: Math.max(max, offset) });
    }
    return made;
  }
}

function expectBetween(left: Position | null, made: Position, right: Position | null): void {
  if (left !== null) expect(lseq.compare(left, made)).toBeLessThan(0);
  if (right !== null) expect(lseq.compare(made, right)).toBeLessThan(0);
  expect(made.at(-1)?.digit).not.toBe(0);
  expect(lseq.flaw(made)).toBeNull();
}

/** Fills a list by inserting at the places that `choose` names. */
function fill(
  count: number,
  sites: readonly Site[],
  choose: (length: number, step: number) => number,
  random: Random,
) {
  const list: Position[] = [];
  for (let step = 0; step < count; step++) {
    const index = choose(list.length, step);
    const left = list[index - 1] ?? null;
    const right = list[index] ?? null;
    const made = random.pick(sites).between(left, right);
    expectBetween(left, made, right);
    list.splice(index, 0, made);
  }
  return list;
}

const meanDepth = (list: readonly Position[]): number =>
  list.reduce((sum, p) => sum + p.length, 0) / list.length;

describe('LSEQ', () => {
  it('finds a place between any two neighbours, for three sites that insert anywhere', () => {
    forSeeds(60, (random) => {
      fill(
        120,
        [0, 1, 2].map((i) => new Site(i)),
        (length) => random.int(length + 1),
        random,
      );
    });
  });

  it('finds a place at the worst spots: always first, always last, between the two newest', () => {
    const random = seededRandom(7);
    const sites = [0, 1, 2].map((i) => new Site(i));
    fill(300, sites, () => 0, random);
    fill(300, sites, (length) => length, random);
    fill(300, sites, (length) => Math.floor(length / 2), random);
  });

  it('keeps to depth 1 when one site appends 1,000 times', () => {
    const list = fill(1000, [new Site(0)], (length) => length, seededRandom(1));
    expect(meanDepth(list)).toBe(1);
  });

  it('keeps to depth 1 when three sites append 1,000 times in turn', () => {
    const list = fill(
      1000,
      [0, 1, 2].map((i) => new Site(i)),
      (length) => length,
      seededRandom(1),
    );
    expect(meanDepth(list)).toBeLessThan(1.01);
  });

  it('keeps to depth 1 when one site prepends 1,000 times', () => {
    const list = fill(1000, [new Site(0)], () => 0, seededRandom(1));
    expect(meanDepth(list)).toBe(1);
  });

  it('grows slowly when three sites prepend 1,000 times in turn', () => {
    const list = fill(
      1000,
      [0, 1, 2].map((i) => new Site(i)),
      () => 0,
      seededRandom(1),
    );
    expect(meanDepth(list)).toBeLessThan(5);
  });

  it('does not interleave what two sites drop into one gap at the same time', () => {
    forSeeds(100, (random) => {
      const founder = new Site(0);
      const ends = fill(2, [founder], (length) => length, random);
      const [left, right] = [ends[0] ?? null, ends[1] ?? null];
      const passages = [new Site(1), new Site(2)].map((site) => {
        const passage: Position[] = [];
        const backwards = random.chance(0.5);
        for (let i = 0; i < 5; i++) {
          if (backwards) passage.unshift(site.between(left, passage[0] ?? right));
          else passage.push(site.between(passage.at(-1) ?? left, right));
        }
        return passage;
      });
      const merged = passages.flat().sort(lseq.compare);
      const owners = merged.map((position) => position.at(-1)?.site);
      const switches = owners.filter((owner, i) => i > 0 && owner !== owners[i - 1]).length;
      expect(switches).toBe(1);
    });
  });

  it('finds a place between concurrent positions with equal digits', () => {
    const digit = 4;
    const component = (site: number, offset = 0) => ({
      digit,
      site: testReplicaId(site),
      counter: 0,
      offset,
    });
    const a: Position = [component(0)];
    const b: Position = [component(1)];
    const between = new Site(2).between(a, b);
    expectBetween(a, between, b);
    const deeper = new Site(3).between(a, between);
    expectBetween(a, deeper, between);
    // What hangs below b does not bound what hangs below a.
    const below: Position = [component(1), { ...component(1), digit: 1 }];
    const beside = new Site(2).between(a, below);
    expectBetween(a, beside, below);
    expect(beside).toHaveLength(2);
  });

  it('finds a place between neighbours of one run', () => {
    const founder = new Site(0);
    const [a, b] = fill(2, [founder], (length) => length, seededRandom(1)) as [Position, Position];
    expect(a.at(-1)?.counter).toBe(b.at(-1)?.counter);
    expectBetween(a, new Site(1).between(a, b), b);
    expectBetween(a, founder.between(a, b), b);
  });

  it('never gives one position twice, though a place was given up', () => {
    const site = new Site(0);
    const first = site.between(null, null);
    const second = site.between(first, null);
    const third = site.between(first, null);
    expect(lseq.compare(second, third)).not.toBe(0);
  });

  it('refuses neighbours in the wrong order', () => {
    const site = new Site(0);
    const a = site.between(null, null);
    const b = site.between(a, null);
    expect(() => site.between(b, a)).toThrow(RangeError);
    expect(() => site.between(a, a)).toThrow(RangeError);
  });

  it('finds the flaws of positions that it cannot have made', () => {
    const component = { digit: 1, site: testReplicaId(0), counter: 0, offset: 0 };
    expect(lseq.flaw([])).not.toBeNull();
    expect(lseq.flaw([{ ...component, digit: 0 }])).not.toBeNull();
    expect(lseq.flaw([{ ...component, digit: 2 ** 15 }])).not.toBeNull();
    expect(lseq.flaw([component, { ...component, digit: 2 ** 15 }])).toBeNull();
    expect(lseq.flaw(Array.from({ length: 2000 }, () => component))).not.toBeNull();
    expect(lseq.flaw([{ ...component, offset: 2 ** 50 }])).not.toBeNull();
  });
});
