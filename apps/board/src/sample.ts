import type { LabelColour } from './labels.ts';
import { addCard, addList, addStep, nameLabel } from './model.ts';
import type { BoardMut } from './schema.ts';
import { words } from './words.ts';

/** The three lists most boards begin with. Made when a person asks for them, never on open. */
export function addUsualLists(root: BoardMut): void {
  for (const title of words.usualLists) addList(root, title);
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

const namesOf = (): Partial<Record<LabelColour, string>> => {
  const { sample } = words;
  return { green: sample.venue, yellow: sample.programme, red: sample.urgent, blue: sample.outreach };
};

function listsOf(): readonly (readonly [title: string, cards: readonly SampleCard[]])[] {
  const { sample, usualLists } = words;
  const [todo = '', doing = '', done = ''] = usualLists;
  return [
    [
      sample.ideas,
      [
        { title: sample.captions, labels: ['green'] },
        { title: sample.quiet, labels: ['green'] },
        { title: sample.lightning, labels: ['yellow'] },
      ],
    ],
    [
      todo,
      [
        {
          title: sample.book,
          description: sample.bookHint,
          labels: ['green', 'red'],
          due: 1,
          steps: [
            [sample.offers, true],
            [sample.visit, false],
            [sample.sign, false],
          ],
        },
        { title: sample.call, labels: ['yellow'], due: 6 },
        { title: sample.dietary },
      ],
    ],
    [
      doing,
      [
        {
          title: sample.keynote,
          labels: ['yellow', 'blue'],
          due: -1,
          steps: [
            [sample.letter, true],
            [sample.travel, false],
          ],
        },
        { title: sample.poster, labels: ['blue'], due: 12 },
      ],
    ],
    [done, [{ title: sample.date, done: true, due: -9 }]],
  ];
}

/** Fills the board with a small conference to try things on. `dueDate` gives the civil date so many days from today. */
export function addSampleBoard(root: BoardMut, dueDate: (days: number) => string): void {
  if (root.title.get() === '') root.title.set(words.sample.title);
  for (const [label, name] of Object.entries(namesOf())) nameLabel(root, label, name);
  for (const [title, cards] of listsOf()) {
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
