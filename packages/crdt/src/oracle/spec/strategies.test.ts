import { expect, test } from 'vitest';
import { leaf, object } from '../../schema/schema.ts';
import { commutative, ordered } from '../../types/strategy.ts';
import { meet, pair, people } from './people.ts';

const isText = (op: unknown): op is string => typeof op === 'string';
const isNumber = (op: unknown): op is number => typeof op === 'number';

/** Who takes a seat first in ≺ has it. */
const seats = ordered({
  kind: 'seat@1',
  initial: '',
  accepts: isText,
  reduce: (holder, who) => (holder === '' ? who : holder),
  mut: ({ emit }) => ({ claim: (who: string) => emit(who) }),
});

const product = commutative({
  kind: 'product@1',
  initial: 1,
  accepts: isNumber,
  reduce: (total, by) => total * by,
  mut: ({ emit }) => ({ times: (by: number) => emit(by) }),
});

const schema = object({ seat: leaf(seats), size: leaf(product) });

test('[R6] an ordered strategy is folded in ≺, also when an early operation comes late', () => {
  const [ann, bob] = pair(schema);
  ann.change((root) => root.size.times(2));
  ann.change((root) => root.seat.claim('ann'));
  bob.change((root) => root.seat.claim('bob'));
  expect([ann.view.seat, bob.view.seat]).toEqual(['ann', 'bob']);
  meet([ann, bob]);
  // Bob's claim is his first operation, Ann's her second: his stands earlier in ≺.
  expect(ann.view.seat).toBe('bob');
});

test('[R6] a commutative strategy takes operations in any order', () => {
  const all = people(schema, 4);
  all.forEach((doc, i) => void doc.change((root) => root.size.times(i + 2)));
  meet(all);
  expect(all.map((doc) => doc.view.size)).toEqual([120, 120, 120, 120]);
});
