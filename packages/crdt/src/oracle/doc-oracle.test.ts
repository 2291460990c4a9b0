import { expect, test } from 'vitest';
import { forSeeds, seededRandom } from '../testing/random.ts';
import { Game } from './game.ts';

/** ORACLE_SEEDS=n for a long soak; ORACLE_FIRST=n to begin at a seed that failed. */
const SEEDS = Number(process.env.ORACLE_SEEDS ?? 45);
const FIRST = Number(process.env.ORACLE_FIRST ?? 1);

/** Returns the situations that came up. */
function play(seed: number, undo: boolean): ReadonlySet<string> {
  const random = seededRandom(seed);
  const game = new Game(random, 3 + random.int(3), undo);
  for (let step = 60 + random.int(240); step > 0; step--) game.step();
  game.settle();
  game.checkUndo();
  game.settle();
  return game.met;
}

test('[S6] documents of every type show what the models say', { timeout: 0 }, () => {
  const met = new Set<string>();
  forSeeds(
    SEEDS,
    (_, seed) => {
      for (const situation of play(seed, true)) met.add(situation);
    },
    FIRST,
  );
  if (SEEDS < 10) return;
  expect([...met].sort()).toEqual([
    'active edge',
    'dormant edge',
    'known change',
    'parked change',
    'skipped move',
    'suspended edge',
    'undo',
  ]);
});

test('[RGA5] without undo, every letter that was typed and not deleted is there', { timeout: 0 }, () => {
  forSeeds(Math.ceil(SEEDS / 3), (_, seed) => void play(seed, false), FIRST);
});
