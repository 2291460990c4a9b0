import { describe, expect, it } from 'vitest';
import { fuzzCodec, fuzzConnection } from './testing/frame-fuzz.ts';

// `npm run bench -- fuzz --cases 10000000` is the long run.
describe('[C10] frames that are nearly right', () => {
  it('are decoded faithfully or refused, whatever they hold', () => {
    const { accepted } = fuzzCodec(1, 40_000);
    // Neither all nor nothing gets through: both would test one half only.
    expect(accepted).toBeGreaterThan(4_000);
    expect(accepted).toBeLessThan(36_000);
  });

  it('cost their sender the connection, and nobody else anything', async () => {
    let [cases, closed] = [0, 0];
    for (let seed = 1; seed <= 5; seed++) {
      const report = await fuzzConnection(seed, 2_000);
      cases += report.cases;
      closed += report.closed;
    }
    // Some are shown the door, and most of what is sent gets past it.
    expect(closed).toBeGreaterThan(100);
    expect(closed).toBeLessThan(cases / 3);
  });
});
