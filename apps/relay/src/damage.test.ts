import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DamagedLog, type Reading } from './testing/damage.ts';

const LIMIT = 10 * 60_000;
/** The long run (`DAMAGE=every`) takes every byte and every bit; the usual one as many as fit into seconds. */
const EVERY = process.env.DAMAGE === 'every';

describe('[K14] a log torn at any byte', () => {
  const COMMITS = 24;
  let log: DamagedLog;
  beforeAll(async () => {
    log = await DamagedLog.make(COMMITS, 'killed');
  });
  afterAll(() => log.end());

  it(
    'holds every commit that was whole, and no part of another',
    async () => {
      const wal = log.bytes('log.sqlite-wal');
      const last = log.commits.at(-6) ?? 0;
      // Every byte of the last commits would be 24,000 openings: a prime step meets all parts of a frame.
      for (let cut = wal.length; cut >= last; cut -= EVERY ? 1 : 97) {
        const { refused, claimed, read, wrong } = await log.read('log.sqlite-wal', wal.subarray(0, cut));
        const whole = log.commits.filter((size) => size <= cut).length;
        expect({ cut, refused, claimed, read: read.length, wrong }).toEqual({
          cut,
          refused: null,
          claimed: log.changesIn(whole),
          read: log.changesIn(whole),
          wrong: 0,
        });
      }
    },
    LIMIT,
  );
});

/** What a client may be told: all that is claimed, or an error. What is handed out is what was written. */
function isHonest({ refused, claimed, read, wrong }: Reading): boolean {
  return wrong === 0 && (refused !== null || read.length === claimed);
}

describe.each(['killed', 'closed'] as const)(
  '[K15] a flipped bit in the log of a relay that was %s',
  (how) => {
    let log: DamagedLog;
    beforeAll(async () => {
      log = await DamagedLog.make(how === 'killed' ? 12 : 60, how);
    });
    afterAll(() => log.end());

    it(
      'is refused, set aside or cut off: nothing false is handed out, and no more is claimed than is there',
      async () => {
        const file = how === 'killed' ? 'log.sqlite-wal' : 'log.sqlite';
        const bytes = log.bytes(file);
        const bits = bytes.length * 8;
        let noticed = 0;
        for (let bit = 0; bit < bits; bit += EVERY ? 1 : Math.ceil(bits / 1_500)) {
          const damaged = Buffer.from(bytes);
          damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
          const reading = await log.read(file, damaged);
          if (!isHonest(reading))
            throw new Error(`bit ${bit}: ${JSON.stringify({ ...reading, read: reading.read.length })}`);
          if (reading.refused !== null || reading.read.length < log.changesIn(log.commits.length)) noticed++;
        }
        // If no flip was ever noticed, none was made where it counts.
        expect(noticed).toBeGreaterThan(50);
      },
      LIMIT,
    );
  },
);
