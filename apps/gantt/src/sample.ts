import type { Day } from './civil.ts';
import { addLink, addTask, type TaskEdit } from './model.ts';
import type { LinkType } from './schedule.ts';
import type { PlanMut } from './schema.ts';
import { words } from './words.ts';

type SampleTask = readonly [
  name: keyof typeof words.sample,
  edit: TaskEdit,
  ...links: (readonly [row: number, type: LinkType, lag?: number])[],
];

/** A plan with something of everything: all four kinds of links, lags, milestones, slack. Rows count from 0. */
const SAMPLE: readonly SampleTask[] = [
  ['kickOff', { milestone: true, colour: 'amber' }],
  ['interview', { duration: 5, progress: 100, colour: 'blue' }, [0, 'FS']],
  ['brief', { duration: 3, progress: 100, colour: 'blue' }, [1, 'FS', -1]],
  ['agreed', { milestone: true, colour: 'amber' }, [2, 'FS']],
  ['design', { duration: 8, progress: 60, colour: 'purple' }, [3, 'FS']],
  ['texts', { duration: 6, progress: 35, colour: 'green' }, [4, 'SS', 2]],
  ['build', { duration: 10, progress: 20, colour: 'teal' }, [4, 'FS', -2]],
  ['review', { duration: 2, colour: 'green' }, [5, 'FF', 2]],
  ['test', { duration: 4, colour: 'teal' }, [6, 'FS'], [7, 'FS']],
  ['train', { duration: 3, colour: 'blue' }, [8, 'SS', 1]],
  ['launch', { milestone: true, colour: 'red' }, [8, 'FS', 1], [9, 'FS']],
  ['oldSite', { duration: 12 }, [10, 'SF', 2]],
];

/** Adds the sample after the rows that are there. */
export function addSample(root: PlanMut, today: Day): void {
  const keys = SAMPLE.map(([name, edit]) =>
    addTask(root, null, today, { name: words.sample[name], ...edit }),
  );
  for (const [row, [, , ...links]] of SAMPLE.entries()) {
    for (const [from, type, lag] of links) {
      const [source, target] = [keys[from], keys[row]];
      if (source !== undefined && target !== undefined) addLink(root, source, target, type, lag);
    }
  }
}
