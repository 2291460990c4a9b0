import { describe, expect, it } from 'vitest';
import { DecodeError, type Json, Reader, Writer } from '../../bytes/index.ts';
import { InvalidOp } from '../../core/crdt-type.ts';
import type { Stamp } from '../../core/ids.ts';
import { listModel } from '../../oracle/list.ts';
import { checkLaws } from '../../testing/laws.ts';
import { forSeeds, type Random, seededRandom } from '../../testing/random.ts';
import {
  canonicalText,
  causalOrders,
  encodeOp,
  Replicas,
  replay,
  type TestOp,
  testReplicaId,
  viewText,
} from '../../testing/replicas.ts';
import { listType } from './list.ts';
import type { ListMut, ListOp, ListPatch } from './op.ts';

const type = listType<Json>();

function act(mut: ListMut<Json>, random: Random): void {
  const { length } = mut;
  const kind = random.int(10);
  const index = random.int(length + 1);
  const fresh = (): string => `v${random.int(1000)}`;
  if (kind < 4 || length === 0) {
    mut.insert(index, ...Array.from({ length: 1 + random.int(3) }, fresh));
  } else if (kind < 6) mut.delete(index, random.int(Math.min(3, length - index + 1)));
  else if (kind < 9) mut.move(random.int(length), random.int(length));
  else mut.set(random.int(length), fresh());
}

function mirror(list: readonly Json[], patches: readonly ListPatch<Json>[]): readonly Json[] {
  let values = list;
  for (const patch of patches) {
    if (patch.type === 'insert') values = values.toSpliced(patch.index, 0, ...patch.values);
    else if (patch.type === 'delete') values = values.toSpliced(patch.index, patch.count);
    else if (patch.type === 'set') values = values.with(patch.index, patch.value);
    else {
      const item = values[patch.from] as Json;
      values = values.toSpliced(patch.from, 1).toSpliced(patch.to, 0, item);
    }
  }
  return values;
}

/** Three replicas that all see the letters of `text`. */
function abc(text = 'abcde') {
  const all = new Replicas(type, 3);
  all.mut(0).insert(0, ...text);
  all.settle(seededRandom(1));
  return all;
}

function settled(all: ReturnType<typeof abc>): string {
  all.settle(seededRandom(2));
  all.expectConverged();
  return all.view(0).join('');
}

describe('list', () => {
  it('keeps the laws', () => {
    checkLaws(type, { act, seeds: 200 });
  });

  it('equals its naive model after every op, and its patches replay to the same values', () => {
    forSeeds(150, (random) => {
      const all = new Replicas(type, 3);
      const seen: TestOp<ListOp<Json>>[][] = [[], [], []];
      const shown: (readonly Json[])[] = [[], [], []];
      const undos: (readonly ListOp<Json>[])[][] = [[], [], []];
      all.onApply = (replica, op, patches) => {
        seen[replica]?.push(op);
        expect(all.view(replica)).toEqual(listModel(seen[replica] ?? []));
        shown[replica] = mirror(shown[replica] ?? [], patches);
        expect(shown[replica]).toEqual(all.view(replica));
      };
      for (let step = 0; step < 60; step++) {
        const author = random.int(3);
        const undo = random.chance(0.15) ? undos[author]?.pop() : undefined;
        if (undo) undos[author]?.push(all.emitAll(author, undo));
        else if (random.chance(0.5)) all.deliverOne(random);
        else undos[author]?.push(all.transact(author, (mut) => act(mut, random)));
      }
      all.settle(random);
      all.expectConverged();
    });
  });

  it('gives one result for every causal order of small histories', () => {
    let orders = 0;
    forSeeds(80, (random) => {
      const all = abc('abc');
      for (let step = 0; step < 5; step++) act(all.mut(random.int(3)), random);
      const expected = listModel(all.log);
      const bytes = new Set<string>();
      for (const order of causalOrders(all.log)) {
        orders++;
        const state = replay(type, order);
        expect(type.view(state)).toEqual(expected);
        bytes.add(canonicalText(type, state));
      }
      expect(bytes.size).toBe(1);
    });
    expect(orders).toBeGreaterThan(600);
  });

  it('does what it says, at every index', () => {
    forSeeds(60, (random) => {
      const all = new Replicas(type, 1);
      const mut = all.mut(0);
      let twin: Json[] = [];
      for (let step = 0; step < 300; step++) {
        const { length } = twin;
        const kind = random.int(10);
        const index = random.int(length + 1);
        if (kind < 5 || length === 0) {
          mut.insert(index, step, `${step}`);
          twin = twin.toSpliced(index, 0, step, `${step}`);
        } else if (kind < 6) {
          const count = random.int(length - index + 1);
          mut.delete(index, count);
          twin.splice(index, count);
        } else if (kind < 8) {
          const [from, to] = [random.int(length), random.int(length)];
          const id = mut.idAt(from);
          mut.move(from, to);
          expect(mut.indexOf(id)).toBe(to);
          const [item] = twin.splice(from, 1) as [Json];
          twin.splice(to, 0, item);
        } else {
          const at = random.int(length);
          mut.set(at, `set ${step}`);
          twin[at] = `set ${step}`;
        }
        expect(mut.length).toBe(twin.length);
        if (step % 20 === 0) expect(mut.values()).toEqual(twin);
      }
      expect(all.view(0)).toEqual(twin);
      for (const [i, value] of twin.entries()) expect(mut.get(i)).toEqual(value);
    });
  });

  it('never shows an item twice: of two concurrent moves the later holds', () => {
    const all = abc();
    all.mut(1).move(0, 4);
    all.mut(2).move(0, 2);
    expect(settled(all)).toBe('bcade');
  });

  it('keeps a delete against a concurrent move and set, and brings both back when it is taken back', () => {
    const all = abc();
    const undo = all.transact(0, (mut) => mut.delete(0, 2));
    all.mut(1).move(0, 4);
    all.mut(2).set(0, 'A');
    expect(settled(all)).toBe('cde');
    all.emitAll(0, undo);
    expect(settled(all)).toBe('bcdeA');
  });

  it('shows an item only when all its deletes are taken back', () => {
    const all = abc();
    const undos = [0, 1].map((author) => all.transact(author, (mut) => mut.delete(1, 1)));
    expect(settled(all)).toBe('acde');
    all.emitAll(0, undos[0] ?? []);
    expect(settled(all)).toBe('acde');
    all.emitAll(1, undos[1] ?? []);
    expect(settled(all)).toBe('abcde');
  });

  it('keeps what two users insert into one gap in two passages, also backwards', () => {
    forSeeds(40, (random) => {
      const all = abc('ab');
      for (const user of [1, 2]) {
        const forwards = random.chance(0.5);
        for (let i = 0; i < 3; i++) all.mut(user).insert(forwards ? 1 + i : 1, `${user}`);
      }
      all.settle(random);
      all.expectConverged();
      expect(all.view(0).join('')).toMatch(/^a(111222|222111)b$/);
    });
  });

  it('undoes a move back to its old neighbours, also after others moved theirs', () => {
    const all = abc();
    const undo = all.transact(1, (mut) => mut.move(1, 4));
    all.settle(seededRandom(1));
    all.mut(2).insert(0, 'x');
    all.mut(2).move(3, 5);
    all.settle(seededRandom(1));
    all.emitAll(1, undo);
    expect(settled(all)).toBe('xabced');
  });

  it('holds a hundred thousand items, inserted and moved anywhere', () => {
    const all = new Replicas(type, 1);
    const mut = all.mut(0);
    mut.insert(0, ...Array.from({ length: 100_000 }, (_, i) => i));
    const random = seededRandom(7);
    const twin = [...mut.values()];
    for (let i = 0; i < 300; i++) {
      const [from, to] = [random.int(twin.length), random.int(twin.length)];
      mut.move(from, to);
      const [item] = twin.splice(from, 1) as [Json];
      twin.splice(to, 0, item);
    }
    mut.delete(10, 99_000);
    twin.splice(10, 99_000);
    expect(mut.values()).toEqual(twin);
  });

  it('refuses indices that are not there, and writes nothing where nothing changes', () => {
    const all = abc();
    const mut = all.mut(0);
    const { length } = all.log;
    const bad = [
      () => mut.insert(6, 'x'),
      () => mut.insert(-1, 'x'),
      () => mut.insert(0.5, 'x'),
      () => mut.delete(4, 2),
      () => mut.delete(-1),
      () => mut.delete(0, -1),
      () => mut.get(5),
      () => mut.move(5, 0),
      () => mut.move(0, 5),
      () => mut.set(5, 'x'),
    ];
    for (const call of bad) expect(call).toThrow(RangeError);
    expect(() => mut.insert(0, undefined as unknown as Json)).toThrow(TypeError);
    mut.insert(0);
    mut.delete(0, 0);
    mut.move(2, 2);
    mut.set(0, 'a');
    expect(all.log).toHaveLength(length);
    expect(mut.indexOf('0@00000000000000ff' as never)).toBe(-1);
    expect(mut.indexOf('nonsense' as never)).toBe(-1);
  });

  it('refuses an op that names what does not exist, and leaves the state alone', () => {
    const all = abc();
    all.mut(1).move(0, 1);
    all.settle(seededRandom(1));
    const before = all.canonical(0);
    const stamp: Stamp = { id: { replica: testReplicaId(2), seq: 0 }, lamport: 99 };
    const nobody = { replica: testReplicaId(2), seq: 7 };
    const moved = { replica: testReplicaId(1), seq: 0 };
    const first = { replica: testReplicaId(0), seq: 0 };
    const ops: ListOp<Json>[] = [
      { type: 'insert', origin: { parent: nobody, side: 'R' }, values: ['x'] },
      { type: 'move', item: nobody, origin: { parent: null, side: 'R' } },
      { type: 'move', item: moved, origin: { parent: null, side: 'R' } },
      { type: 'move', item: first, origin: { parent: nobody, side: 'L' } },
      { type: 'set', item: nobody, value: 1 },
      { type: 'delete', items: [{ ...first, length: 6 }] },
      { type: 'retract', target: nobody },
    ];
    for (const op of ops) expect(() => type.apply(all.state(0), op, stamp)).toThrow(InvalidOp);
    expect(all.canonical(0)).toBe(before);
  });

  it('refuses bytes that no list writes', () => {
    const id = { replica: testReplicaId(0), seq: 3 };
    const decode = (op: ListOp<Json>) => () => type.decode(new Reader(encodeOp(type, op)));
    expect(decode({ type: 'delete', items: [] })).toThrow(DecodeError);
    expect(decode({ type: 'delete', items: [{ ...id, length: 0 }] })).toThrow(DecodeError);
    const twice = [
      { ...id, length: 2 },
      { ...id, seq: 2, length: 2 },
    ];
    expect(decode({ type: 'delete', items: twice })).toThrow(DecodeError);
    expect(decode({ type: 'insert', origin: { parent: null, side: 'R' }, values: [] })).toThrow(DecodeError);
    expect(decode({ type: 'move', item: id, origin: { parent: null, side: 'L' } })).toThrow(DecodeError);
    for (const tag of [5, 7, 1 + 8, 4 + 16, 32]) {
      const w = new Writer();
      w.u8(tag);
      w.raw(new Uint8Array(40));
      expect(() => type.decode(new Reader(w.finish()))).toThrow(DecodeError);
    }
    const numbers = listType<number>({ accepts: (value): value is number => typeof value === 'number' });
    const w = new Writer();
    type.encode({ type: 'set', item: id, value: 'text' }, w);
    expect(() => numbers.decode(new Reader(w.finish()))).toThrow(DecodeError);
  });

  it('keeps the view until something changes', () => {
    const all = abc();
    const view = all.view(0);
    all.mut(0).delete(0);
    expect(viewText(view)).toBe('["a","b","c","d","e"]');
    expect(all.view(0)).toBe(all.view(0));
  });
});
