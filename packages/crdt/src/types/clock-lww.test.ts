import { describe, expect, it } from 'vitest';
import { DecodeError, Reader, Writer, writeJson } from '../bytes/index.ts';
import { Doc } from '../doc/doc.ts';
import { clockLww } from '../schema/builders.ts';
import { object } from '../schema/schema.ts';
import { testEnv } from '../testing/env.ts';
import { checkLaws } from '../testing/laws.ts';
import { seededRandom } from '../testing/random.ts';
import { recode, testReplicaId } from '../testing/replicas.ts';
import { type ClockLwwOp, clockLwwType } from './clock-lww.ts';
import { compareTimes, tick } from './hybrid-clock.ts';

const type = clockLwwType<string>('');

/** A register whose clock shows `now`. */
function register(now: () => number) {
  const state = type.create({ ...testEnv(), now });
  let seq = 0;
  return {
    state,
    view: () => type.view(state),
    write(value: string, replica = 0): { op: ClockLwwOp<string>; stamp: Parameters<typeof type.apply>[2] } {
      const op = recode(
        type,
        type.prepare?.(state, { type: 'set', value, time: { at: 0, count: 0 } }) as never,
      );
      const stamp = { id: { replica: testReplicaId(replica), seq }, lamport: ++seq };
      type.apply(state, op, stamp);
      return { op, stamp };
    },
  };
}

describe('lww by clock', () => {
  it('keeps the laws', () => {
    let now = 1_000_000;
    const clocked = { ...type, create: () => type.create({ ...testEnv(), now: () => now }) };
    checkLaws(clocked, {
      act(mut, random) {
        now += random.int(5) - 2;
        mut.set(random.pick(['a', 'b', 'c', 'd']));
      },
    });
  });

  it('lets the later clock win, though the earlier has the greater Lamport time', () => {
    const [a, b] = [register(() => 2000), register(() => 1000)];
    const late = a.write('late');
    b.write('early');
    const early = b.write('early again', 1);
    expect(early.stamp.lamport).toBeGreaterThan(late.stamp.lamport);
    for (const { state } of [a, b]) {
      type.apply(state, late.op, late.stamp);
      type.apply(state, early.op, early.stamp);
    }
    expect([a.view(), b.view()]).toEqual(['late', 'late']);
  });

  it('goes after what it saw, though its clock is behind, and never clamps', () => {
    const [ahead, behind] = [register(() => 9e12), register(() => 1000)];
    const far = ahead.write('far');
    type.apply(behind.state, far.op, far.stamp);
    expect(behind.view()).toBe('far');
    const { op } = behind.write('after', 1);
    expect(behind.view()).toBe('after');
    expect(op.time).toEqual({ at: 9e12, count: 1 });
  });

  it('reports on arrival what lies in the future by more than the bound', () => {
    const here = register(() => 1_000_000);
    const { op } = register(() => 1_061_000).write('x');
    expect(type.doubt?.(here.state, op)).toBe('written 61 s in the future');
    expect(type.doubt?.(here.state, { ...op, time: { at: 1_060_000, count: 3 } })).toBeNull();
    const strict = clockLwwType<string>('', undefined, { maxSkew: 0 });
    expect(
      strict.doubt?.(strict.create({ ...testEnv(), now: () => 5 }), { ...op, time: { at: 6, count: 0 } }),
    ).toBeTruthy();
  });

  it('is told in the report of a document, which takes the write all the same', () => {
    const schema = object({ price: clockLww(0) });
    const [ahead, here] = [3_600_000, 0].map((skew) => new Doc(schema, { now: () => 1e12 + skew })) as [
      Doc<typeof schema>,
      Doc<typeof schema>,
    ];
    const made = ahead.change(({ price }) => price.set(5));
    const { doubts, rejected } = here.apply([made?.bytes ?? expect.fail()]);
    expect(rejected).toEqual([]);
    expect(doubts).toHaveLength(1);
    expect(doubts[0]).toMatchObject({ path: 'price', detail: 'written 3600 s in the future' });
    expect(here.view.price).toBe(5);
    here.change(({ price }) => price.set(6));
    ahead.apply(here.changesSince(ahead.version).map(({ bytes }) => bytes));
    expect([ahead.view.price, here.view.price]).toEqual([6, 6]);
    expect(here.query(({ price }) => price.writtenAt())).toBe(1e12 + 3_600_000);
  });

  it('gives every write a time after all that its author knows, whatever the clock does', () => {
    const random = seededRandom(7);
    let seen = tick(0, undefined);
    for (let i = 0; i < 1000; i++) {
      const next = tick(random.next() * 50 - 10, seen);
      expect(compareTimes(next, seen)).toBeGreaterThan(0);
      seen = next;
    }
  });

  it('refuses bytes that no register writes', () => {
    const bytes = (at: number, count: number, value: string | number): Reader => {
      const w = new Writer();
      w.varint(at);
      w.varint(count);
      writeJson(w, value);
      return new Reader(w.finish());
    };
    expect(type.decode(bytes(1, 2, 'x'))).toEqual({ type: 'set', value: 'x', time: { at: 1, count: 2 } });
    for (const [at, count, value] of [
      [1, 2, 3],
      [9e15, 0, 'x'],
      [1, 2 ** 53 - 1, 'x'],
    ] as const) {
      expect(() => type.decode(bytes(at, count, value))).toThrow(DecodeError);
    }
  });
});
