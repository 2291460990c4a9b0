import { describe, expect, it } from 'vitest';
import { DecodeError, type Json, Reader } from '../bytes/index.ts';
import { InvalidOp } from '../core/crdt-type.ts';
import { compareStamps } from '../core/ids.ts';
import { checkLaws } from '../testing/laws.ts';
import { forSeeds, type Random, seededRandom } from '../testing/random.ts';
import { causalOrders, Replicas, replay, testReplicaId } from '../testing/replicas.ts';
import { commutative, ordered, type StrategyOp } from './strategy.ts';

const isNumber = (op: Json): op is number => typeof op === 'number';

/** Concurrent steps add up; undo is the step back. */
const sum = commutative({
  kind: 'sum@1',
  initial: 0,
  accepts: isNumber,
  reduce: (total, by) => total + by,
  mut: ({ state, emit }) => ({ add: (by: number) => emit(by), total: () => state() }),
  inverse: (by) => -by,
});

/** Commutative, but nothing can be taken out of a product with a zero in it: undo folds again. */
const product = commutative({
  kind: 'product@1',
  initial: 1,
  accepts: isNumber,
  reduce: (total, by) => total * by,
  mut: ({ emit }) => ({ times: (by: number) => emit(by) }),
});

/** Subtraction and doubling do not commute; the word list shows the order. */
const words = ordered({
  kind: 'words@1',
  initial: [] as readonly string[],
  accepts: (op): op is string => typeof op === 'string',
  reduce(list, word) {
    if (word === 'stop') throw new InvalidOp('words may not stop');
    return word === 'double' ? [...list, ...list].slice(0, 50) : [...list, word];
  },
  mut: ({ emit, state }) => ({ say: (word: string) => emit(word), count: () => state().length }),
  view: (list) => list.join(' '),
});

const say = (mut: { say(word: string): void }, random: Random): void =>
  mut.say(random.pick(['a', 'b', 'double', 'stop', 'c']));

describe('strategies of one’s own', () => {
  it('keep the laws', () => {
    checkLaws(sum, { act: (mut, random) => mut.add(random.int(9) - 4) });
    checkLaws(product, { act: (mut, random) => mut.times(random.int(3)) });
    checkLaws(words, { act: say });
  });

  it('ordered: folds in ≺ without what was taken back, at every step', () => {
    forSeeds(60, (random) => {
      const all = new Replicas(words, 3);
      const undos: (readonly StrategyOp<string>[])[][] = [[], [], []];
      const seen: (typeof all.log)[] = [[], [], []];
      all.onApply = (replica, op) => {
        seen[replica]?.push(op);
        const inOrder = (seen[replica] ?? []).toSorted((a, b) => compareStamps(a.stamp, b.stamp));
        const off = new Set<number | string>();
        const name = (id: { seq: number; replica: string }) => `${id.seq}@${id.replica}`;
        for (const { op: o } of inOrder) {
          if (o.type === 'retract') off.add(name(o.target));
          else if (o.type === 'restore') off.delete(name(o.target));
        }
        let list: string[] = [];
        for (const { op: o, stamp } of inOrder) {
          if (o.type !== 'do' || off.has(name(stamp.id)) || o.op === 'stop') continue;
          list = o.op === 'double' ? [...list, ...list].slice(0, 50) : [...list, o.op];
        }
        if (random.chance(0.5)) expect(all.view(replica)).toBe(list.join(' '));
      };
      for (let step = 0; step < 60; step++) {
        const author = random.int(3);
        const undo = random.chance(0.25) ? undos[author]?.pop() : undefined;
        if (undo) undos[author]?.push(all.emitAll(author, undo));
        else if (random.chance(0.6)) undos[author]?.push(all.transact(author, (mut) => say(mut, random)));
        else all.deliverOne(random);
      }
      all.settle(random);
      all.expectConverged();
    });
  });

  it('ordered: the last word in ≺ says whether an op stands, in whatever order the words arrive', () => {
    const all = new Replicas(words, 3);
    const [word] = all.transact(0, (mut) => mut.say('a')) as unknown as [
      StrategyOp<string> & { readonly type: 'retract' },
    ];
    all.settle(seededRandom(1));
    all.emit(1, word);
    all.emit(2, { type: 'restore', target: word.target });
    all.emit(0, word);
    all.emit(0, { type: 'restore', target: word.target });
    for (const order of causalOrders(all.log)) expect(words.view(replay(words, order))).toBe('a');
    all.settle(seededRandom(1));
    all.emit(2, word);
    for (const order of causalOrders(all.log)) expect(words.view(replay(words, order))).toBe('');
  });

  it('ordered: a late op costs its suffix once a batch, and few states are kept', () => {
    let reductions = 0;
    const counted = ordered({
      kind: 'counted@1',
      initial: 0,
      accepts: isNumber,
      reduce(total, by) {
        reductions++;
        return total + by;
      },
      mut: ({ emit }) => ({ add: (by: number) => emit(by) }),
    });
    const state = counted.create({} as never);
    const stamp = (replica: number, lamport: number, seq = lamport) => ({
      id: { replica: testReplicaId(replica), seq },
      lamport,
    });
    for (let i = 1; i <= 10_000; i++) counted.apply(state, { type: 'do', op: 1 }, stamp(0, i));
    expect(reductions).toBe(0);
    expect(counted.view(state)).toBe(10_000);
    expect(reductions).toBe(10_000);
    expect(state.fold.log?.checkpoints).toBeLessThan(25);
    for (const late of [10, 100, 1000]) {
      reductions = 0;
      for (let i = 0; i < 50; i++) counted.apply(state, { type: 'do', op: 1 }, stamp(late, 10_000 - late, i));
      counted.view(state);
      expect(reductions).toBeLessThan(2 * late + 250);
    }
    for (let i = 10_000; i > 0; i--)
      counted.apply(state, { type: 'retract', target: stamp(0, i).id }, stamp(0, 20_001 - i));
    reductions = 0;
    expect(counted.view(state)).toBe(150);
    expect(reductions).toBeLessThan(200);
  });

  it('commutative with an inverse: keeps no ops and reduces each once', () => {
    const all = new Replicas(sum, 2);
    const undo = all.transact(0, (mut) => mut.add(5));
    expect(undo).toEqual([{ type: 'do', op: -5 }]);
    expect(all.state(0).fold.log).toBeNull();
    all.mut(1).add(2);
    all.settle(seededRandom(1));
    expect(all.mut(0).total()).toBe(7);
  });

  it('refuse what they do not accept, from the app and from peers', () => {
    const all = new Replicas(sum, 1);
    expect(() => all.mut(0).add('x' as unknown as number)).toThrow(TypeError);
    const decode =
      (type: { decode(r: Reader): unknown }, ...bytes: number[]) =>
      () =>
        type.decode(new Reader(Uint8Array.from(bytes)));
    expect(decode(sum, 0, 3, 4)()).toEqual({ type: 'do', op: 2 });
    expect(decode(sum, 0, 2)).toThrow(DecodeError);
    const target = [1, 0, 0, 0, 0, 0, 0, 0, 1, 0];
    expect(decode(words, ...target)()).toMatchObject({ type: 'retract' });
    expect(decode(sum, ...target)).toThrow(DecodeError);
    expect(decode(words, 3)).toThrow(DecodeError);
    const nowhere = { replica: testReplicaId(0), seq: 7 };
    expect(() => new Replicas(words, 1).emit(0, { type: 'retract', target: nowhere })).toThrow(InvalidOp);
  });

  it('show the rest when a peer writes what the reducer cannot bear', () => {
    const spec = {
      kind: 'lengths@1',
      initial: 0,
      accepts: (op: Json): op is { readonly word: string } => typeof op === 'object' && op !== null,
      reduce: (total: number, { word }: { readonly word: string }) => total + word.length,
      mut: ({ emit }: { emit(op: { readonly word: string }): void }) => ({
        say: (word: string) => emit({ word }),
      }),
    };
    const fatal = { type: 'do', op: {} as { readonly word: string } } as const;
    const folded = new Replicas(ordered(spec), 2);
    folded.emit(1, fatal);
    folded.mut(0).say('four');
    folded.settle(seededRandom(1));
    folded.expectConverged();
    expect(folded.view(1)).toBe(4);
    const running = new Replicas(commutative({ ...spec, inverse: () => null }), 1);
    running.mut(0).say('four');
    expect(() => running.emit(0, fatal)).toThrow(InvalidOp);
    expect(running.view(0)).toBe(4);
  });

  it('write ops in an encoding of their own', () => {
    const bytes = commutative({
      ...({ kind: 'bytes@2', initial: 0, accepts: isNumber } as const),
      reduce: (total: number, by: number) => total + by,
      mut: ({ emit }) => ({ add: (by: number) => emit(by) }),
      encoding: { write: (by, w) => w.zigzag(by), read: (r) => r.zigzag() },
    });
    checkLaws(bytes, { act: (mut, random) => mut.add(random.int(9) - 4), seeds: 10 });
    expect(bytes.decode(new Reader(Uint8Array.from([0, 3])))).toEqual({ type: 'do', op: -2 });
  });

  it('need a name and a version', () => {
    for (const kind of ['sum', 'sum@0', 'Sum@1', '@1', 'sum@1.2']) {
      expect(() =>
        commutative({ kind, initial: 0, accepts: isNumber, reduce: (a) => a, mut: () => null }),
      ).toThrow(TypeError);
    }
  });
});
