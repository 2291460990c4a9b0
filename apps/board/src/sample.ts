import type { LabelColour } from './labels.ts';
import { addCard, addList, addStep, nameLabel } from './model.ts';
import type { BoardMut } from './schema.ts';

/** The three lists most boards begin with. Made when a person asks for them, never on open. */
export function addUsualLists(root: BoardMut): void {
  for (const title of ['To do', 'Doing', 'Done']) addList(root, title);
}

interface SampleCard {
  readonly title: string;
  readonly description?: string;
  readonly labels?: readonly LabelColour[];
  /** Days from today. */
  readonly due?: number;
  readonly done?: boolean;
  readonly steps?: readonly (readonly [text: string, done: boolean])[];
}

const names: Partial<Record<LabelColour, string>> = {
  green: 'Venue',
  yellow: 'Programme',
  red: 'Urgent',
  blue: 'Outreach',
};

const lists: readonly (readonly [title: string, cards: readonly SampleCard[]])[] = [
  [
    'Ideas',
    [
      { title: 'Live captions in the main hall', labels: ['green'] },
      { title: 'A quiet room for people who need a break', labels: ['green'] },
      { title: 'Lightning talks: five minutes, no slides', labels: ['yellow'] },
    ],
  ],
  [
    'To do',
    [
      {
        title: 'Book the venue',
        description:
          'The old library holds 180 people and has step-free access.\nAsk whether the garden comes with it.',
        labels: ['green', 'red'],
        due: 1,
        steps: [
          ['Compare two offers', true],
          ['Visit on a weekday', false],
          ['Sign the contract', false],
        ],
      },
      { title: 'Write the call for speakers', labels: ['yellow'], due: 6 },
      { title: 'Collect dietary needs in the sign-up form' },
    ],
  ],
  [
    'Doing',
    [
      {
        title: 'Invite the keynote speaker',
        labels: ['yellow', 'blue'],
        due: -1,
        steps: [
          ['Draft the letter', true],
          ['Agree on travel costs', false],
        ],
      },
      { title: 'Poster for the notice boards', labels: ['blue'], due: 12 },
    ],
  ],
  ['Done', [{ title: 'Choose a date', done: true, due: -9 }]],
];

/** Fills the board with a small conference to try things on. `dueDate` gives the civil date so many days from today. */
export function addSampleBoard(root: BoardMut, dueDate: (days: number) => string): void {
  if (root.title.get() === '') root.title.set('Autumn meet-up');
  for (const [label, name] of Object.entries(names)) nameLabel(root, label, name);
  for (const [title, cards] of lists) {
    const list = addList(root, title);
    for (const card of cards) addSampleCard(root, list, card, dueDate);
  }
}

function addSampleCard(
  root: BoardMut,
  list: string,
  card: SampleCard,
  dueDate: (days: number) => string,
): void {
  const id = addCard(root, list, card.title);
  const at = root.cards.at(id);
  for (const label of card.labels ?? []) at.labels.add(label);
  if (card.description) at.description.insert(0, card.description);
  if (card.due !== undefined) at.due.set(dueDate(card.due));
  if (card.done) at.done.set(true);
  for (const [text, done] of card.steps ?? []) {
    const step = addStep(root, id, text);
    if (done) at.steps.at(step).done.set(true);
  }
}
