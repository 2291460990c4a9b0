import { Doc, type DocEvent } from '@concord/crdt';
import { describe, expect, it } from 'vitest';
import { addCard, addList, archiveCard, atEnd, gapAt, moveCard } from './model.ts';
import { type Deed, deedsOf, OwnDeeds } from './notes.ts';
import { type BoardMut, boardSchema } from './schema.ts';

/** What Bo is told of what Ana does. */
function watching() {
  const [ana, bo] = [new Doc(boardSchema), new Doc(boardSchema)];
  const events: DocEvent[] = [];
  bo.subscribe((event) => events.push(event));
  return {
    doc: ana,
    told(edit: (root: BoardMut) => void): readonly Deed[] {
      ana.change(edit);
      events.length = 0;
      bo.apply(ana.changesSince(bo.version).map((change) => change.bytes));
      return events.flatMap(deedsOf);
    },
  };
}

function board() {
  const { doc, told } = watching();
  let [list, other, card, next] = ['', '', '', ''];
  told((root) => {
    list = addList(root, 'To do');
    other = addList(root, 'Done');
    card = addCard(root, list, 'a');
    next = addCard(root, list, 'b');
  });
  return { doc, told, list, other, card, next };
}

describe('what others did', () => {
  it('is told once for each card', () => {
    const { told, list, other, card, next } = board();
    expect(told((root) => void moveCard(root, card, other, atEnd))).toEqual([
      { card, what: 'moved', list: other, across: true },
    ]);
    expect(told((root) => void moveCard(root, next, list, atEnd))).toEqual([]);
    expect(told((root) => void root.cards.at(card).description.insert(0, 'x'))).toEqual([
      { card, what: 'edited', list: null, across: false },
    ]);
    expect(told((root) => void addCard(root, list, 'c', gapAt([next], 0)))[0]?.what).toBe('added');
  });
  it('says the weightiest of several deeds', () => {
    const { told, other, card } = board();
    const deeds = told((root) => {
      root.cards.at(card).title.set('new');
      moveCard(root, card, other, atEnd);
      archiveCard(root, card);
    });
    expect(deeds.map((deed) => deed.what)).toEqual(['archived']);
    expect(told((root) => root.cards.at(card).archived.set(false))[0]?.what).toBe('restored');
  });
  it('leaves lists out', () => {
    const { told, list } = board();
    expect(told((root) => root.lists.at(list).title.set('Later'))).toEqual([]);
  });
});

describe("the reader's own deeds", () => {
  const moved: Deed = { card: 'x', what: 'moved', list: 'l', across: true };
  it('count for two minutes, and once', () => {
    const own = new OwnDeeds();
    own.record([moved], 1000, false);
    expect(own.take('x', 2000)).toBe('moved');
    expect(own.take('x', 2000)).toBeNull();
    own.record([moved], 1000, false);
    expect(own.take('x', 121_001)).toBeNull();
  });
  it('made offline count until they are answered', () => {
    const own = new OwnDeeds();
    own.record([moved], 0, true);
    expect(own.take('x', 9_999_999)).toBe('moved');
  });
});
