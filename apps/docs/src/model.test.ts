import { Doc } from '@concord/crdt';
import { expect, test } from 'vitest';
import { countText, outlineOf } from './model.ts';
import { docsSchema } from './schema.ts';

test('an empty document has no outline and no words, and was not seeded', () => {
  const doc = new Doc(docsSchema);
  expect(outlineOf(doc.view.body)).toEqual([]);
  expect(countText(doc.view.body.text)).toEqual({ words: 0, characters: 0 });
  expect(doc.version.size).toBe(0);
});

test('the outline lists headings with words, in order, with the number of their block', () => {
  const doc = new Doc(docsSchema);
  doc.change(({ body }) => {
    body.setAttr(null, 'type', 'heading');
    body.insert(0, 'One');
    body.insertBlock(3, {});
    body.insert(4, 'text');
    body.insertBlock(8, { type: 'heading', level: 2 });
    body.insertBlock(9, { type: 'heading', level: 'junk' });
    body.insert(10, 'Two', { bold: true });
  });
  expect(outlineOf(doc.view.body)).toEqual([
    { level: 1, text: 'One', block: 0 },
    { level: 1, text: 'Two', block: 3 },
  ]);
});

test('words and characters as a reader counts them', () => {
  expect(countText('one two,\nthree — four')).toEqual({ words: 4, characters: 20 });
  expect(countText('👩‍👩‍👧 ok')).toEqual({ words: 1, characters: 4 });
  expect(countText('日本語を書く').words).toBeGreaterThan(1);
});
