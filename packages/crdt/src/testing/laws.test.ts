import { describe, expect, it } from 'vitest';
import type { Json } from '../bytes/index.ts';
import { counterType } from '../types/counter.ts';
import { type SetMut, setType } from '../types/set.ts';
import { commutative } from '../types/strategy.ts';
import { LAWS, type Law, lawTable } from './law-report.ts';
import { checkLaws } from './laws.ts';
import type { Random } from './random.ts';

const set = setType<Json>();
const act = (mut: SetMut<Json>, random: Random): void =>
  random.chance(0.4) ? mut.remove(random.int(3)) : mut.add(random.int(3));

/** The set with one thing broken. */
const broken = (part: Partial<typeof set>): typeof set => ({ ...set, ...part });

const shown: Json[] = [];
function changedInPlace(state: Parameters<typeof set.view>[0]): readonly Json[] {
  shown.splice(0, shown.length, ...set.view(state));
  return shown;
}

const BROKEN: readonly [string, Law, typeof set][] = [
  [
    'an add that depends on what came before',
    'partition',
    broken({
      apply: (state, op, stamp) =>
        op.type === 'add' && set.view(state).length > 1 ? [] : set.apply(state, op, stamp),
    }),
  ],
  ['canonical bytes that say nothing', 'canonical bytes', broken({ canonical: () => undefined })],
  ['a view made anew at each look', 'stable views', broken({ view: (state) => [...set.view(state)] })],
  ['a view that is changed in place', 'stable views', broken({ view: changedInPlace })],
  [
    'a compaction that drops what is needed',
    'compaction',
    broken({ compact: ({ members }, id) => members.needs(id) && id.seq % 3 > 0 }),
  ],
  ['an undo that does nothing', 'undo and redo', broken({ invert: () => [] })],
  [
    'a decoder that lets any error through',
    'damaged bytes',
    broken({
      decode(r) {
        try {
          return set.decode(r);
        } catch {
          throw new TypeError('what is this?');
        }
      },
    }),
  ],
];

describe('the law suite', () => {
  it.each(BROKEN)('notices %s', (_, law, type) => {
    expect(() => checkLaws(type, { act })).toThrow(new RegExp(`^set@1, seed \\d+: .*${law}`));
  });

  it('notices a strategy that does not commute', () => {
    const last = commutative({
      kind: 'last@1',
      initial: 0,
      accepts: (op): op is number => typeof op === 'number',
      reduce: (_, to) => to,
      mut: ({ emit }) => ({ set: (to: number) => emit(to) }),
    });
    expect(() => checkLaws(last, { act: (mut, random) => mut.set(random.int(9)) })).toThrow(
      /last@1, seed \d+/,
    );
  });

  it('goes on from the seed that an error names', () => {
    const type = broken({ invert: () => [] });
    const message = (first: number): string => {
      try {
        checkLaws(type, { act, first });
      } catch (error) {
        return (error as Error).message;
      }
      return 'nothing';
    };
    const found = message(1);
    expect(message(Number(/seed (\d+)/.exec(found)?.[1]))).toBe(found);
  });

  it('counts the cases of every law, for a table', () => {
    const report = checkLaws(counterType(), { act: (mut, random) => mut.increment(random.int(9) - 4) });
    expect(report).toMatchObject({ kind: 'counter@1', first: 1, seeds: 100 });
    for (const law of LAWS.filter((law) => law !== 'compaction'))
      expect([law, report.cases[law] >= 20]).toEqual([law, true]);
    expect(report.cases['undo and redo']).toBe(820);
    const [head, , row] = lawTable([report]).split('\n');
    expect(head).toContain('| type | reordering |');
    expect(row).toContain('| counter@1 | 260 |');
  });
});
