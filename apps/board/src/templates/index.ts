import { currentLocale } from '@concord/ui';
import { addCard, addList, addStep, nameLabel } from '../model.ts';
import { addSampleBoard, addUsualLists } from '../sample.ts';
import type { BoardMut } from '../schema.ts';

type Fill = (root: BoardMut, inDays: (days: number) => string) => void;

/** What the template puts on an empty board, in the reader's language. Null: there is no such template. */
export async function template(name: string): Promise<Fill | null> {
  if (name === 'steps') return (root) => addUsualLists(root);
  if (name === 'meetup') return addSampleBoard;
  if (name !== 'sprint') return null;
  const { sprint: words } = await load();
  return (root, inDays) => addSprint(root, words, inDays);
}

async function load() {
  if (currentLocale() === 'de') return (await import('./de.ts')).german;
  if (currentLocale() === 'ar') return (await import('./ar.ts')).arabic;
  return (await import('./en.ts')).english;
}

type Words = Awaited<ReturnType<typeof load>>['sprint'];

function addSprint(root: BoardMut, words: Words, inDays: (days: number) => string): void {
  root.title.set(words.title);
  for (const [label, name] of Object.entries(words.labels)) nameLabel(root, label, name);
  const [backlog, ready, doing, review, done] = [
    words.lists.backlog,
    words.lists.ready,
    words.lists.doing,
    words.lists.review,
    words.lists.done,
  ].map((title) => addList(root, title)) as [string, string, string, string, string];
  const card = (list: string, title: string, label: keyof Words['labels']) => {
    const id = addCard(root, list, title);
    root.cards.at(id).labels.add(label);
    return { id, at: root.cards.at(id) };
  };
  card(backlog, words.export, 'blue');
  card(ready, words.search, 'blue').at.due.set(inDays(10));
  card(ready, words.retro, 'green').at.due.set(inDays(14));
  const slow = card(doing, words.slow, 'red');
  slow.at.due.set(inDays(3));
  slow.at.description.insert(0, words.definition);
  for (const [index, text] of words.steps.entries()) {
    const step = addStep(root, slow.id, text);
    if (index === 0) slow.at.steps.at(step).done.set(true);
  }
  card(review, words.login, 'red').at.due.set(inDays(1));
  card(done, words.update, 'green').at.done.set(true);
}
