// @vitest-environment happy-dom
import { Doc } from '@concord/crdt';
import { entriesOf } from '@concord/shell';
import { expect, test } from 'vitest';
import type { DocsSession } from '../editor/create-editor.ts';
import { docsSchema } from '../schema.ts';
import { docsConflicts } from './conflicts.ts';

type Text = Doc<typeof docsSchema>;

function two(words: string) {
  const [ana, bo] = [new Doc(docsSchema), new Doc(docsSchema)];
  ana.change((root) => root.body.insert(0, words));
  const tell = (from: Text, to: Text): void =>
    void to.apply(from.changesSince(to.version).map(({ bytes }) => bytes));
  tell(ana, bo);
  const meet = (): void => {
    tell(ana, bo);
    tell(bo, ana);
  };
  const told = async (doc: Text) =>
    (
      await entriesOf({
        session: { doc } as unknown as DocsSession,
        views: docsConflicts,
        since: new Map(),
        mine: new Set([doc.replica]),
      })
    ).map(({ thing, mine, theirs, holds }) => [thing, mine, theirs, holds]);
  return { ana, bo, meet, told };
}

// The left neighbour, or the right one, is what the letters hang at.
test.each([1, 3, 5])('text written at %i of a passage that somebody deleted is told to both', async (at) => {
  const { ana, bo, meet, told } = two('Begin here');
  ana.change((root) => root.body.delete(0, 6));
  for (const [i, letter] of [...'NEW'].entries()) bo.change((root) => root.body.insert(at + i, letter));
  meet();
  expect(ana.view.body.text).toBe('NEWhere');
  expect(await told(bo)).toEqual([['“NEW”', 'wrote “NEW”', 'deleted the text around it', 'both']]);
  expect(await told(ana)).toEqual([['“NEW”', 'deleted the text around it', 'wrote “NEW”', 'both']]);
});

test('typing and deleting apart from each other is no news', async () => {
  const { ana, bo, meet, told } = two('One two three');
  ana.change((root) => root.body.delete(0, 3));
  bo.change((root) => root.body.insert(13, ' four'));
  meet();
  expect(await told(ana)).toEqual([]);
  expect(await told(bo)).toEqual([]);
});

test('a title that both changed', async () => {
  const { ana, bo, meet, told } = two('x');
  ana.change((root) => root.title.set('Hers'));
  bo.change((root) => root.title.set('His'));
  meet();
  const title = ana.view.title;
  expect(await told(ana)).toEqual([[title, 'Hers', 'His', title === 'Hers' ? 'mine' : 'theirs']]);
});
