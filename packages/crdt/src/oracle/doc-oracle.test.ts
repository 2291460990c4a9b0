import { test } from 'vitest';
import { forSeeds, seededRandom } from '../testing/random.ts';
import { Game } from './game.ts';

/** ORACLE_SEEDS=n for a long soak; ORACLE_FIRST=n to begin at a seed that failed. */
const SEEDS = Number(process.env.ORACLE_SEEDS ?? 45);
const FIRST = Number(process.env.ORACLE_FIRST ?? 1);

function play(seed: number, undo: boolean): void {
  const random = seededRandom(seed);
  const game = new Game(random, 3 + random.int(3), undo);
  for (let step = 60 + random.int(240); step > 0; step--) game.step();
  game.settle();
  game.checkUndo();
  game.settle();
}

test('documents of every type show what the models say', { timeout: 0 }, () => {
  forSeeds(SEEDS, (_, seed) => play(seed, true), FIRST);
});

test('without undo, every letter that was typed and not deleted is there', { timeout: 0 }, () => {
  forSeeds(Math.ceil(SEEDS / 3), (_, seed) => play(seed, false), FIRST);
});
