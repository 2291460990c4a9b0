import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { MUTANTS } from './testing/mutants.ts';
import { type SimulationOptions, simulate } from './testing/simulation.ts';

const PROGRAM = fileURLToPath(new URL('./testing/run-simulation.ts', import.meta.url));
const LIMIT = 10 * 60_000;

async function simulateAll(from: number, count: number, options: SimulationOptions = {}): Promise<void> {
  let changes = 0;
  for (let seed = from; seed < from + count; seed++) {
    const outcome = await simulate(seed, options).catch((error: unknown) => {
      throw new Error(`replay: npm run sim -- --seed ${seed}`, { cause: error });
    });
    changes += outcome.changes;
  }
  // A simulation in which nothing happens proves nothing.
  expect(changes).toBeGreaterThan(count * 20);
}

describe('the real client and relay on simulated time, network and disks', () => {
  it('[S1] converge, keep every acknowledged change and never lie', () => simulateAll(1, 2_000), LIMIT);

  it(
    '[S2] heal a relay whose disk was replaced',
    async () => {
      await simulateAll(1_000_000, 100, { weather: { resets: 'restart' } });
      await simulateAll(1_000_000, 50, { weather: { resets: 'underneath', realLog: true } });
    },
    LIMIT,
  );

  it(
    '[S1] on the log as it is in SQLite',
    () => simulateAll(2_000_000, 100, { weather: { realLog: true } }),
    LIMIT,
  );

  it('[S4] the same seed is the same run, word for word', async () => {
    const story = async (): Promise<string[]> => {
      const lines: string[] = [];
      await simulate(5, { tell: (line) => lines.push(line) });
      return lines.map((line) => line.replaceAll(/[0-9a-f]{8}-[0-9a-f-]+/g, 'some id'));
    };
    expect(await story()).toEqual(await story());
  });
});

describe('[S3] a safeguard that is taken out is noticed within 200 seeds', () => {
  it.each(Object.entries(MUTANTS))('%s', (name, { says }) => {
    const { status, stdout } = spawnSync(process.execPath, [PROGRAM, '--mutant', name, '--seeds', '200'], {
      encoding: 'utf8',
    });
    expect(stdout).toContain(`noticed: ${says}`);
    expect(status).toBe(0);
  });
});
