import { currentLocale } from '@concord/ui';
import type { Day } from '../civil.ts';
import { addLink, addTask, type TaskEdit } from '../model.ts';
import { addSample } from '../sample.ts';
import type { LinkType } from '../schedule.ts';
import type { PlanMut } from '../schema.ts';

type Fill = (root: PlanMut, today: Day) => void;

/** What the template puts into an empty plan, in the reader's language. Null: there is no such template. */
export async function template(name: string): Promise<Fill | null> {
  const words = await load();
  if (name === 'website') {
    return (root, today) => {
      root.title.set(words.website);
      addSample(root, today);
    };
  }
  return name === 'event' ? (root, today) => addEvent(root, words.event, today) : null;
}

async function load() {
  if (currentLocale() === 'de') return (await import('./de.ts')).german;
  if (currentLocale() === 'ar') return (await import('./ar.ts')).arabic;
  return (await import('./en.ts')).english;
}

type Words = Awaited<ReturnType<typeof load>>['event'];
type Task = keyof Words['tasks'];

const TASKS: readonly (readonly [Task, TaskEdit, ...(readonly [Task, LinkType, number?])[]])[] = [
  ['start', { milestone: true, colour: 'amber' }],
  ['date', { duration: 5, colour: 'blue' }, ['start', 'FS']],
  ['budget', { duration: 3, colour: 'purple' }, ['date', 'SS', 1]],
  ['booked', { milestone: true, colour: 'amber' }, ['date', 'FS'], ['budget', 'FS']],
  ['speakers', { duration: 8, colour: 'teal' }, ['booked', 'FS']],
  ['programme', { duration: 4, colour: 'teal' }, ['speakers', 'FS', -2]],
  ['page', { duration: 3, colour: 'green' }, ['booked', 'FS']],
  ['announce', { duration: 2, colour: 'green' }, ['page', 'FS'], ['programme', 'SS']],
  ['helpers', { duration: 10, colour: 'blue' }, ['booked', 'FS', 3]],
  ['rehearse', { duration: 1, colour: 'purple' }, ['programme', 'FS', 5], ['helpers', 'FS']],
  ['day', { milestone: true, colour: 'red' }, ['rehearse', 'FS', 1], ['announce', 'FS', 10]],
  ['thanks', { duration: 3 }, ['day', 'FS']],
];

function addEvent(root: PlanMut, words: Words, today: Day): void {
  root.title.set(words.title);
  const keys = new Map(
    TASKS.map(([task, edit]) => [task, addTask(root, null, today, { name: words.tasks[task], ...edit })]),
  );
  for (const [task, , ...links] of TASKS) {
    for (const [from, type, lag] of links) {
      const [source, target] = [keys.get(from), keys.get(task)];
      if (source !== undefined && target !== undefined) addLink(root, source, target, type, lag);
    }
  }
}
