/*
 * What a visitor with a slow phone on a slow line sees of each of the four apps: LCP, CLS and INP.
 *
 *   npm run bench -- vitals [--loads 3] [--apps docs,board] [--json FILE]
 *
 * Builds the apps, then runs e2e/specs/vitals.spec.ts with nothing beside it. The method: docs/vitals.md.
 */
import { figuresOf, option } from './lib/browser-run.ts';

interface Row {
  readonly work: 'vitals';
  readonly app: string;
  readonly figure: 'LCP' | 'CLS' | 'INP';
  readonly unit: string;
  readonly median: number;
  readonly n: number;
}

const rows = await figuresOf<Row>({
  spec: 'vitals',
  test: 'web vitals',
  rows: 'VITALS_ROWS',
  env: { VITALS_LOADS: option('--loads') ?? '3' },
});
for (const { app, figure, unit, median, n } of rows)
  console.log(`${app.padEnd(8)} ${figure} ${median} ${unit} (${n} loads)`);
