import { Doc, type ReplicaId } from '@concord/crdt';
import { describe, expect, it } from 'vitest';
import { layoutOf, matches } from './layout.ts';
import {
  addCard,
  addList,
  addStep,
  archiveCard,
  archiveList,
  archiveOf,
  atEnd,
  gapAt,
  indexOfGap,
  listsOfUnfiled,
  moveCard,
  moveList,
  moveStep,
  nameLabel,
  progressOf,
  removeStep,
  restoreCard,
  restoreList,
  stepsOf,
  toggleLabel,
} from './model.ts';
import { addSampleBoard, addUsualLists } from './sample.ts';
import { type BoardMut, type BoardSchema, boardSchema } from './schema.ts';

const replica = (name: string): ReplicaId => name.repeat(16).slice(0, 16) as ReplicaId;

class User {
  readonly doc: Doc<BoardSchema>;
  constructor(name: string) {
    this.doc = new Doc(boardSchema, { replica: replica(name), now: () => 0 });
  }
  edit<T>(change: (root: BoardMut) => T): T {
    let result: T | undefined;
    this.doc.change((root) => {
      result = change(root);
    });
    this.doc.closeUndoStep();
    return result as T;
  }
  /** Titles by list, the unfiled ones under "?". */
  board(): Record<string, string[]> {
    const { view } = this.doc;
    const title = (id: string): string => view.cards[id]?.title ?? '';
    const { columns, unfiled } = layoutOf(view);
    const lists = columns.map(({ id, cards }) => [view.lists[id]?.title ?? '', cards.map(title)] as const);
    return Object.fromEntries(unfiled.length > 0 ? [...lists, ['?', unfiled.map(title)] as const] : lists);
  }
}

function sync(...users: User[]): void {
  for (const to of users)
    for (const from of users)
      if (to !== from) to.doc.apply(from.doc.changesSince(to.doc.version).map((change) => change.bytes));
  const [first] = users;
  for (const user of users) expect(user.doc.stateHash()).toBe(first?.doc.stateHash());
}

/** Ana and Bo, who both see To do (a, b, c) and Done. */
function twoUsers() {
  const [ana, bo] = [new User('a'), new User('b')];
  const ids = ana.edit((root) => {
    const todo = addList(root, 'To do');
    const done = addList(root, 'Done');
    const [a, b, c] = ['a', 'b', 'c'].map((title) => addCard(root, todo, title));
    return { todo, done, a: a ?? '', b: b ?? '', c: c ?? '' };
  });
  sync(ana, bo);
  return { ana, bo, ...ids };
}

describe('gaps', () => {
  it('are found by their neighbours, also when one of them went away', () => {
    expect(indexOfGap(['x', 'y'], gapAt(['x', 'y'], 1))).toBe(1);
    expect(indexOfGap(['x', 'new', 'y'], gapAt(['x', 'y'], 1))).toBe(2);
    expect(indexOfGap(['x', 'new'], gapAt(['x', 'y'], 1))).toBe(1);
    expect(indexOfGap(['new'], gapAt(['x', 'y'], 1))).toBe(1);
    expect(indexOfGap(['x', 'y'], atEnd)).toBe(2);
  });
});

describe('a board', () => {
  it('begins empty, and alike for two who open it', () => {
    const [ana, bo] = [new User('a'), new User('b')];
    expect(ana.board()).toEqual({});
    sync(ana, bo);
  });
  it('starts with the usual lists, or a sample, when asked', () => {
    const ana = new User('a');
    ana.edit(addUsualLists);
    expect(Object.keys(ana.board())).toEqual(['To do', 'Doing', 'Done']);
    const bo = new User('b');
    bo.edit((root) => addSampleBoard(root, (days) => (days < 0 ? '2026-01-01' : '2026-02-01')));
    expect(bo.board()['To do']?.[0]).toBe('Book the venue');
    const card = Object.values(bo.doc.view.cards).find((each) => each.title === 'Book the venue');
    expect(card && progressOf(card)).toEqual({ done: 1, of: 3 });
    bo.doc.undo();
    expect(bo.board()).toEqual({});
  });
  it('moves cards and lists, and writes nothing for a move to where they are', () => {
    const { ana, todo, done, a, b } = twoUsers();
    ana.edit((root) => expect(moveCard(root, a, done, atEnd)).toBe(true));
    ana.edit((root) => expect(moveCard(root, b, todo, gapAt(['c'], 1))).toBe(true));
    expect(ana.board()).toEqual({ 'To do': ['c', 'b'], Done: ['a'] });
    expect(ana.doc.change((root) => void moveCard(root, a, done, atEnd))).toBeNull();
    ana.edit((root) => moveList(root, done, gapAt([todo], 0)));
    expect(Object.keys(ana.board())).toEqual(['Done', 'To do']);
  });
  it('drops a card in a filtered list beside the neighbour that was in view', () => {
    const { ana, todo, a, c } = twoUsers();
    ana.edit((root) => moveCard(root, a, todo, gapAt([c], 1)));
    expect(ana.board()['To do']).toEqual(['b', 'c', 'a']);
    ana.edit((root) => moveCard(root, a, todo, gapAt([c], 0)));
    expect(ana.board()['To do']).toEqual(['b', 'a', 'c']);
  });
  it('archives and restores cards and lists where they were', () => {
    const { ana, todo, b } = twoUsers();
    ana.edit((root) => archiveCard(root, b));
    expect(ana.board()['To do']).toEqual(['a', 'c']);
    ana.edit((root) => restoreCard(root, b, null));
    expect(ana.board()['To do']).toEqual(['a', 'b', 'c']);
    ana.edit((root) => archiveList(root, todo));
    expect(ana.board()).toEqual({ Done: [] });
    expect(archiveOf(ana.doc.view)).toEqual({ cards: [], lists: [todo] });
    ana.edit((root) => restoreList(root, todo));
    expect(ana.board()).toEqual({ 'To do': ['a', 'b', 'c'], Done: [] });
  });
  it('restores a card whose list is archived into a list that can be seen', () => {
    const { ana, todo, done, a } = twoUsers();
    ana.edit((root) => archiveCard(root, a));
    ana.edit((root) => archiveList(root, todo));
    ana.edit((root) => restoreCard(root, a, done));
    expect(ana.board()).toEqual({ Done: ['a'] });
  });
  it('labels cards, and lets the board name its labels', () => {
    const { ana, a } = twoUsers();
    ana.edit((root) => toggleLabel(root, a, 'red'));
    ana.edit((root) => toggleLabel(root, a, 'blue'));
    ana.edit((root) => toggleLabel(root, a, 'red'));
    ana.edit((root) => nameLabel(root, 'blue', '  Idea '));
    expect(ana.doc.view.cards[a]?.labels).toEqual(['blue']);
    expect(ana.doc.view.labelNames).toEqual({ blue: 'Idea' });
    ana.edit((root) => nameLabel(root, 'blue', ' '));
    expect(ana.doc.view.labelNames).toEqual({});
  });
  it('keeps a checklist in order', () => {
    const { ana, a } = twoUsers();
    const [x, y, z] = ana.edit((root) => ['x', 'y', 'z'].map((text) => addStep(root, a, text)));
    const texts = (): string[] => {
      const card = ana.doc.view.cards[a];
      return card ? stepsOf(card).map((step) => card.steps[step]?.text ?? '') : [];
    };
    ana.edit((root) => expect(moveStep(root, a, z ?? '', -1)).toBe(true));
    expect(texts()).toEqual(['x', 'z', 'y']);
    ana.edit((root) => expect(moveStep(root, a, x ?? '', -1)).toBe(false));
    ana.edit((root) => moveStep(root, a, x ?? '', 1));
    expect(texts()).toEqual(['z', 'x', 'y']);
    ana.edit((root) => removeStep(root, a, x ?? ''));
    expect(texts()).toEqual(['z', 'y']);
    ana.edit((root) => moveStep(root, a, y ?? '', -1));
    expect(texts()).toEqual(['y', 'z']);
    ana.doc.undo();
    ana.doc.undo();
    expect(texts()).toEqual(['z', 'x', 'y']);
  });
  it('finds cards by title, description, checklist and label', () => {
    const { ana, a } = twoUsers();
    ana.edit((root) => {
      root.cards.at(a).description.insert(0, 'Ask the Library');
      addStep(root, a, 'Sign');
      toggleLabel(root, a, 'red');
    });
    const card = ana.doc.view.cards[a];
    if (!card) throw new Error('no card');
    const find = (query: string, labels: string[] = []) => matches(card, { query, labels }, () => 'Urgent');
    expect(find('library SIGN')).toBe(true);
    expect(find('urgent')).toBe(true);
    expect(find('garden')).toBe(false);
    expect(find('', ['blue'])).toBe(false);
    expect(find('', ['blue', 'red'])).toBe(true);
  });
});

describe('two people', () => {
  it('who move one card leave it in one list, once', () => {
    const { ana, bo, done, a, todo } = twoUsers();
    ana.edit((root) => moveCard(root, a, done, atEnd));
    bo.edit((root) => moveCard(root, a, todo, atEnd));
    sync(ana, bo);
    const everywhere = Object.values(ana.board()).flat();
    expect(everywhere.toSorted()).toEqual(['a', 'b', 'c']);
    expect(bo.board()).toEqual(ana.board());
  });
  it('lose no card that is moved into a list as it is archived', () => {
    const { ana, bo, done, a, b } = twoUsers();
    ana.edit((root) => moveCard(root, b, done, atEnd));
    sync(ana, bo);
    ana.edit((root) => archiveList(root, done));
    bo.edit((root) => moveCard(root, a, done, atEnd));
    sync(ana, bo);
    expect(ana.board()).toEqual({ 'To do': ['c'], '?': ['a'] });
    expect(listsOfUnfiled(ana.doc.view)).toEqual([done]);
    bo.edit((root) => restoreList(root, done));
    sync(ana, bo);
    expect(ana.board()).toEqual({ 'To do': ['c'], Done: ['b', 'a'] });
  });
  it('lose no card that stands in a list whose making is undone', () => {
    const { ana, bo, a } = twoUsers();
    const list = ana.edit((root) => addList(root, 'Later'));
    sync(ana, bo);
    bo.edit((root) => moveCard(root, a, list, atEnd));
    sync(ana, bo);
    ana.doc.undo();
    sync(ana, bo);
    expect(ana.board()).toEqual({ 'To do': ['b', 'c'], Done: [], '?': ['a'] });
  });
  it('keep the edits to a card that one of them archives', () => {
    const { ana, bo, a } = twoUsers();
    ana.edit((root) => archiveCard(root, a));
    bo.edit((root) => root.cards.at(a).description.insert(0, 'Late words'));
    sync(ana, bo);
    expect(ana.board()['To do']).toEqual(['b', 'c']);
    ana.edit((root) => restoreCard(root, a, null));
    expect(ana.doc.view.cards[a]?.description.text).toBe('Late words');
  });
  it('write one description together', () => {
    const { ana, bo, a } = twoUsers();
    ana.edit((root) => root.cards.at(a).description.insert(0, 'Hello world'));
    sync(ana, bo);
    ana.edit((root) => root.cards.at(a).description.insert(5, ', dear'));
    bo.edit((root) => root.cards.at(a).description.delete(0, 5));
    sync(ana, bo);
    expect(ana.doc.view.cards[a]?.description.text).toBe(', dear world');
  });
  it('undo their own move only', () => {
    const { ana, bo, todo, done, a, b } = twoUsers();
    ana.edit((root) => moveCard(root, a, done, atEnd));
    bo.edit((root) => moveCard(root, b, done, atEnd));
    sync(ana, bo);
    ana.doc.undo();
    sync(ana, bo);
    expect(bo.board()['To do']).toEqual(['a', 'c']);
    expect(bo.board().Done).toEqual(['b']);
    expect(bo.doc.view.places.parentOf[a]).toBe(todo);
  });
});
