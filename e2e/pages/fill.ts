import type { Person } from '../fixtures/person.ts';
import type { AppKind } from './app-page.ts';

const FILL: Record<AppKind, (person: Person) => Promise<void>> = {
  board: (person) => person.page.getByRole('button', { name: 'Try a sample board' }).click(),
  blocks: (person) => person.page.getByRole('button', { name: 'Try a sample page' }).click(),
  gantt: (person) => person.gantt.beginWithSample(),
  docs: async (person) => {
    await person.docs.type('# A letter to all');
    await person.docs.press('Enter');
    await person.docs.type('We meet on **Friday** in the *old* library.');
    await person.docs.press('Enter');
    await person.docs.type('- Bring chairs');
    await person.docs.press('Enter');
    await person.docs.type('Bring songs');
    await person.docs.press('Enter', 'Enter');
    await person.docs.type('> See you there');
  },
};

/** Fills an empty document with something of everything, as its own sample does. */
export const fill = (person: Person, kind: AppKind): Promise<void> => FILL[kind](person);
