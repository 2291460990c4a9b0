import { mulberry32 } from '@concord/sync/testing';
import { describe, expect, it } from 'vitest';
import { type SimulationOptions, simulate } from './testing/simulation.ts';

/** `SIM_SEED=7` replays one run, `SIM_SEEDS=1000` makes more of them than the usual. */
function seeds(usual: number): readonly number[] {
  const { SIM_SEED, SIM_SEEDS } = process.env;
  if (SIM_SEED !== undefined) return [Number(SIM_SEED)];
  return Array.from({ length: Number(SIM_SEEDS ?? usual) }, (_, i) => i + 1);
}

async function simulateAll(runs: readonly number[], options: SimulationOptions): Promise<void> {
  let changes = 0;
  for (const seed of runs) {
    const outcome = await simulate(seed, mulberry32(seed), options).catch((error: unknown) => {
      throw new Error(`replay with SIM_SEED=${seed}`, { cause: error });
    });
    changes += outcome.changes;
  }
  // A simulation in which nothing happens proves nothing.
  expect(changes).toBeGreaterThan(runs.length * 20);
}

describe('the real client and relay on simulated time, network and disks', () => {
  const limit = 10 * 60_000;

  it('[S1] converge, keep every acknowledged change and never lie', () => simulateAll(seeds(120), {}), limit);

  it('[S2] heal a relay whose disk was replaced', () => simulateAll(seeds(30), { wipes: true }), limit);
});
