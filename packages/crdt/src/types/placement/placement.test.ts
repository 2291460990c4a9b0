import { describe, expect, it } from 'vitest';
import { DecodeError, Reader, Writer } from '../../bytes/index.ts';
import { compareStamps, type Stamp } from '../../core/ids.ts';
import { checkLaws } from '../../testing/laws.ts';
import { forSeeds, type Random, seededRandom } from '../../testing/random.ts';
import {
  causalOrders,
  encodeOp,
  Replicas,
  replay,
  type TestOp,
  testReplicaId,
} from '../../testing/replicas.ts';
import { lseq } from './lseq.ts';
import type { PlacementMut, PlacementOp, PlacementView } from './op.ts';
import { placementType } from './placement.ts';

const type = placementType();
const cards = ['a', 'b', 'c', 'd'];
const lists = ['todo', 'done'];

function act(mut: PlacementMut, random: Random): void {
  const card = random.pick(cards);
  if (random.chance(0.15)) mut.remove(card);
  else {
    const list = random.pick(lists);
    const length = mut.of(list).filter((other) => other !== card).length;
    mut.place(card, list, random.int(length + 1));
  }
}

/** The obviously right twin: the greatest write of each entity, sorted. */
function twin(ops: readonly TestOp<PlacementOp>[]): PlacementView {
  const winners = new Map<string, { stamp: Stamp; at: PlacementOp['at'] }>();
  for (const { op, stamp } of ops) {
    const held = winners.get(op.entity);
    if (held === undefined || compareStamps(held.stamp, stamp) < 0)
      winners.set(op.entity, { stamp, at: op.at });
  }
  const placed = [...winners].flatMap(([entity, { at }]) => (at === null ? [] : [{ entity, ...at }]));
  placed.sort((a, b) => lseq.compare(a.position, b.position) || (a.entity < b.entity ? -1 : 1));
  const byParent: Record<string, string[]> = {};
  const parentOf: Record<string, string> = {};
  for (const { entity, parent } of placed) {
    byParent[parent] ??= [];
    byParent[parent].push(entity);
    parentOf[entity] = parent;
  }
  return { byParent, parentOf };
}

function board() {
  const all = new Replicas(type, 3);
  for (const [i, card] of cards.entries()) all.mut(0).place(card, 'todo', i);
  all.settle(seededRandom(1));
  return all;
}

describe('placement', () => {
  it('keeps the laws', () => {
    checkLaws(type, { act, seeds: 150 });
  });

  it('equals its naive twin after every op, and its patches replay to the same lists', () => {
    forSeeds(80, (random) => {
      const all = new Replicas(type, 3);
      const seen: TestOp<PlacementOp>[][] = [[], [], []];
      const replayed: Record<string, string[]>[] = [{}, {}, {}];
      all.onApply = (replica, op, patches) => {
        seen[replica]?.push(op);
        const expected = twin(seen[replica] ?? []);
        expect(all.view(replica)).toEqual(expected);
        const mirror = replayed[replica] ?? {};
        for (const { entity, from, to } of patches) {
          if (from) expect(mirror[from.parent]?.splice(from.index, 1)).toEqual([entity]);
          if (to) {
            mirror[to.parent] ??= [];
            mirror[to.parent]?.splice(to.index, 0, entity);
          }
        }
        const shown = Object.fromEntries(Object.entries(mirror).filter(([, list]) => list.length > 0));
        expect(shown).toEqual(expected.byParent);
      };
      for (let step = 0; step < 60; step++) {
        if (random.chance(0.5)) act(all.mut(random.int(3)), random);
        else all.deliverOne(random);
      }
      all.settle(random);
    });
  });

  it('tells at which index an op would put its entity now', () => {
    forSeeds(30, (random) => {
      const all = board();
      for (let i = 0; i < 25; i++) act(all.mut(random.int(3)), random);
      all.settle(random);
      for (const made of all.log) {
        const { entity, at } = made.op;
        if (at === null) continue;
        const anew = { ...made, stamp: { ...made.stamp, lamport: 1e6 } };
        const there = twin([...all.log, anew]).byParent[at.parent];
        expect(all.mut(0).indexAt(entity, at)).toBe(there?.indexOf(entity));
      }
    });
  });

  it('gives one result for every causal order of concurrent moves', () => {
    forSeeds(20, (random) => {
      const all = board();
      for (let i = 0; i < 3; i++) act(all.mut(i), random);
      act(all.mut(random.int(3)), random);
      const results = new Set<string>();
      for (const order of causalOrders(all.log)) results.add(JSON.stringify(type.view(replay(type, order))));
      expect(results.size).toBe(1);
    });
  });

  it('puts the entity where it was told, from the same list and from another', () => {
    const mut = board().mut(0);
    mut.place('a', 'todo', 2);
    expect(mut.of('todo')).toEqual(['b', 'c', 'a', 'd']);
    mut.place('d', 'todo', 0);
    expect(mut.of('todo')).toEqual(['d', 'b', 'c', 'a']);
    mut.place('b', 'done', 0);
    expect(mut.of('todo')).toEqual(['d', 'c', 'a']);
    expect(mut.of('done')).toEqual(['b']);
    expect(mut.parentOf('b')).toBe('done');
    mut.remove('b');
    expect(mut.parentOf('b')).toBeUndefined();
    expect(mut.of('done')).toEqual([]);
  });

  it('writes nothing if the entity is there already, and refuses a bad index', () => {
    const all = board();
    const before = all.log.length;
    all.mut(0).place('b', 'todo', 1);
    all.mut(0).remove('nobody');
    expect(all.log).toHaveLength(before);
    expect(() => all.mut(0).place('b', 'todo', 4)).toThrow(RangeError);
    expect(() => all.mut(0).place('b', 'todo', -1)).toThrow(RangeError);
    expect(() => all.mut(0).place('b', 'todo', 0.5)).toThrow(RangeError);
    expect(all.log).toHaveLength(before);
  });

  it('never duplicates an entity that two users move at once: the later move wins', () => {
    const all = board();
    all.mut(1).place('a', 'done', 0);
    all.mut(2).place('a', 'doing', 0);
    all.settle(seededRandom(3));
    all.expectConverged();
    expect(all.view(0)).toEqual({
      byParent: { todo: ['b', 'c', 'd'], doing: ['a'] },
      parentOf: { a: 'doing', b: 'todo', c: 'todo', d: 'todo' },
    });
  });

  it('keeps what two users drop into one gap in two passages', () => {
    forSeeds(50, (random) => {
      const all = board();
      for (const user of [1, 2]) {
        for (let i = 0; i < 4; i++) all.mut(user).place(`${user}${i}`, 'todo', 2 + i);
      }
      all.settle(random);
      all.expectConverged();
      const owners = (all.view(0).byParent.todo ?? [])
        .filter((card) => card.length === 2)
        .map((card) => card[0]);
      expect(owners.join('')).toMatch(/^(11112222|22221111)$/);
    });
  });

  it('keeps the lists that did not change', () => {
    const all = board();
    all.mut(0).place('d', 'done', 0);
    const before = all.view(0);
    all.mut(0).place('a', 'todo', 1);
    expect(all.view(0).byParent.done).toBe(before.byParent.done);
    expect(all.view(0).byParent.todo).not.toBe(before.byParent.todo);
  });

  it('gives a list fresh positions before they grow long', () => {
    const all = new Replicas(type, 2);
    const random = seededRandom(5);
    let newest = 0;
    for (let i = 0; i < 1200; i++) {
      if (i > 0 && random.chance(0.5)) newest++;
      all.mut(random.int(2)).place(`card ${i}`, 'todo', newest);
      all.settle(random);
    }
    const longest = Math.max(...all.log.map(({ op }) => op.at?.position.length ?? 0));
    // The list did grow deep, and was rebalanced.
    expect(longest).toBe(64);
    expect(all.log.length).toBeGreaterThan(1200);
    all.expectConverged();
    expect(all.view(0).byParent.todo).toHaveLength(1200);
  });

  it('makes room between equal positions, which only a cloned replica can write', () => {
    const position = [{ digit: 3, site: testReplicaId(9), counter: 0, offset: 0 }];
    const all = new Replicas(type, 1);
    for (const entity of ['x', 'y']) all.emit(0, { type: 'place', entity, at: { parent: 'todo', position } });
    all.mut(0).place('z', 'todo', 1);
    expect(all.view(0).byParent.todo).toEqual(['x', 'z', 'y']);
  });

  it('does not take ids such as "constructor" for entities', () => {
    const all = board();
    expect(all.view(0).parentOf.constructor).toBeUndefined();
    all.mut(0).place('__proto__', 'constructor', 0);
    expect(all.view(0).byParent.constructor).toEqual(['__proto__']);
  });

  it('appends with at most 20 bytes beside the names', () => {
    const all = new Replicas(type, 1);
    for (let i = 0; i < 100; i++) all.mut(0).place(`${i}`, 'l', i);
    const sizes = all.log.map(({ op }) => encodeOp(type, op).length - op.entity.length - 1);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(20);
  });

  it('refuses bytes that no placement writes', () => {
    const decode = (write: (w: Writer) => void) => () => {
      const w = new Writer();
      write(w);
      return type.decode(new Reader(w.finish()));
    };
    expect(decode((w) => w.u8(9))).toThrow(DecodeError);
    expect(
      decode((w) => {
        w.u8(1);
        w.string('card');
        w.string('list');
        w.varint(0);
      }),
    ).toThrow(DecodeError);
    expect(
      decode((w) => {
        w.u8(1);
        w.string('card');
        w.string('list');
        w.varint(2 ** 40);
      }),
    ).toThrow(DecodeError);
  });
});
