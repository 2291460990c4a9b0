import { describe, expect, it } from 'vitest';
import { DecodeError, Reader, Writer } from '../../bytes/index.ts';
import { InvalidOp } from '../../core/crdt-type.ts';
import { compareStamps, formatId, type Stamp } from '../../core/ids.ts';
import { checkLaws } from '../../testing/laws.ts';
import { forSeeds, type Random, seededRandom } from '../../testing/random.ts';
import {
  canonicalText,
  causalOrders,
  Replicas,
  replay,
  type TestOp,
  testReplicaId,
} from '../../testing/replicas.ts';
import { dagType } from './dag.ts';
import type { DagMut, DagOp, EdgeStatus, LinkType } from './op.ts';

const type = dagType();
const tasks = ['a', 'b', 'c', 'd'];
const links: readonly LinkType[] = ['FS', 'FS', 'SS', 'FF', 'SF'];

function act(mut: DagMut, random: Random): void {
  const edges = mut.edges();
  const roll = random.next();
  if (roll < 0.5 || edges.length === 0) {
    const [from, to] = random.shuffle(tasks) as [string, string];
    mut.add(from, to, random.pick(links), random.chance(0.3) ? { lag: random.int(3) } : {});
  } else if (roll < 0.75) mut.remove(random.pick(edges).id);
  else if (roll < 0.85) mut.setAttr(random.pick(edges).id, 'lag', random.pick([null, 1, 2]));
  else if (roll < 0.93) mut.removeNode(random.pick(tasks));
  else mut.restoreNode(random.pick(tasks));
}

/** The obviously right twin: who is alive by the definition, then greedy with a depth-first search of its own. */
function twin(ops: readonly TestOp<DagOp>[]): Map<string, EdgeStatus> {
  interface Known {
    readonly id: string;
    readonly stamp: Stamp;
    readonly op: Extract<DagOp, { type: 'add' }>;
  }
  const edges: Known[] = [];
  const retracted = new Set(ops.flatMap(({ op }) => (op.type === 'retract' ? [formatId(op.target)] : [])));
  const gone = new Set<string>();
  const flags = new Map<string, { stamp: Stamp; removed: boolean }>();
  for (const { op, stamp } of ops) {
    const id = formatId(stamp.id);
    if (op.type === 'node') {
      const held = flags.get(op.node);
      if (!held || compareStamps(held.stamp, stamp) < 0) flags.set(op.node, { stamp, removed: op.removed });
    } else if (op.type === 'add') edges.push({ id, stamp, op });
    else if (op.type === 'remove' && !retracted.has(id)) gone.add(formatId(op.edge));
  }
  const statuses = new Map<string, EdgeStatus>();
  const arrows: [string, string][] = tasks.map((task) => [`start ${task}`, `finish ${task}`]);
  const reaches = (from: string, to: string, seen = new Set<string>()): boolean => {
    if (from === to) return true;
    if (seen.has(from)) return false;
    seen.add(from);
    return arrows.some(([tail, head]) => tail === from && reaches(head, to, seen));
  };
  for (const { id, op } of edges.sort((a, b) => compareStamps(a.stamp, b.stamp))) {
    if (gone.has(id)) continue;
    const tail = `${op.link[0] === 'F' ? 'finish' : 'start'} ${op.from}`;
    const head = `${op.link[1] === 'F' ? 'finish' : 'start'} ${op.to}`;
    if (flags.get(op.from)?.removed || flags.get(op.to)?.removed) statuses.set(id, 'dormant');
    else if (reaches(head, tail)) statuses.set(id, 'suspended');
    else {
      statuses.set(id, 'active');
      arrows.push([tail, head]);
    }
  }
  return statuses;
}

const statusesOf = (edges: readonly { id: string; status: EdgeStatus }[]): Map<string, EdgeStatus> =>
  new Map(edges.map(({ id, status }) => [id, status]));

function three() {
  return new Replicas(type, 3);
}

function settled(all: ReturnType<typeof three>): readonly string[] {
  all.settle(seededRandom(1));
  all.expectConverged();
  return all.view(0).edges.map(({ from, to, status }) => `${from}→${to} ${status}`);
}

describe('dag', () => {
  it('keeps the laws', () => {
    checkLaws(type, { act, seeds: 150 });
  });

  it('equals its naive twin after every op, and its patches replay to the same statuses', () => {
    forSeeds(80, (random) => {
      const all = three();
      const seen: TestOp<DagOp>[][] = [[], [], []];
      const mirrors = [0, 1, 2].map(() => new Map<string, EdgeStatus>());
      all.onApply = (replica, op, patches) => {
        seen[replica]?.push(op);
        const expected = twin(seen[replica] ?? []);
        const edges = all.view(replica).edges;
        expect(statusesOf(edges)).toEqual(expected);
        expect(edges.map(({ id }) => id)).toEqual([...expected.keys()]);
        for (const { edge, before, after } of patches) {
          expect(mirrors[replica]?.get(edge) ?? null).toBe(before);
          if (after === null) mirrors[replica]?.delete(edge);
          else mirrors[replica]?.set(edge, after);
        }
        expect(mirrors[replica]).toEqual(expected);
      };
      const undos: (readonly DagOp[])[][] = [[], [], []];
      for (let step = 0; step < 60; step++) {
        const author = random.int(3);
        const undo = random.chance(0.1) ? undos[author]?.pop() : undefined;
        if (undo) all.emitAll(author, undo);
        else if (random.chance(0.5)) undos[author]?.push(all.transact(author, (mut) => act(mut, random)));
        else all.deliverOne(random);
      }
      all.settle(random);
      all.expectConverged();
    });
  });

  it('gives one result for every causal order of small histories', () => {
    let orders = 0;
    forSeeds(40, (random) => {
      const all = three();
      const first = all.mut(0).add('a', 'b', 'FS');
      all.settle(random);
      for (let step = 0; step < 6; step++) {
        const author = random.int(3);
        if (random.chance(0.2)) all.mut(author).remove(first);
        else {
          const [from, to] = random.shuffle(['a', 'b', 'c']) as [string, string];
          all.mut(author).add(from, to, random.pick(links));
        }
      }
      const expected = twin(all.log);
      const bytes = new Set<string>();
      for (const order of causalOrders(all.log)) {
        orders++;
        const state = replay(type, order);
        expect(statusesOf(type.view(state).edges)).toEqual(expected);
        bytes.add(canonicalText(type, state));
      }
      expect(bytes.size).toBe(1);
    });
    expect(orders).toBeGreaterThan(1000);
  });

  it('suspends the later of A→B and B→A, drawn at the same time', () => {
    const all = three();
    all.mut(1).add('b', 'a', 'FS');
    all.mut(0).add('a', 'b', 'FS');
    expect(settled(all)).toEqual(['a→b active', 'b→a suspended']);
  });

  it('suspends the last edge of a ring that three users close together', () => {
    const all = three();
    all.mut(2).add('c', 'a', 'FS');
    all.mut(0).add('a', 'b', 'FS');
    all.mut(1).add('b', 'c', 'FS');
    expect(settled(all)).toEqual(['a→b active', 'b→c active', 'c→a suspended']);
  });

  it('revives a suspended edge when the cycle breaks, and suspends it again when the edge returns', () => {
    const all = three();
    const first = all.mut(0).add('a', 'b', 'FS');
    all.mut(1).add('b', 'a', 'FS');
    settled(all);
    const undo = all.transact(2, (mut) => mut.remove(first));
    expect(settled(all)).toEqual(['b→a active']);
    all.emitAll(2, undo);
    expect(settled(all)).toEqual(['a→b active', 'b→a suspended']);
  });

  it('lets an edge that comes late evict a later one', () => {
    const all = three();
    all.mut(0).add('a', 'b', 'FS');
    const [early] = all.log;
    all.mut(1).add('c', 'a', 'FS');
    all.mut(1).add('b', 'a', 'FS');
    expect(all.view(1).edges.map(({ status }) => status)).toEqual(['active', 'active']);
    const patches: unknown[] = [];
    all.onApply = (_replica, _op, given) => patches.push(...given);
    if (early) all.deliver(1, early);
    expect(patches).toEqual([
      { edge: `0@${testReplicaId(0)}`, before: null, after: 'active' },
      { edge: `1@${testReplicaId(1)}`, before: 'active', after: 'suspended' },
    ]);
  });

  it('keeps an edge removed that two users removed and one of them takes back', () => {
    const all = three();
    const edge = all.mut(0).add('a', 'b', 'FS');
    settled(all);
    const undo = [1, 2].map((user) => all.transact(user, (mut) => mut.remove(edge)));
    all.emitAll(1, undo[0] ?? []);
    expect(settled(all)).toEqual([]);
    all.emitAll(2, undo[1] ?? []);
    expect(settled(all)).toEqual(['a→b active']);
  });

  it('makes the edges of a removed node dormant, frees what they blocked, and restores them', () => {
    const all = three();
    all.mut(0).add('a', 'b', 'FS');
    all.mut(0).add('b', 'c', 'FS');
    all.mut(0).add('c', 'a', 'FS');
    all.mut(0).removeNode('b');
    expect(settled(all)).toEqual(['a→b dormant', 'b→c dormant', 'c→a active']);
    expect(all.view(0).removedNodes).toEqual(['b']);
    all.mut(1).restoreNode('b');
    expect(settled(all)).toEqual(['a→b active', 'b→c active', 'c→a suspended']);
    expect(all.view(0).removedNodes).toEqual([]);
  });

  it('knows which links exclude each other and which do not', () => {
    const all = three();
    all.mut(0).add('a', 'b', 'SS');
    all.mut(0).add('b', 'a', 'FF');
    expect(settled(all)).toEqual(['a→b active', 'b→a active']);
    const mut = all.mut(0);
    expect(mut.wouldCycle('b', 'a', 'SS')).toBe(true);
    expect(mut.wouldCycle('b', 'a', 'FS')).toBe(true);
    expect(mut.wouldCycle('b', 'a', 'FF')).toBe(false);
    expect(mut.wouldCycle('a', 'a', 'FS')).toBe(true);
    expect(mut.wouldCycle('a', 'c', 'FS')).toBe(false);
  });

  it('keeps one value per attribute, the later one', () => {
    const all = three();
    const edge = all.mut(0).add('a', 'b', 'FS', { lag: 1, note: 'x' });
    settled(all);
    all.mut(1).setAttr(edge, 'lag', 2);
    all.mut(2).setAttr(edge, 'lag', 3);
    all.mut(1).setAttr(edge, 'note', null);
    settled(all);
    expect(all.view(0).edges[0]?.attrs).toEqual({ lag: 3 });
  });

  it('keeps the identity of edges that did not change', () => {
    const all = three();
    const mut = all.mut(0);
    mut.add('a', 'b', 'FS');
    const second = mut.add('b', 'c', 'FS');
    const before = all.view(0);
    mut.setAttr(second, 'lag', 1);
    const after = all.view(0);
    expect(after.edges[0]).toBe(before.edges[0]);
    expect(after.edges[1]).not.toBe(before.edges[1]);
    mut.removeNode('nowhere');
    expect(all.view(0)).not.toBe(after);
    expect(all.view(0).edges[1]).toBe(after.edges[1]);
  });

  it('writes nothing where nothing changes, and refuses what makes no sense', () => {
    const all = three();
    const mut = all.mut(0);
    const edge = mut.add('a', 'b', 'FS');
    mut.remove(edge);
    const length = all.log.length;
    mut.remove(edge);
    mut.restoreNode('a');
    mut.setAttr(edge, 'lag', null);
    expect(all.log).toHaveLength(length);
    expect(() => mut.add('a', 'a', 'SS')).toThrow(RangeError);
    expect(() => mut.remove(formatId({ replica: testReplicaId(2), seq: 9 }))).toThrow(RangeError);
  });

  it('refuses ops on edges that never were, and leaves the state alone', () => {
    const all = three();
    const edge = { replica: testReplicaId(2), seq: 9 };
    all.mut(0).add('a', 'b', 'FS');
    const before = all.canonical(0);
    const there = { replica: testReplicaId(0), seq: 0 };
    const stamp: Stamp = { id: { replica: testReplicaId(1), seq: 0 }, lamport: 5 };
    const ops: DagOp[] = [
      { type: 'remove', edge },
      { type: 'retract', target: edge },
      { type: 'retract', target: there },
      { type: 'attr', edge, key: 'lag', value: 1 },
      { type: 'add', from: 'a', to: 'a', link: 'FS' },
    ];
    for (const op of ops) expect(() => type.apply(all.state(0), op, stamp)).toThrow(InvalidOp);
    expect(all.canonical(0)).toBe(before);
  });

  it('refuses bytes that no dag writes', () => {
    const decode = (write: (w: Writer) => void) => () => {
      const w = new Writer();
      write(w);
      return type.decode(new Reader(w.finish()));
    };
    expect(decode((w) => w.u8(9))).toThrow(DecodeError);
    expect(decode((w) => w.u8(5))).toThrow(DecodeError);
    expect(
      decode((w) => {
        w.u8(0);
        w.string('a');
        w.string('a');
      }),
    ).toThrow(DecodeError);
  });

  it('revives edges that close long cycles too, each when its own cycle breaks', () => {
    const all = three();
    const mut = all.mut(0);
    const chain = Array.from({ length: 200 }, (_, i) => mut.add(`t${i}`, `t${i + 1}`, 'FS'));
    const long = mut.add('t200', 't0', 'FS');
    const longer = mut.add('t150', 't20', 'FS');
    const status = (id: string) => all.view(0).edges.find((edge) => edge.id === id)?.status;
    expect([status(long), status(longer)]).toEqual(['suspended', 'suspended']);
    const undo = all.transact(0, () => mut.remove(chain[180] ?? long));
    expect([status(long), status(longer)]).toEqual(['active', 'suspended']);
    mut.remove(chain[100] ?? long);
    expect([status(long), status(longer)]).toEqual(['active', 'active']);
    all.emitAll(0, undo);
    expect([status(long), status(longer)]).toEqual(['active', 'active']);
  });

  it('draws and redraws a chain of 3,000 tasks in a moment', () => {
    const all = new Replicas(type, 1);
    const mut = all.mut(0);
    for (let i = 2999; i > 0; i--) mut.add(`${i - 1}`, `${i}`, 'FS');
    expect(mut.wouldCycle('2999', '0', 'FS')).toBe(true);
    expect(mut.edges().every(({ status }) => status === 'active')).toBe(true);
  });
});
