// @vitest-environment happy-dom
import { Doc, ROOT, TRASH } from '@concord/crdt';
import { entriesOf } from '@concord/shell';
import { expect, test } from 'vitest';
import type { BlocksSession } from '../editing.ts';
import { addBlock, contentRange, moveAnyway, removeBlock, turnInto } from '../model.ts';
import { type BlocksMut, blocksSchema } from '../schema.ts';
import { blocksConflicts } from './conflicts.ts';

type Page = Doc<typeof blocksSchema>;

function two(...texts: readonly string[]) {
  const [ana, bo] = [new Doc(blocksSchema), new Doc(blocksSchema)];
  const ids = texts.map((text) => {
    let id = '';
    ana.change((root) => {
      id = addBlock(root, { parent: ROOT, after: null }, 'text', text);
    });
    return id;
  });
  const tell = (from: Page, to: Page): void =>
    void to.apply(from.changesSince(to.version).map(({ bytes }) => bytes));
  tell(ana, bo);
  const apart = (mine: (root: BlocksMut) => void, theirs: (root: BlocksMut) => void): void => {
    ana.change(mine);
    bo.change(theirs);
    tell(ana, bo);
    tell(bo, ana);
  };
  const inboxOf = (doc: Page) =>
    entriesOf({
      session: { doc } as unknown as BlocksSession,
      views: blocksConflicts,
      since: new Map(),
      mine: new Set([doc.replica]),
    });
  return { ana, bo, ids: ids as [string, string, string], apart, inboxOf };
}

test('two moves that would close a ring: both are told once which was skipped, and it can be applied anyway', async () => {
  const { ana, bo, ids, apart, inboxOf } = two('Hen', 'Egg');
  const [hen, egg] = ids;
  apart(
    (root) => moveAnyway(root, hen, egg),
    (root) => moveAnyway(root, egg, hen),
  );
  const [hers, his] = [await inboxOf(ana), await inboxOf(bo)];
  expect([hers.length, his.length]).toEqual([1, 1]);
  expect(hers[0]).toMatchObject({ mine: '“Hen” → “Egg”', theirs: '“Egg” → “Hen”' });
  const henHolds = ana.view.tree.parent[hen] === egg;
  expect([hers[0]?.holds, his[0]?.holds]).toEqual(henHolds ? ['mine', 'theirs'] : ['theirs', 'mine']);
  hers[0]?.take?.run();
  expect(ana.view.tree.parent[henHolds ? egg : hen]).toBe(henHolds ? hen : egg);
  expect(await inboxOf(ana)).toEqual([]);
});

test('a block, or one that it stands in, deleted while somebody wrote: told with the words, and restored', async () => {
  const { ana, bo, ids, apart, inboxOf } = two('Top', 'Inner');
  const [top, inner] = ids;
  ana.change((root) => moveAnyway(root, inner, top));
  apart(
    (root) => removeBlock(root, top),
    (root) => root.stream.insert(contentRange(root, inner)?.end ?? 0, ' words'),
  );
  // Bo wrote without knowing of the deletion, in a block that stood elsewhere for him.
  const his = await inboxOf(bo);
  expect(his).toHaveLength(1);
  expect(his[0]).toMatchObject({ mine: 'wrote “ words”', theirs: 'deleted', holds: 'both' });
  his[0]?.take?.run();
  expect(bo.view.tree.parent[top]).not.toBe(TRASH);
});

test('a block turned into two types, and one moved to two places', async () => {
  const { ana, ids, apart, inboxOf } = two('One', 'Two', 'Three');
  const [one, second, third] = ids;
  apart(
    (root) => {
      turnInto(root, one, 'quote');
      moveAnyway(root, one, second);
    },
    (root) => {
      turnInto(root, one, 'todo');
      moveAnyway(root, one, third);
    },
  );
  const told = (await inboxOf(ana)).map(({ what, mine, theirs }) => [what, mine, theirs]);
  expect(told.sort()).toEqual([
    ['Kind', 'Quote', 'To-do'],
    ['Place', '“Two”', '“Three”'],
  ]);
});

test('typing together in one block is no news', async () => {
  const { ana, ids, apart, inboxOf } = two('One');
  const write = (root: BlocksMut): void => root.stream.insert(contentRange(root, ids[0])?.end ?? 0, 'x');
  apart(write, write);
  expect(await inboxOf(ana)).toEqual([]);
});
