/*
 * npm run sim -- [--seeds 1000] [--from 1]     that many runs; ends with 1 if any breaks a promise
 * npm run sim -- --seed 7                      one run, told line by line
 * npm run sim -- --mutant gap [--seeds 200]    the same with a safeguard taken out: ends with 0 when it is noticed
 */
import { parseArgs } from 'node:util';
import { MUTANTS, plant } from './mutants.ts';
import type { SimulationOptions } from './simulation.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    mutant: { type: 'string' },
  },
});

function number(name: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  console.error(`--${name} ${text} is not a whole number.`);
  process.exit(2);
}

const mutant = values.mutant === undefined ? null : MUTANTS[values.mutant];
if (mutant === undefined) {
  console.error(`No mutant is called ${values.mutant}. There are: ${Object.keys(MUTANTS).join(', ')}.`);
  process.exit(2);
}
if (mutant) plant(mutant);
// Loaded now, so that a mutant is in the code.
const { simulate } = await import('./simulation.ts');
const options: SimulationOptions = mutant?.options ?? {};

if (values.seed !== undefined) {
  try {
    const outcome = await simulate(number('seed', values.seed), {
      ...options,
      tell: (line) => console.log(line),
    });
    console.log(`kept every promise: ${outcome.changes} changes, agreed ${outcome.calm} ms after the storm`);
  } catch (error) {
    console.error(error);
    process.exit(1);
  }
} else {
  const [count, from] = [number('seeds', values.seeds), number('from', values.from)];
  const began = performance.now();
  let changes = 0;
  let broken = 0;
  for (let seed = from; seed < from + count; seed++) {
    try {
      changes += (await simulate(seed, options)).changes;
    } catch (error) {
      broken++;
      console.log(error instanceof Error ? error.message : error);
      console.log(`  replay: npm run sim -- --seed ${seed}${mutant ? ` --mutant ${values.mutant}` : ''}`);
      if (mutant) break;
    }
  }
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  if (mutant) {
    console.log(broken > 0 ? `noticed: ${mutant.says}` : `NOT noticed in ${count} seeds: ${mutant.says}`);
    process.exit(broken > 0 ? 0 : 1);
  }
  console.log(`${count} seeds from ${from}, ${changes} changes, ${broken} broken, ${seconds} s`);
  if (broken > 0) process.exit(1);
}
