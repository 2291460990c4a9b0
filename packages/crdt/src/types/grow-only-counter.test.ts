import { describe, expect, it } from 'vitest';
import { DecodeError, Reader, Writer } from '../bytes/index.ts';
import { InvalidOp } from '../core/crdt-type.ts';
import { checkLaws } from '../testing/laws.ts';
import { seededRandom } from '../testing/random.ts';
import { Replicas, testReplicaId } from '../testing/replicas.ts';
import { growOnlyCounterType } from './grow-only-counter.ts';

const type = growOnlyCounterType();

describe('grow-only counter', () => {
  it('keeps the laws', () => {
    checkLaws(type, { act: (mut, random) => mut.increment(random.int(9)) });
  });

  it('adds up what all replicas counted, and what undo took back counts no more', () => {
    const all = new Replicas(type, 3);
    all.mut(0).increment(5);
    const undo = all.transact(1, (mut) => mut.increment(2));
    all.settle(seededRandom(1));
    expect(all.view(2)).toBe(7);
    const redo = all.emitAll(1, undo);
    all.settle(seededRandom(2));
    expect(all.view(2)).toBe(5);
    all.emitAll(1, [...undo, ...undo]);
    expect(all.view(1)).toBe(5);
    all.emitAll(1, redo);
    expect(all.view(1)).toBe(7);
  });

  it('lets nobody count down', () => {
    const all = new Replicas(type, 1);
    for (const by of [-1, 0.5, Number.NaN, 2 ** 49])
      expect(() => all.mut(0).increment(by)).toThrow(RangeError);
    all.mut(0).increment(0);
    expect(all.log).toHaveLength(0);
    const w = new Writer();
    w.varint(2 ** 49);
    expect(() => type.decode(new Reader(w.finish()))).toThrow(DecodeError);
    const nowhere = { replica: testReplicaId(0), seq: 7 };
    expect(() => all.emit(0, { type: 'retract', target: nowhere })).toThrow(InvalidOp);
    expect(all.view(0)).toBe(0);
  });
});
