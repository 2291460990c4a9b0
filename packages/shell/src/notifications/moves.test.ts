import { Doc, lww, object, placement, ROOT, record, replicaId, tree } from '@concord/crdt';
import { expect, test } from 'vitest';
import { follows, movesSince } from './moves.ts';

const schema = object({ title: lww(''), cards: record(object({})), places: placement(), tree: tree() });
const made = (index: number) =>
  new Doc(schema, { replica: replicaId(String(index).padStart(16, '0')), now: () => 5000 });
const sync = (from: Doc<typeof schema>, to: Doc<typeof schema>): void =>
  void to.apply(from.changesSince(to.version).map((change) => change.bytes));

function board() {
  const [ana, bo] = [made(1), made(2)];
  let card = '';
  ana.change((root) => {
    card = root.cards.create();
    root.places.place(card, 'todo', 0);
  });
  sync(ana, bo);
  return { ana, bo, card };
}

test('the last move of each thing by somebody else, and when', () => {
  const { ana, bo, card } = board();
  const before = ana.version;
  bo.change((root) => root.places.place(card, 'doing', 0));
  bo.change((root) => root.places.place(card, 'done', 0));
  sync(bo, ana);
  expect(movesSince(ana, 'places', before)).toEqual([{ item: card, replica: bo.replica, at: 5000 }]);
  expect(movesSince(ana, 'places', ana.version)).toEqual([]);
  expect(movesSince(bo, 'places', new Map())).toEqual([]);
});

test('who places their own new thing, takes a thing away or edits it, moves nothing', () => {
  const { ana, bo, card } = board();
  const before = ana.version;
  bo.change((root) => {
    root.places.place(root.cards.create(), 'todo', 0);
    root.title.set('x');
  });
  bo.change((root) => root.places.remove(card));
  sync(bo, ana);
  expect(movesSince(ana, 'places', before)).toEqual([]);
});

test('a tree tells its moves too', () => {
  const { ana, bo } = board();
  const block = `0@${ana.replica}`;
  ana.change((root) => root.tree.move(block, ROOT, 0));
  sync(ana, bo);
  const before = ana.version;
  bo.change((root) => root.tree.move(`1@${ana.replica}`, ROOT, 0));
  sync(bo, ana);
  expect(movesSince(ana, 'tree', before).map(({ item }) => item)).toEqual([`1@${ana.replica}`]);
});

test('one follows what one made and what one said something about', () => {
  const { ana, bo, card } = board();
  const none = new Set<string>();
  expect(follows(card, (replica) => replica === ana.replica, none)).toBe(true);
  expect(follows(card, (replica) => replica === bo.replica, none)).toBe(false);
  expect(follows(card, (replica) => replica === bo.replica, new Set([card]))).toBe(true);
});
