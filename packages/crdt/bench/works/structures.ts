import { type Random, seededRandom } from '../../src/testing/random.ts';
import { type Cell, expectSame, type Figure } from '../lib/cell.ts';
import { cpu, repeat } from '../lib/measure.ts';
import type { ListDoc } from '../lib/peer.ts';
import { readTrace, type Trace } from '../lib/trace.ts';

/* Structures of 10,000 items, each edit a change of its own with its update cut. */

const ITEMS = 10_000;
const MARKS = 2000;

function have<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('not offered');
  return part;
}

function* warmAndCold(work: string, passes: { cold: number; warm: number }): Iterable<Figure> {
  yield { work: `${work}-cold`, unit: 'ms', value: passes.cold };
  yield { work, unit: 'ms', value: passes.warm };
}

/** Counts what was cut, so that nobody saves the work of cutting it. */
function eachUpdate(count: number, edit: (i: number) => Uint8Array): void {
  for (let i = 0; i < count; i++) if (edit(i).length === 0) throw new Error('an update is empty');
}

export function* listInsert({ peer }: Cell): Iterable<Figure> {
  const random = seededRandom(1);
  const places = Array.from({ length: ITEMS }, (_, i) => random.int(i + 1));
  const due: number[] = [];
  places.forEach((place, i) => void due.splice(place, 0, i));
  const passes = repeat(
    () => have(peer.list)(),
    (list) => {
      eachUpdate(ITEMS, (i) => list.insert(places[i] as number, i));
      return list;
    },
    (list) => expectSame(list.values().join(), due.join()),
  );
  yield* warmAndCold('list-insert', passes);
}

/** Moves that go somewhere: `to` counts with the item taken out. */
function someMoves(random: Random): (readonly [from: number, to: number])[] {
  return Array.from({ length: ITEMS }, () => {
    const from = random.int(ITEMS);
    return [from, (from + 1 + random.int(ITEMS - 1)) % ITEMS] as const;
  });
}

export function* listMove({ peer }: Cell): Iterable<Figure> {
  const moves = someMoves(seededRandom(2));
  const due = Array.from({ length: ITEMS }, (_, i) => i);
  for (const [from, to] of moves) due.splice(to, 0, ...due.splice(from, 1));
  const fill = <L extends ListDoc>(list: L): L => {
    for (let i = 0; i < ITEMS; i++) list.insert(i, i);
    return list;
  };
  const passes = repeat(
    () => fill(have(peer.movableList)()),
    (list) => {
      eachUpdate(ITEMS, (i) => list.move(...(moves[i] as [number, number])));
      return list;
    },
    (list) => expectSame(list.values().join(), due.join()),
  );
  yield* warmAndCold('list-move', passes);
}

export function* mapKeys({ peer }: Cell): Iterable<Figure> {
  const passes = repeat(
    () => have(peer.map)(),
    (map) => {
      eachUpdate(ITEMS, (i) => map.set(`key ${i}`, i));
      return map;
    },
    (map) => expectSame(String(map.size()), String(ITEMS), 'the number of keys'),
  );
  yield* warmAndCold('map-keys', passes);
}

/** A random tree, then random moves that close no ring, each below a new parent. */
function treeScript(random: Random) {
  const first = Array.from({ length: ITEMS }, (_, i) => (i < 10 ? null : random.int(i)));
  const parents = [...first];
  const isUnder = (node: number, ancestor: number): boolean => {
    for (let at: number | null = node; at !== null; at = parents[at] ?? null)
      if (at === ancestor) return true;
    return false;
  };
  const moves: [node: number, parent: number | null][] = [];
  while (moves.length < ITEMS) {
    const node = random.int(ITEMS);
    const parent = random.chance(0.05) ? null : random.int(ITEMS);
    if (parents[node] === parent || (parent !== null && isUnder(parent, node))) continue;
    parents[node] = parent;
    moves.push([node, parent]);
  }
  return { first, moves, parents };
}

export function* treeMove({ peer }: Cell): Iterable<Figure> {
  const { first, moves, parents } = treeScript(seededRandom(3));
  const passes = repeat(
    () => {
      const tree = have(peer.tree)();
      for (const parent of first) tree.add(parent);
      return tree;
    },
    (tree) => {
      eachUpdate(ITEMS, (i) => tree.move(...(moves[i] as [number, number | null])));
      return tree;
    },
    (tree) => {
      for (let node = 0; node < ITEMS; node += 97) {
        expectSame(String(tree.parentOf(node)), String(parents[node]), `the parent of ${node}`);
      }
    },
  );
  yield* warmAndCold('tree-move', passes);
}

function proseOf(trace: Trace): string {
  return trace.endContent.repeat(Math.ceil(105_000 / trace.endContent.length)).slice(0, 105_000);
}

/** Marks on words and sentences of a long text; then another replica takes them one by one. */
export function* marks({ peer }: Cell): Iterable<Figure> {
  const content = proseOf(readTrace('synthetic'));
  const random = seededRandom(4);
  const edits = Array.from({ length: MARKS }, () => {
    const start = random.int(content.length - 100);
    const key = random.pick(['bold', 'italic', 'link'] as const);
    return {
      start,
      end: start + 1 + random.int(100),
      key,
      value: key === 'link' ? 'https://example.org' : true,
    };
  });
  const figures: { local: number[]; remote: number[] } = { local: [], remote: [] };
  const pass = (): void => {
    const [author, reader] = have(peer.marked)(content);
    const updates: Uint8Array[] = [];
    globalThis.gc?.();
    figures.local.push(
      cpu(() => {
        for (const { start, end, key, value } of edits) updates.push(author.mark(start, end, key, value));
      }),
    );
    figures.remote.push(
      cpu(() => {
        for (const update of updates) reader.apply(update);
      }),
    );
    expectSame(JSON.stringify(reader.shown()), JSON.stringify(author.shown()), 'the reader');
  };
  pass();
  for (const kind of ['local', 'remote'] as const) {
    yield { work: `marks-${kind}-cold`, unit: 'ms', value: figures[kind][0] as number };
  }
  const slow = (figures.local[0] as number) + (figures.remote[0] as number) > 8000;
  for (let i = 0; i < (slow ? 0 : 9); i++) pass();
  for (const kind of ['local', 'remote'] as const) {
    const sorted = figures[kind].slice(slow ? 0 : 4).sort((a, b) => a - b);
    yield { work: `marks-${kind}`, unit: 'ms', value: sorted[sorted.length >> 1] as number };
  }
}

/** Sparse dependencies: as many edges as nodes, in random directions, so that some close a cycle and wait. */
export function* dagEdges({ peer }: Cell): Iterable<Figure> {
  const random = seededRandom(5);
  const edges = Array.from({ length: ITEMS }, () => {
    const from = random.int(ITEMS);
    return [`task ${from}`, `task ${(from + 1 + random.int(ITEMS - 1)) % ITEMS}`] as const;
  });
  const passes = repeat(
    () => have(peer.graph)(),
    (graph) => {
      eachUpdate(ITEMS, (i) => graph.add(...(edges[i] as readonly [string, string])));
      return graph;
    },
    (graph) => {
      const active = graph.active();
      expectAcyclic(active);
      // Only what would close a cycle may wait; how many do is a property of the random edges.
      if (active.length < ITEMS * 0.8) throw new Error(`only ${active.length} edges are in effect`);
    },
  );
  yield* warmAndCold('dag-edges', passes);
}

function expectAcyclic(edges: readonly (readonly [string, string])[]): void {
  const next = Map.groupBy(edges, ([from]) => from);
  const into = new Map<string, number>();
  for (const [, to] of edges) into.set(to, (into.get(to) ?? 0) + 1);
  const ready = [...next.keys()].filter((node) => !into.has(node));
  let seen = 0;
  for (let node = ready.pop(); node !== undefined; node = ready.pop()) {
    for (const [, to] of next.get(node) ?? []) {
      seen++;
      const left = (into.get(to) as number) - 1;
      into.set(to, left);
      if (left === 0) ready.push(to);
    }
  }
  if (seen !== edges.length) throw new Error('the graph has a cycle');
}
