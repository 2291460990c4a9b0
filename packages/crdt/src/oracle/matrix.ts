/*
 * Prints docs/crdt-matrix.md: how many cases each type was held against, law by law and judge by judge.
 *
 *   node scripts/crdt-matrix.mjs
 *
 * All of it runs; a case that fails ends it with an error.
 */
import { checkLaws, LAWS, type LawReport } from '../testing/index.ts';
import type { Random } from '../testing/random.ts';
import { type Cases, SmallScope, type Subject } from './small-scope.ts';
import { SUBJECTS } from './subjects.ts';

const HISTORIES = 100;
const WIDTH = 4;
const SAMPLE = 200;

interface Row {
  readonly laws: LawReport;
  readonly cases: Cases;
}

function hold<State, Op, View, Mut, Patch>(subject: Subject<State, Op, View, Mut, Patch>): Row {
  const act = (mut: Mut, random: Random): void => {
    try {
      random.pick([subject.base, ...subject.menu])(mut);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  };
  const scope = new SmallScope(subject);
  scope.oneEach();
  scope.four(WIDTH);
  scope.sample(SAMPLE);
  const { type, look = (view: View): unknown => view } = subject;
  return { laws: checkLaws(type, { act, look, seeds: HISTORIES }), cases: scope.cases };
}

const line = (cells: readonly (string | number)[]): string =>
  `| ${cells.map((cell) => (typeof cell === 'number' ? cell.toLocaleString('en') : cell)).join(' | ')} |`;

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return [line(head), line(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}

const rows = SUBJECTS.map(({ use }) => use(hold));

console.log(`# What each type was held against

Made by \`node scripts/crdt-matrix.mjs\`; numbers are cases, all of which passed. The rules are in
[SPEC.md](../packages/crdt/SPEC.md). "Tested" is all that is claimed here: the only machine-checked proof around is that of
the tree's move operation, by its authors.

## Laws

Random histories of three replicas (${HISTORIES} for each type), through the exported law suite (\`@concord/crdt/testing\`).

${table(
  ['type', ...LAWS],
  rows.map(({ laws: { kind, cases } }) => [kind, ...LAWS.map((law) => cases[law])]),
)}

## Small histories, all of them

Three replicas with one edit each (every combination of the type's menu), and four edits (every combination of its ${WIDTH}
sharpest, who heard what both ways), in all orders of delivery; and ${SAMPLE} histories of two edits each with undo. Every state
on the way was compared with a naive model of the type, written independently of the code.

${table(
  ['type', 'histories', 'orders of delivery', 'states against the model'],
  rows.map(({ laws: { kind }, cases }) => [kind, cases.histories, cases.orders, cases.states]),
)}

## Judges from elsewhere

| judge | of | cases in each run of the tests |
| --- | --- | --- |
| Automerge | \`text\` with \`order: 'rga'\` | 36 build orders of one gap; 150 gaps of three users; 60 sessions of two to four users, compared after each edit |
| json-joy 17.67.0 | \`text\` with \`order: 'rga'\` | 36 build orders; 150 gaps; 120 sessions |
| Loro | the tree of \`text\` (parents and sides) | 40 sessions of two to four users |
| Loro, Automerge, json-joy | interleaving in 36 build orders | 0 with the side bit and in Loro; 24 without, in Automerge and json-joy |
| recorded editing sessions | \`text\` through documents | 4 sequential sessions at author, reader and from a file; one of two authors, in both orders |
| definitions by causality | sets, flags, registers, counters | \`src/oracle/causal.test.ts\` |
| documents of every type | everything at once, undo included | \`src/oracle/doc-oracle.test.ts\`, at every step |

## Flaws that the tests catch

\`npm run mutants\` breaks the code in one way after the other, and fails if one goes unnoticed; \`npm run mutants -- --list\` lists
them.`);
