// @vitest-environment happy-dom
import { Doc, type VersionVector } from '@concord/crdt';
import { entriesOf } from '@concord/shell';
import { expect, test } from 'vitest';
import { addCard, addList, archiveCard, archiveList, atEnd, moveCard } from '../model.ts';
import { type BoardMut, boardSchema } from '../schema.ts';
import type { BoardSession } from '../session.ts';
import { boardConflicts } from './conflicts.ts';

type BoardDoc = Doc<typeof boardSchema>;

function two() {
  const [ana, bo] = [new Doc(boardSchema), new Doc(boardSchema)];
  const lists = ['To do', 'Doing', 'Done'].map((title) => {
    let id = '';
    ana.change((root) => {
      id = addList(root, title);
    });
    return id;
  });
  let card = '';
  ana.change((root) => {
    card = addCard(root, lists[0] ?? '', 'Milk');
  });
  const tell = (from: BoardDoc, to: BoardDoc): void =>
    void to.apply(from.changesSince(to.version).map(({ bytes }) => bytes));
  const meet = (): void => {
    tell(ana, bo);
    tell(bo, ana);
  };
  meet();
  const since: VersionVector = ana.version;
  const inboxOf = (doc: BoardDoc) =>
    entriesOf({
      session: { doc } as unknown as BoardSession,
      views: boardConflicts,
      since,
      mine: new Set([doc.replica]),
    });
  /** Both at once, then they meet. */
  const apart = (mine: (root: BoardMut) => void, theirs: (root: BoardMut) => void): void => {
    ana.change(mine);
    bo.change(theirs);
    meet();
  };
  return { ana, bo, lists: lists as [string, string, string], card, meet, apart, inboxOf };
}

test('a card that two moved: both sides are told the same truth, and one click takes the other', async () => {
  const { ana, bo, lists, card, meet, apart, inboxOf } = two();
  const [, doing, done] = lists;
  apart(
    (root) => moveCard(root, card, doing, atEnd),
    (root) => moveCard(root, card, done, atEnd),
  );
  const [hers, ...rest] = await inboxOf(ana);
  const [his] = await inboxOf(bo);
  expect(rest).toEqual([]);
  expect(hers).toMatchObject({ thing: 'Milk', what: 'List', mine: 'Doing', theirs: 'Done' });
  expect(his).toMatchObject({ mine: 'Done', theirs: 'Doing' });
  const isAt = (list: string): boolean => ana.view.places.parentOf[card] === list;
  expect([hers?.holds, his?.holds]).toEqual(isAt(doing) ? ['mine', 'theirs'] : ['theirs', 'mine']);
  const wasDoing = isAt(doing);
  hers?.take?.run();
  expect(isAt(wasDoing ? done : doing)).toBe(true);
  meet();
  expect([await inboxOf(ana), await inboxOf(bo)]).toEqual([[], []]);
  ana.undo();
  expect(isAt(wasDoing ? doing : done)).toBe(true);
});

test('a card that two moved within its list: both places are told as they are there now, and one is taken', async () => {
  const { ana, bo, lists, card, meet, apart, inboxOf } = two();
  const [todo] = lists;
  for (const title of ['Bread', 'Salt', 'Tea']) ana.change((root) => void addCard(root, todo, title));
  const [, bread = ''] = ana.view.places.byParent[todo] ?? [];
  // What is archived keeps its place and is not counted.
  ana.change((root) => archiveCard(root, bread));
  meet();
  apart(
    (root) => root.places.place(card, todo, 3),
    (root) => root.places.place(card, todo, 2),
  );
  const [hers, ...rest] = await inboxOf(ana);
  const [his] = await inboxOf(bo);
  expect(rest).toEqual([]);
  expect(hers).toMatchObject({ thing: 'Milk', what: 'Place', mine: '3rd in To do', theirs: '2nd in To do' });
  expect(his).toMatchObject({ mine: '2nd in To do', theirs: '3rd in To do' });
  const at = (): number => ana.view.places.byParent[todo]?.indexOf(card) ?? -1;
  const [before, other] = hers?.holds === 'mine' ? [3, 2] : [2, 3];
  expect(at()).toBe(before);
  hers?.take?.run();
  expect(at()).toBe(other);
  meet();
  expect([await inboxOf(ana), await inboxOf(bo)]).toEqual([[], []]);
});

test('a card archived while somebody worked on it: its work is kept, and the card one click away', async () => {
  const { ana, bo, card, apart, inboxOf } = two();
  apart(
    (root) => {
      root.cards.at(card).due.set('2026-01-01');
      root.cards.at(card).description.insert(0, 'from the shop');
    },
    (root) => archiveCard(root, card),
  );
  const hers = await inboxOf(ana);
  expect(hers).toHaveLength(1);
  expect(hers[0]).toMatchObject({ mine: 'edited', theirs: 'archived', holds: 'both' });
  expect((await inboxOf(bo))[0]).toMatchObject({ mine: 'archived', theirs: 'edited' });
  hers[0]?.take?.run();
  expect(ana.view.cards[card]).toMatchObject({ archived: false, due: '2026-01-01' });
  expect(await inboxOf(ana)).toEqual([]);
});

test('two titles, two dates: each is told; the same title twice is not', async () => {
  const { ana, card, apart, inboxOf } = two();
  apart(
    (root) => {
      root.cards.at(card).title.set('Oat milk');
      root.cards.at(card).due.set('2026-01-01');
      root.cards.at(card).done.set(true);
    },
    (root) => {
      root.cards.at(card).title.set('Soy milk');
      root.cards.at(card).due.set('2026-01-02');
      root.cards.at(card).done.set(true);
    },
  );
  const told = await inboxOf(ana);
  expect(told.map(({ what }) => what).sort()).toEqual(['Due date', 'Title']);
  expect(told.find(({ what }) => what === 'Title')).toMatchObject({ mine: 'Oat milk', theirs: 'Soy milk' });
});

test('a card that came to a list while it was archived waits to be filed', () => {
  const { ana, card, lists, apart } = two();
  apart(
    (root) => archiveList(root, lists[1]),
    (root) => moveCard(root, card, lists[1], atEnd),
  );
  const session = { doc: ana } as unknown as BoardSession;
  const [waiting] = boardConflicts.waiting?.(session, {} as never) ?? [];
  expect(waiting).toMatchObject({ title: 'Milk' });
  waiting?.fix?.run();
  expect(ana.view.places.parentOf[card]).toBe(lists[0]);
});
