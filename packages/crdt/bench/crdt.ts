/*
 * Our documents side by side with other libraries, on real editing sessions and on inputs made to hurt:
 *
 *   npm run bench -- crdt --help
 *
 * Each cell (work × trace × library) runs in a process of its own. Time is CPU of the main thread, measured warm and
 * cold apart; every cell checks what came out. Only ratios within one run count: machines and loads differ.
 */
import { writeFileSync } from 'node:fs';
import { type Order, runCell } from './lib/child.ts';
import { readOptions, USAGE } from './lib/options.ts';
import { runAll } from './lib/run.ts';
import { table } from './lib/table.ts';

const args = process.argv.slice(2);

if (args[0] === '--cell') await runCell(JSON.parse(args[1] as string) as Order);
else if (args.includes('--help')) console.log(USAGE);
else {
  try {
    const options = readOptions(args);
    const rows = runAll(options, (line) => console.error(line));
    console.log(table(rows));
    if (options.json !== null) writeFileSync(options.json, `${JSON.stringify(rows, null, 2)}\n`);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
    process.exitCode = 1;
  }
}
