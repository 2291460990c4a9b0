import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { LAWS } from '../testing/index.ts';
import { Replicas, testReplicaId } from '../testing/replicas.ts';
import { placementType } from '../types/placement/placement.ts';
import { placementModel } from './placement.ts';
import { SmallScope } from './small-scope.ts';
import { SUBJECTS } from './subjects.ts';

/** ORACLE_PAIRS=n for a larger sample of histories with two edits each. */
const PAIRS = Number(process.env.ORACLE_PAIRS ?? 40);
/** ORACLE_MENU=n for more kinds of edits in the histories of four. */
const MENU = Number(process.env.ORACLE_MENU ?? 3);
/** `node scripts/crdt-matrix.mjs` writes it. */
const MATRIX = new URL('../../../../docs/crdt-matrix.md', import.meta.url);

/*
 * Three replicas start from one base. Each history is delivered in all causal orders, and on the way equal sets of ops
 * must give equal bytes and the model's view.
 */
describe.each(SUBJECTS)('[S8] all orders of delivery: $kind', ({ use }) => {
  const { oneEach, four, sample } = use((subject) => {
    const scope = new SmallScope(subject);
    return {
      oneEach: () => scope.oneEach(),
      four: () => scope.four(MENU),
      sample: () => scope.sample(PAIRS),
    };
  });
  test('one edit each', oneEach);
  test('four edits', four);
  test('two edits each', sample);
});

// No Mut makes equal positions, but a cloned replica might.
test('placement: entities at one position', () => {
  const type = placementType();
  const all = new Replicas(type, 3);
  const position = [{ digit: 1, site: testReplicaId(0), counter: 0, offset: 0 }];
  for (const [replica, entity] of ['b', 'a', 'c'].entries()) {
    all.emit(replica, { type: 'place', entity, at: { parent: 'l', position } });
  }
  new SmallScope({ type, model: placementModel, base: () => {}, menu: [] }).judge(all);
});

test('the matrix has all types and laws', () => {
  const matrix = readFileSync(MATRIX, 'utf8');
  const rows = SUBJECTS.map(({ kind }) => `| ${kind} |`).filter((row) => matrix.split(row).length !== 3);
  expect([rows, LAWS.filter((law) => !matrix.includes(`| ${law} |`))]).toEqual([[], []]);
});
