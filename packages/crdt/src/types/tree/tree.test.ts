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
import { ROOT, TRASH, type TreeMut, type TreeOp, type TreePatch, type TreeView } from './op.ts';
import { treeType } from './tree.ts';

const type = treeType();
const names = ['a', 'b', 'c', 'd', 'e'];

function act(mut: TreeMut, random: Random): void {
  const node = random.pick(names);
  if (random.chance(0.15)) mut.remove(node);
  else {
    const parent = random.pick([ROOT, ...names]);
    const siblings = mut.children(parent).filter((child) => child !== node);
    mut.move(node, parent, random.int(siblings.length + 1));
  }
}

interface Twin {
  readonly parent: Record<string, string>;
  readonly children: Record<string, string[]>;
  readonly skipped: ReadonlySet<string>;
  /** For each node the id of the move that put it where it is. */
  readonly winners: ReadonlyMap<string, string>;
}

/** The obviously right twin: all moves in ≺ on a map; siblings by walking the insertion tree of all their slots. */
function twin(ops: readonly TestOp<TreeOp>[]): Twin {
  const sorted = [...ops].sort((a, b) => compareStamps(a.stamp, b.stamp));
  const winners = new Map<string, TestOp<TreeOp>>();
  const skipped = new Set<string>();
  for (const move of sorted) {
    const { node, parent } = move.op;
    let above: string | undefined = parent;
    while (above !== undefined && above !== node) above = winners.get(above)?.op.parent;
    if (above === node || !(parent === ROOT || parent === TRASH || winners.has(parent))) {
      skipped.add(formatId(move.stamp.id));
    } else winners.set(node, move);
  }
  const children: Record<string, string[]> = { [ROOT]: [], [TRASH]: [] };
  const parents: Record<string, string> = {};
  for (const [node, { op }] of winners) parents[node] = op.parent;
  for (const list of new Set([ROOT, TRASH, ...Object.values(parents)])) {
    const slots = sorted.filter(({ op }) => op.parent === list);
    const below = (id: string | null, side: 'L' | 'R'): TestOp<TreeOp>[] =>
      slots.filter(({ op: { slot } }) => slot.side === side && (slot.parent && formatId(slot.parent)) === id);
    const walk = (slot: TestOp<TreeOp>): TestOp<TreeOp>[] => {
      const id = formatId(slot.stamp.id);
      return [...below(id, 'L').flatMap(walk), slot, ...below(id, 'R').reverse().flatMap(walk)];
    };
    children[list] = below(null, 'R')
      .reverse()
      .flatMap(walk)
      .flatMap((slot) => (winners.get(slot.op.node) === slot ? [slot.op.node] : []));
  }
  const held = [...winners].map(([node, { stamp }]) => [node, formatId(stamp.id)] as const);
  return { parent: parents, children, skipped, winners: new Map(held) };
}

/** The nodes that hang below the root, nested: what a reader of the document sees. */
function outline(view: TreeView, parent = ROOT): string {
  return (view.children[parent] ?? []).map((node) => `${node}(${outline(view, node)})`).join(' ');
}

/** a with b and c in it, and d beside it: `a(b() c()) d()`. */
function garden() {
  const all = new Replicas(type, 3);
  const mut = all.mut(0);
  mut.move('a', ROOT, 0);
  mut.move('b', 'a', 0);
  mut.move('c', 'a', 1);
  mut.move('d', ROOT, 1);
  all.settle(seededRandom(1));
  return all;
}

function settled(all: ReturnType<typeof garden>): string {
  all.settle(seededRandom(1));
  all.expectConverged();
  return outline(all.view(0));
}

describe('tree', () => {
  it('keeps the laws', () => {
    checkLaws(type, { act, look: (view) => outline(view), seeds: 200 });
  });

  it('equals its naive twin after every op, and its patches replay to the same parents', () => {
    forSeeds(120, (random) => {
      const all = new Replicas(type, 3);
      const seen: TestOp<TreeOp>[][] = [[], [], []];
      const parents: Record<string, string>[] = [{}, {}, {}];
      const undos: (readonly TreeOp[])[][] = [[], [], []];
      all.onApply = (replica, op, patches) => {
        const before = twin(seen[replica] ?? []);
        seen[replica]?.push(op);
        const expected = twin(seen[replica] ?? []);
        const { parent, children } = all.view(replica);
        expect({ parent, children }).toEqual({ parent: expected.parent, children: expected.children });
        const mirror = parents[replica] ?? {};
        for (const patch of patches) {
          if (patch.type !== 'moved') continue;
          expect(mirror[patch.node] ?? null).toBe(patch.from);
          mirror[patch.node] = patch.to;
        }
        expect(mirror).toEqual(parent);
        const moved = patches.flatMap((patch) => (patch.type === 'moved' ? [patch.node] : []));
        const changed = [...expected.winners].filter(([node, id]) => before.winners.get(node) !== id);
        expect(moved.sort()).toEqual(changed.map(([node]) => node).sort());
        const told = patches.flatMap((patch) => (patch.type === 'skipped' ? [patch.op] : []));
        expect(new Set(told)).toEqual(new Set([...expected.skipped].filter((id) => !before.skipped.has(id))));
      };
      for (let step = 0; step < 50; step++) {
        const author = random.int(3);
        const undo = random.chance(0.1) ? undos[author]?.pop() : undefined;
        if (undo) all.emitAll(author, undo);
        else if (random.chance(0.5)) all.deliverOne(random);
        else {
          try {
            undos[author]?.push(all.transact(author, (mut) => act(mut, random)));
          } catch (error) {
            if (!(error instanceof RangeError)) throw error;
          }
        }
      }
      all.settle(random);
      all.expectConverged();
    });
  });

  it('equals its naive twin after long histories of many replicas that hear little of each other', () => {
    let skips = 0;
    forSeeds(150, (random) => {
      const all = new Replicas(type, 4);
      const nodes = Array.from({ length: 3 + random.int(8) }, (_, i) => `${i}`);
      for (let step = 0; step < 100; step++) {
        const mut = all.mut(random.int(4));
        const [node, parent] = [random.pick(nodes), random.pick([ROOT, ...nodes])];
        if (random.chance(0.25)) all.deliverOne(random);
        else if (!mut.isUnder(parent, node) && mut.isUnder(parent, ROOT)) mut.move(node, parent, 0);
      }
      all.settle(random);
      all.expectConverged();
      const expected = twin(all.log);
      skips += expected.skipped.size;
      const { parent, children } = all.view(0);
      expect({ parent, children }).toEqual({ parent: expected.parent, children: expected.children });
    });
    expect(skips).toBeGreaterThan(100);
  });

  it('gives one result for every causal order of small histories', () => {
    let orders = 0;
    let skips = 0;
    forSeeds(60, (random) => {
      const all = new Replicas(type, 3);
      for (const [i, node] of ['a', 'b', 'c'].entries()) all.mut(0).move(node, ROOT, i);
      all.settle(random);
      for (let step = 0; step < 5; step++) {
        try {
          act(all.mut(random.int(3)), { ...random, pick: (items) => random.pick(items.slice(0, 4)) });
        } catch (error) {
          if (!(error instanceof RangeError)) throw error;
        }
      }
      const expected = twin(all.log);
      skips += expected.skipped.size;
      const bytes = new Set<string>();
      for (const order of causalOrders(all.log)) {
        orders++;
        const state = replay(type, order);
        const { parent, children } = type.view(state);
        expect({ parent, children }).toEqual({ parent: expected.parent, children: expected.children });
        bytes.add(canonicalText(type, state));
      }
      expect(bytes.size).toBe(1);
    });
    expect(orders).toBeGreaterThan(500);
    expect(skips).toBeGreaterThan(0);
  });

  it('puts nodes where it was told', () => {
    const all = garden();
    const mut = all.mut(0);
    expect(outline(all.view(0))).toBe('a(b() c()) d()');
    mut.move('d', 'a', 1);
    expect(outline(all.view(0))).toBe('a(b() d() c())');
    mut.move('d', 'a', 2);
    expect(outline(all.view(0))).toBe('a(b() c() d())');
    mut.move('d', 'a', 0);
    mut.move('b', ROOT, 0);
    expect(outline(all.view(0))).toBe('b() a(d() c())');
    mut.remove('a');
    expect(outline(all.view(0))).toBe('b()');
    expect(all.view(0).children[TRASH]).toEqual(['a']);
    expect(all.view(0).children.a).toEqual(['d', 'c']);
    expect(mut.isUnder('d', TRASH)).toBe(true);
  });

  it('never shows a node twice: of two concurrent moves the later holds', () => {
    const all = garden();
    all.mut(1).move('d', 'a', 0);
    all.mut(2).move('d', 'b', 0);
    expect(settled(all)).toBe('a(b(d()) c())');
  });

  it('skips the later of A→B and B→A, and tells every replica', () => {
    const all = garden();
    const told: [number, TreePatch][] = [];
    all.onApply = (replica, _op, patches) => {
      for (const patch of patches) if (patch.type === 'skipped') told.push([replica, patch]);
    };
    all.mut(1).move('a', 'd', 0);
    all.mut(2).move('d', 'a', 0);
    expect(settled(all)).toBe('d(a(b() c()))');
    const skipped = {
      type: 'skipped',
      node: 'd',
      parent: 'a',
      op: formatId({ replica: testReplicaId(2), seq: 0 }),
    };
    expect(told.map(([replica]) => replica).sort()).toEqual([0, 1, 2]);
    for (const [, patch] of told) expect(patch).toEqual(skipped);
  });

  it('skips the last move of a ring that three users close together', () => {
    const all = new Replicas(type, 3);
    for (const [i, node] of ['a', 'b', 'c'].entries()) all.mut(0).move(node, ROOT, i);
    all.settle(seededRandom(1));
    all.mut(0).move('a', 'b', 0);
    all.mut(1).move('b', 'c', 0);
    all.mut(2).move('c', 'a', 0);
    expect(settled(all)).toBe('c(b(a()))');
  });

  it('carries a skipped move out when one that came late opens the ring', () => {
    const all = new Replicas(type, 3);
    for (const [i, node] of ['a', 'b', 'c'].entries()) all.mut(0).move(node, ROOT, i);
    all.settle(seededRandom(1));
    all.mut(0).move('a', 'b', 0);
    all.mut(1).move('a', 'c', 0);
    all.mut(2).move('b', 'a', 0);
    const [into, out, back] = all.log.slice(-3);
    if (!into || !out || !back) throw new Error('three moves expected');
    all.deliver(0, back);
    expect(outline(all.view(0))).toBe('b(a()) c()');
    all.deliver(0, out);
    expect(outline(all.view(0))).toBe('c(a(b()))');
    expect(settled(all)).toBe('c(a(b()))');
  });

  it('keeps what is moved out of a subtree that another deletes', () => {
    const all = garden();
    all.mut(1).remove('a');
    all.mut(2).move('c', ROOT, 0);
    expect(settled(all)).toBe('c() d()');
    expect(all.view(0).children.a).toEqual(['b']);
  });

  it('puts what is moved into a deleted subtree in the trash with it', () => {
    const all = garden();
    all.mut(1).remove('a');
    all.mut(2).move('d', 'a', 0);
    expect(settled(all)).toBe('');
    expect(all.view(0).children.a).toEqual(['d', 'b', 'c']);
  });

  it('keeps what two users insert into one gap in two passages', () => {
    forSeeds(30, (random) => {
      const all = garden();
      for (const user of [1, 2]) {
        for (let i = 0; i < 3; i++) all.mut(user).move(`${user}${i}`, 'a', 1 + i);
      }
      all.settle(random);
      all.expectConverged();
      const owners = (all.view(0).children.a ?? [])
        .filter((node) => node.length === 2)
        .map((node) => node[0]);
      expect(owners.join('')).toMatch(/^(111222|222111)$/);
    });
  });

  it('undoes a move back to its old neighbours, also after others moved theirs', () => {
    const all = garden();
    const undo = all.transact(1, (mut) => mut.move('b', 'd', 0));
    all.settle(seededRandom(1));
    all.mut(2).move('x', 'a', 0);
    all.settle(seededRandom(1));
    all.emitAll(1, undo);
    expect(settled(all)).toBe('a(x() b() c()) d()');
  });

  it('keeps the lists of children that did not change', () => {
    const all = garden();
    const before = all.view(0);
    all.mut(0).move('d', ROOT, 0);
    expect(all.view(0).children.a).toBe(before.children.a);
    expect(all.view(0).children[ROOT]).not.toBe(before.children[ROOT]);
  });

  it('writes nothing where nothing moves, and refuses what makes no sense', () => {
    const all = garden();
    const mut = all.mut(0);
    mut.remove('d');
    const { length } = all.log;
    mut.remove('d');
    mut.move('b', 'a', 0);
    expect(() => mut.move('a', 'a', 0)).toThrow(RangeError);
    expect(() => mut.move('a', 'b', 0)).toThrow(RangeError);
    expect(() => mut.move('b', 'nobody', 0)).toThrow(RangeError);
    expect(() => mut.move('b', 'a', 2)).toThrow(RangeError);
    expect(() => mut.move('b', 'a', -1)).toThrow(RangeError);
    expect(() => mut.move(ROOT, 'a', 0)).toThrow(RangeError);
    expect(() => mut.remove('nobody')).toThrow(RangeError);
    expect(all.log).toHaveLength(length);
  });

  it('refuses a move that nobody may write, and leaves the state alone', () => {
    const all = garden();
    const before = all.canonical(0);
    const stamp: Stamp = { id: { replica: testReplicaId(1), seq: 0 }, lamport: 9 };
    const front = { parent: null, side: 'R' } as const;
    const nowhere = { parent: { replica: testReplicaId(2), seq: 7 }, side: 'R' } as const;
    const ops: TreeOp[] = [
      { type: 'move', node: 'a', parent: 'a', slot: front },
      { type: 'move', node: ROOT, parent: 'a', slot: front },
      { type: 'move', node: TRASH, parent: 'a', slot: front },
      { type: 'move', node: 'b', parent: 'a', slot: nowhere },
      { type: 'move', node: 'b', parent: 'new', slot: nowhere },
      { type: 'move', node: 'b', parent: 'a', slot: { parent: null, side: 'L' } },
    ];
    for (const op of ops) expect(() => type.apply(all.state(0), op, stamp)).toThrow(InvalidOp);
    expect(all.canonical(0)).toBe(before);
  });

  it('skips a move below a parent that no earlier move made, whatever the order of arrival', () => {
    const front = { parent: null, side: 'R' } as const;
    const stamped = (author: number, lamport: number, node: string, parent: string): TestOp<TreeOp> => ({
      author,
      op: { type: 'move', node, parent, slot: front },
      stamp: { id: { replica: testReplicaId(author), seq: 0 }, lamport },
      width: 1,
      deps: [0, 0, 0],
    });
    const child = stamped(0, 2, 'child', 'parent');
    const other = stamped(2, 4, 'other', 'child');
    const outcomes = (...ops: TestOp<TreeOp>[]): Set<string> =>
      new Set([...causalOrders(ops)].map((order) => JSON.stringify(type.view(replay(type, order)).parent)));
    expect(outcomes(child)).toEqual(new Set(['{}']));
    expect(outcomes(child, stamped(1, 3, 'parent', ROOT), other)).toEqual(new Set(['{"parent":""}']));
    const outlines = [...causalOrders([child, stamped(1, 1, 'parent', ROOT), other])].map((order) =>
      outline(type.view(replay(type, order))),
    );
    expect(outlines).toHaveLength(6);
    expect(new Set(outlines)).toEqual(new Set(['parent(child(other()))']));
  });

  it('has nothing to undo of a move that is skipped', () => {
    const all = garden();
    const ring: TreeOp = { type: 'move', node: 'a', parent: 'b', slot: { parent: null, side: 'R' } };
    expect(all.emitAll(1, [ring])).toEqual([]);
    expect(outline(all.view(1))).toBe('a(b() c()) d()');
  });

  it('refuses bytes that no tree writes', () => {
    const decode = (flags: number, ...texts: string[]) => {
      const w = new Writer();
      w.u8(flags);
      for (const text of texts) w.string(text);
      return () => type.decode(new Reader(w.finish()));
    };
    expect(decode(1, 'a', 'b')()).toEqual({
      type: 'move',
      node: 'a',
      parent: 'b',
      slot: { parent: null, side: 'R' },
    });
    expect(decode(8, 'a', 'b')).toThrow(DecodeError);
    expect(decode(1, 'a', 'a')).toThrow(DecodeError);
    expect(decode(1, '', 'a')).toThrow(DecodeError);
    expect(decode(1, 'a', TRASH)).toThrow(DecodeError);
    expect(decode(3, 'a', 'b')).toThrow(DecodeError);
    expect(decode(0, 'a', 'b')).toThrow(DecodeError);
  });
});
