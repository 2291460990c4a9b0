import { mulberry32 } from '@concord/sync/testing';
import { describe, expect, it } from 'vitest';
import { simulate } from './testing/simulation.ts';

const replay = process.env.SIM_SEED;
const seeds =
  replay === undefined
    ? Array.from({ length: Number(process.env.SIM_SEEDS ?? 60) }, (_, i) => i + 1)
    : [Number(replay)];

describe('the real client and relay on simulated time, network and disks', () => {
  it(`[S1] converge, keep every acknowledged change and never lie, in ${seeds.length} seeds`, async () => {
    let changes = 0;
    for (const seed of seeds) {
      const outcome = await simulate(seed, mulberry32(seed)).catch((error: unknown) => {
        throw new Error(`replay with SIM_SEED=${seed}`, { cause: error });
      });
      changes += outcome.changes;
    }
    // A simulation in which nothing happens proves nothing.
    expect(changes).toBeGreaterThan(seeds.length * 20);
  }, 120_000);
});
