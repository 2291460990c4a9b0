import { describe, expect, it } from 'vitest';
import { DecodeError, Reader } from '../../bytes/index.ts';
import { InvalidOp } from '../../core/crdt-type.ts';
import type { Id } from '../../core/ids.ts';
import { testEnv } from '../../testing/env.ts';
import { seededRandom } from '../../testing/random.ts';
import { canonicalText, encodeOp, recode, replay, testReplicaId } from '../../testing/replicas.ts';
import type { TextOp } from './op.ts';
import { textType } from './text.ts';

const type = textType();
const at = (seq: number, replica = 0): Id => ({ replica: testReplicaId(replica), seq });
const stamp = (seq: number, lamport: number, replica = 0) => ({ id: at(seq, replica), lamport });
const abc: TextOp = { type: 'insert', origin: { parent: null, side: 'R' }, text: 'abc' };
const link = (start: number, end: number): TextOp => ({
  type: 'mark',
  key: 'link',
  value: 'u',
  start: { id: at(start), side: 'before' },
  end: { id: at(end), side: 'after' },
});

/** One op of every kind and shape. */
const ops: readonly TextOp[] = [
  abc,
  { type: 'insert', origin: { parent: at(300, 1), side: 'L' }, text: 'é\uD800' },
  {
    type: 'element',
    origin: { parent: at(1), side: 'R' },
    element: 'block',
    attrs: { kind: 'p', level: null },
  },
  { type: 'element', origin: { parent: null, side: 'R' }, element: 'embed', attrs: {} },
  {
    type: 'delete',
    ranges: [
      { ...at(0), length: 2 },
      { ...at(70_000, 1), length: 1 },
    ],
  },
  { type: 'retract', target: at(5) },
  { ...link(0, 2) },
  {
    type: 'mark',
    key: 'bold',
    value: null,
    start: { id: null, side: 'after' },
    end: { id: null, side: 'before' },
  },
  { type: 'attr', element: null, key: 'kind', value: 'h1' },
  { type: 'attr', element: at(9), key: 'kind', value: null },
];

describe('text ops as bytes', () => {
  it('survive the trip', () => {
    for (const op of ops) expect(recode(type, op)).toEqual(op);
  });

  it('are short: a letter typed on takes no more than 13 bytes', () => {
    const op: TextOp = { type: 'insert', origin: { parent: at(100), side: 'R' }, text: 'x' };
    expect(encodeOp(type, op).length).toBeLessThanOrEqual(13);
  });

  it('give an op or a DecodeError when damaged, and such an op does no harm', () => {
    const random = seededRandom(11);
    let decoded = 0;
    for (let i = 0; i < 20_000; i++) {
      const bytes = encodeOp(type, random.pick(ops)).slice();
      for (let n = 1 + random.int(2); n > 0; n--) bytes[random.int(bytes.length)] = random.int(256);
      const cut = bytes.subarray(0, random.chance(0.2) ? random.int(bytes.length) : bytes.length);
      let op: TextOp;
      try {
        op = type.decode(new Reader(cut));
      } catch (error) {
        expect(error).toBeInstanceOf(DecodeError);
        continue;
      }
      decoded++;
      // What was read can be written, and is refused or applied whole.
      encodeOp(type, op);
      const state = replay(type, [{ op: abc, stamp: stamp(0, 1), author: 0, width: 3, deps: [] }]);
      const before = canonicalText(type, state);
      try {
        type.apply(state, op, stamp(3, 10));
      } catch (error) {
        expect(error).toBeInstanceOf(InvalidOp);
        expect(canonicalText(type, state)).toBe(before);
      }
      type.view(state);
    }
    expect(decoded).toBeGreaterThan(1000);
  });

  it.for<[string, number[]]>([
    ['an unknown kind', [7]],
    ['an unknown origin', [0, 3]],
    ['an insert of nothing', [0, 0, 0]],
    ['a delete of nothing', [3, 0]],
    ['more ranges than bytes', [3, 200, 1]],
    ['attributes that are a list', [1, 0, 6, 0]],
    ['an empty key', [6, 0, 0, 0]],
    ['attributes with an empty key', [1, 0, 7, 1, 0, 2]],
    ['a range of nothing', [3, 1, ...new Array<number>(10).fill(0)]],
    ['a range beyond all ids', [3, 1, ...new Array<number>(9).fill(0), 255, 255, 255, 255, 255, 255, 127]],
    ['an unknown slot', [5, 2, 98, 2, 1, 4]],
    ['a flag that is none', [6, 2, 2, 98, 2]],
  ])('refuses %s', ([, bytes]) => {
    expect(() => type.decode(new Reader(Uint8Array.from(bytes)))).toThrow(DecodeError);
  });
});

describe('text, ops that break its rules', () => {
  const started = () => {
    const state = type.create(testEnv());
    type.apply(state, abc, stamp(0, 1));
    return state;
  };

  it.for<[string, TextOp]>([
    ['an unknown parent', { type: 'insert', origin: { parent: at(9), side: 'R' }, text: 'x' }],
    ['a left child of the origin', { type: 'insert', origin: { parent: null, side: 'L' }, text: 'x' }],
    ['a delete of what is not there', { type: 'delete', ranges: [{ ...at(0), length: 4 }] }],
    ['a delete of a huge range', { type: 'delete', ranges: [{ ...at(0), length: 2 ** 47 }] }],
    ['a retract of an insert', { type: 'retract', target: at(0) }],
    ['a mark at an unknown element', link(0, 9)],
    ['an attribute of a character', { type: 'attr', element: at(0), key: 'k', value: 1 }],
    ['an attribute of nobody', { type: 'attr', element: at(9), key: 'k', value: 1 }],
  ])('sets aside %s, and nothing has changed', ([, op]) => {
    const state = started();
    const before = canonicalText(type, state);
    expect(() => type.apply(state, op, stamp(3, 4))).toThrow(InvalidOp);
    expect(canonicalText(type, state)).toBe(before);
  });

  it('sets aside a child that claims to be older than its parent', () => {
    const op: TextOp = { type: 'insert', origin: { parent: at(2), side: 'R' }, text: 'x' };
    expect(() => type.apply(started(), op, stamp(0, 2, 1))).toThrow(InvalidOp);
  });

  it('takes a range that is named twice as once, and a mark that ends before it starts as none', () => {
    const [once, twice] = [started(), started()];
    const range = { ...at(0), length: 2 };
    type.apply(once, { type: 'delete', ranges: [range] }, stamp(3, 4));
    type.apply(twice, { type: 'delete', ranges: [range, range] }, stamp(3, 4));
    expect(canonicalText(type, twice)).toBe(canonicalText(type, once));
    type.apply(twice, { type: 'retract', target: at(3) }, stamp(4, 5));
    expect(type.view(twice).text).toBe('abc');
    expect(type.apply(twice, link(2, 0), stamp(5, 6))).toEqual([]);
    type.apply(twice, { type: 'insert', origin: { parent: at(0), side: 'R' }, text: 'x' }, stamp(6, 7));
    type.apply(twice, { type: 'retract', target: at(5) }, stamp(7, 8));
    expect(type.view(twice).spans.length).toBe(1);
  });
});

describe('text, retracts and the state they leave', () => {
  it('retracts once; the inverse of a retract that does nothing is nothing', () => {
    const state = type.create(testEnv());
    type.apply(state, abc, stamp(0, 1));
    type.apply(state, { type: 'delete', ranges: [{ ...at(1), length: 1 }] }, stamp(3, 4));
    const retract: TextOp = { type: 'retract', target: at(3) };
    expect(type.invert(state, retract, stamp(4, 5))).toEqual([
      { type: 'delete', ranges: [{ ...at(1), length: 1 }] },
    ]);
    expect(type.apply(state, retract, stamp(4, 5))).toHaveLength(1);
    expect(type.invert(state, retract, stamp(5, 6))).toEqual([]);
    expect(type.apply(state, retract, stamp(5, 6))).toEqual([]);
  });

  it('gives one patch for a delete in a row, and one for its return', () => {
    const state = type.create(testEnv());
    type.apply(state, abc, stamp(0, 1));
    type.apply(state, link(1, 1), stamp(3, 4));
    const deletion: TextOp = { type: 'delete', ranges: [{ ...at(0), length: 3 }] };
    expect(type.apply(state, deletion, stamp(4, 5))).toEqual([{ type: 'delete', index: 0, count: 3 }]);
    const back = type.apply(state, { type: 'retract', target: at(4) }, stamp(5, 6));
    expect(back).toEqual([{ type: 'insert', index: 0, spans: type.view(state).spans }]);
    expect(type.view(state).spans).toHaveLength(3);
  });

  it('has canonical bytes that do not tell how the blocks are cut', () => {
    const more: TextOp = { type: 'insert', origin: { parent: at(2), side: 'R' }, text: 'd' };
    const retract: TextOp = { type: 'retract', target: at(0, 1) };
    const steps = [
      [more, stamp(3, 4)],
      [link(0, 2), stamp(0, 4, 1)],
      [retract, stamp(1, 5, 1)],
    ] as const;
    const [one, other] = [
      [0, 1, 2],
      [1, 0, 2],
      [1, 2, 0],
    ]
      .map((order) => {
        const state = type.create(testEnv());
        type.apply(state, abc, stamp(0, 1));
        for (const i of order) {
          const step = steps[i];
          if (step) type.apply(state, step[0], step[1]);
        }
        return { blocks: state.runs.table.size, bytes: canonicalText(type, state) };
      })
      .slice(1);
    expect(one?.blocks).not.toBe(other?.blocks);
    expect(one?.bytes).toBe(other?.bytes);
  });

  it('has other bytes when another delete hides the same text', () => {
    const bytes = (which: number): string => {
      const state = type.create(testEnv());
      type.apply(state, abc, stamp(0, 1));
      const ranges = [0, 1, 2].map((seq) => ({ ...at(seq), length: 1 }));
      const [first, second] = [ranges.slice(0, which), ranges.slice(which)];
      type.apply(state, { type: 'delete', ranges: first }, stamp(3, 4));
      type.apply(state, { type: 'delete', ranges: second }, stamp(4, 5));
      return canonicalText(type, state);
    };
    expect(bytes(1)).not.toBe(bytes(2));
  });
});
