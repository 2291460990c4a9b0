import { describe, expect, it } from 'vitest';
import { components } from './components.ts';
import { type LinkInput, type LinkType, linkWeight, schedule, type TaskInput } from './schedule.ts';

const task = (key: string, duration: number, more: Partial<TaskInput> = {}): TaskInput => ({
  key,
  duration,
  notBefore: null,
  deadline: null,
  ...more,
});
const link = (from: string, type: LinkType, to: string, lag = 0): LinkInput => ({
  id: `${from}${type}${to}`,
  from,
  to,
  type,
  lag,
});
const early = (tasks: TaskInput[], links: LinkInput[], key: string): [number, number] => {
  const times = schedule(tasks, links, 0).times.get(key);
  return [times?.start ?? Number.NaN, times?.finish ?? Number.NaN];
};

describe('links, worked by hand', () => {
  const tasks = [task('a', 4), task('b', 3)];
  it.each([
    ['FS', 0, [4, 7]],
    ['FS', 2, [6, 9]],
    ['FS', -1, [3, 6]],
    ['SS', 0, [0, 3]],
    ['SS', 2, [2, 5]],
    ['FF', 0, [1, 4]],
    ['FF', 2, [3, 6]],
    ['SF', 0, [0, 3]],
    ['SF', 5, [2, 5]],
  ] as const)('%s with lag %d puts b on %j', (type, lag, expected) => {
    expect(early(tasks, [link('a', type, 'b', lag)], 'b')).toEqual(expected);
  });

  it('a milestone takes no time and passes it on', () => {
    const chain = [task('a', 4), task('m', 0), task('b', 1)];
    const links = [link('a', 'FS', 'm'), link('m', 'FS', 'b')];
    expect(early(chain, links, 'm')).toEqual([4, 4]);
    expect(early(chain, links, 'b')).toEqual([4, 5]);
  });

  it('a constraint may hold a task later than its links do, or before the project starts', () => {
    expect(early([task('a', 2), task('b', 2, { notBefore: 9 })], [link('a', 'FS', 'b')], 'b')).toEqual([
      9, 11,
    ]);
    expect(early([task('a', 2, { notBefore: -3 })], [], 'a')).toEqual([-3, -1]);
  });

  it('says what holds a task where it is', () => {
    const tasks = [task('a', 2), task('b', 2, { notBefore: 1 }), task('c', 1, { notBefore: 8 })];
    const { times } = schedule(tasks, [link('a', 'FS', 'b'), link('a', 'FS', 'c')], 0);
    expect(times.get('a')?.heldBy).toEqual({ type: 'project' });
    expect(times.get('b')?.heldBy).toEqual({ type: 'link', id: 'aFSb' });
    expect(times.get('c')?.heldBy).toEqual({ type: 'constraint' });
  });
});

describe('float', () => {
  // a(3) → b(5) → d(2), a → c(1) → d: the textbook diamond. c may slip by 4.
  const tasks = [task('a', 3), task('b', 5), task('c', 1), task('d', 2)];
  const links = [link('a', 'FS', 'b'), link('a', 'FS', 'c'), link('b', 'FS', 'd'), link('c', 'FS', 'd')];

  it('is zero on the critical path and the slack elsewhere', () => {
    const { times, finish } = schedule(tasks, links, 0);
    expect(finish).toBe(10);
    expect(tasks.map(({ key }) => times.get(key)?.float)).toEqual([0, 0, 4, 0]);
    expect(times.get('c')).toMatchObject({ start: 3, finish: 4, lateStart: 7, lateFinish: 8 });
  });

  it('is negative back along the path to a deadline that cannot be met, and nothing moves', () => {
    const late = tasks.map((each) => (each.key === 'd' ? { ...each, deadline: 8 } : each));
    const { times, finish } = schedule(late, links, 0);
    expect(finish).toBe(10);
    expect(tasks.map(({ key }) => times.get(key)?.float)).toEqual([-2, -2, 2, -2]);
  });
});

describe('links that meet in a ring of tasks but not of events', () => {
  // b starts with a and ends before a does: fine while b is shorter.
  it('hold together if the durations allow', () => {
    const { times, unmet } = schedule(
      [task('a', 5), task('b', 3)],
      [link('a', 'SS', 'b', 1), link('b', 'FF', 'a')],
      0,
    );
    expect([...unmet]).toEqual([]);
    expect(times.get('b')).toMatchObject({ start: 1, finish: 4 });
    expect(times.get('a')).toMatchObject({ start: 0, finish: 5 });
  });

  it('leave out the later link if the durations do not', () => {
    const tasks = [task('a', 2), task('b', 3)];
    const { times, unmet } = schedule(tasks, [link('a', 'SS', 'b'), link('b', 'FF', 'a')], 0);
    expect([...unmet]).toEqual(['bFFa']);
    expect(times.get('a')).toMatchObject({ start: 0, finish: 2 });
  });
});

it('ignores links to nowhere and to itself', () => {
  const { times } = schedule(
    [task('a', 1)],
    [link('a', 'FS', 'a'), link('x', 'FS', 'a'), link('a', 'FS', 'y')],
    7,
  );
  expect(times.get('a')).toMatchObject({ start: 7, finish: 8 });
});

it('an empty plan ends when it starts', () => {
  expect(schedule([], [], 12)).toMatchObject({ finish: 12 });
});

it('a chain of 10,000 tasks neither overflows the stack nor takes long', () => {
  const tasks = Array.from({ length: 10_000 }, (_, i) => task(`t${i}`, 1));
  const links = tasks.slice(1).map((each, i) => link(`t${i}`, 'FS', each.key));
  expect(schedule(tasks, links.reverse(), 0).finish).toBe(10_000);
});

it('components come in topological order', () => {
  const edges = [
    { from: 3, to: 1 },
    { from: 1, to: 2 },
    { from: 2, to: 1 },
    { from: 2, to: 0 },
  ];
  expect(components(4, edges).map((group) => group.toSorted())).toEqual([[3], [1, 2], [0]]);
});

/** The obvious way: try every link in turn, and repeat all constraints until nothing moves. */
function naive(tasks: readonly TaskInput[], links: readonly LinkInput[], projectStart: number) {
  const duration = new Map(tasks.map((each) => [each.key, each.duration]));
  const weight = (l: LinkInput): number =>
    linkWeight(l.type, l.lag, duration.get(l.from) ?? 0, duration.get(l.to) ?? 0);
  const relax = (kept: readonly LinkInput[], start: Map<string, number>): boolean => {
    for (let round = 0; round <= tasks.length; round++) {
      let changed = false;
      for (const each of kept) {
        const at = (start.get(each.from) ?? 0) + weight(each);
        if (at > (start.get(each.to) ?? 0)) {
          start.set(each.to, at);
          changed = true;
        }
      }
      if (!changed) return true;
    }
    return false;
  };
  const kept: LinkInput[] = [];
  for (const each of links) {
    if (each.from === each.to) continue;
    if (relax([...kept, each], new Map(tasks.map(({ key }) => [key, 0])))) kept.push(each);
  }
  const start = new Map(tasks.map((each) => [each.key, each.notBefore ?? projectStart]));
  relax(kept, start);
  const finish = Math.max(...tasks.map((each) => (start.get(each.key) ?? 0) + each.duration));
  // The late pass is the early pass seen in a mirror: time and arrows reversed, starts for finishes.
  const mirrored = new Map(tasks.map((each) => [each.key, -Math.min(finish, each.deadline ?? finish)]));
  const back: Record<LinkType, LinkType> = { FS: 'FS', SS: 'FF', FF: 'SS', SF: 'SF' };
  relax(
    kept.map((l) => ({ ...l, from: l.to, to: l.from, type: back[l.type] })),
    mirrored,
  );
  return { start, finish, lateFinish: new Map([...mirrored].map(([key, value]) => [key, 0 - value])), kept };
}

/** Mulberry32: a small seeded generator. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

it('equals the naive twin on 1,500 random plans, rings of tasks included', () => {
  for (let seed = 1; seed <= 1500; seed++) {
    const random = seeded(seed);
    const upTo = (n: number): number => Math.floor(random() * n);
    const maybe = (value: number): number | null => (random() < 0.25 ? value : null);
    const tasks = Array.from({ length: 1 + upTo(9) }, (_, i) =>
      task(`t${i}`, upTo(6), { notBefore: maybe(upTo(20) - 4), deadline: maybe(upTo(25)) }),
    );
    const types: readonly LinkType[] = ['FS', 'SS', 'FF', 'SF'];
    const rings = random() < 0.4;
    const links = Array.from({ length: upTo(16) }, (_, i): LinkInput => {
      const [a, b] = [upTo(tasks.length), upTo(tasks.length)];
      const [from, to] = rings ? [a, b] : [Math.min(a, b), Math.max(a, b)];
      return { id: `l${i}`, from: `t${from}`, to: `t${to}`, type: types[upTo(4)] ?? 'FS', lag: upTo(7) - 3 };
    });
    const twin = naive(tasks, links, 3);
    const result = schedule(tasks, links, 3);
    const seen = tasks.map(({ key }) => [
      key,
      result.times.get(key)?.start,
      result.times.get(key)?.lateFinish,
    ]);
    const expected = tasks.map(({ key }) => [key, twin.start.get(key), twin.lateFinish.get(key)]);
    expect(seen, `seed ${seed}`).toEqual(expected);
    expect(result.finish, `seed ${seed}`).toBe(twin.finish);
    const keptIds = new Set(twin.kept.map((each) => each.id));
    const left = links
      .filter((each) => each.from !== each.to && !keptIds.has(each.id))
      .map((each) => each.id);
    expect([...result.unmet], `seed ${seed}`).toEqual(left);
  }
});
