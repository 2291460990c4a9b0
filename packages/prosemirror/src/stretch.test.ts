import { forSeeds, type Random } from '@concord/crdt/testing';
import { describe, expect, test } from 'vitest';
import { carry, followCopy, land, readCarried } from './carried.ts';
import { indicesOf, newestIndices, quoteOf, type Stretch, stretchOf, wordsOf } from './stretch.ts';
import { newDoc, type TextDoc } from './testing/fixture.ts';

const deliver = (from: TextDoc, to: TextDoc): void => {
  to.apply(from.changesSince(to.version).map((change) => change.bytes));
};
const textOf = (doc: TextDoc): string => doc.view.body.text;
const made = (words: string): TextDoc => {
  const doc = newDoc(0);
  doc.change((root) => root.body.insert(0, words));
  return doc;
};
const put = (doc: TextDoc, from: number, to: number): Stretch =>
  doc.query((root) => stretchOf(root.body, { from, to }));
const words = (doc: TextDoc, stretch: Stretch): string | null =>
  doc.query(({ body }) => {
    const at = indicesOf(body, stretch);
    return at && wordsOf(body.spans(at.from, at.to));
  });

describe('a stretch', () => {
  test('stays out of what is typed at its edges, takes in what is typed within, and is split and joined with its block', () => {
    const doc = made('one two three');
    const two = put(doc, 4, 7);
    doc.change(({ body }) => {
      body.insert(7, '!');
      body.insert(4, '?');
      body.insert(6, '-');
    });
    expect(words(doc, two)).toBe('t-wo');
    doc.change(({ body }) => void body.insertBlock(6, {}));
    expect(words(doc, two)).toBe('t\n-wo');
    doc.change(({ body }) => body.delete(6, 1));
    expect(words(doc, two)).toBe('t-wo');
  });

  test('is nowhere when all of it is deleted, also if a paragraph’s end is left, and back after an undo', () => {
    const doc = made('one two three');
    doc.change(({ body }) => void body.insertBlock(5, {}));
    doc.closeUndoStep();
    const two = put(doc, 4, 8);
    doc.change(({ body }) => {
      body.delete(6, 2);
      body.delete(4, 1);
    });
    expect(textOf(doc)).toBe('one \n three');
    expect(words(doc, two)).toBeNull();
    doc.undo();
    expect(words(doc, two)).toBe('t\nwo');
  });

  test('of unknown elements is nowhere', () => {
    const two = put(made('one two'), 4, 7);
    expect(words(newDoc(3), two)).toBeNull();
  });

  test('is quoted on one line, and not at length', () => {
    const doc = made(`a\n b  c ${'x'.repeat(300)}`);
    expect(doc.query(({ body }) => quoteOf(body, { from: 0, to: 7 }))).toBe('a b c');
    expect(doc.query(({ body }) => quoteOf(body, { from: 0, to: body.length }))).toHaveLength(141);
  });
});

describe('cut and paste', () => {
  const cutAndPaste = (doc: TextDoc, from: number, to: number, at: number, stretches: readonly Stretch[]) => {
    const comments = [{ id: 'c', stretches }];
    const carried = doc.query(({ body }) => carry(body, { from, to }, comments));
    doc.closeUndoStep();
    doc.change(({ body }) => body.delete(from, to - from));
    doc.closeUndoStep();
    doc.change(({ body }) => body.insert(at, carried.words));
    const landed = { from: at, to: at + carried.words.length };
    return doc.query(({ body }) => land(body, landed, carried, comments)).get('c');
  };

  test('a comment goes along with its words; undone, it is where it was', () => {
    const doc = made('one two three');
    const two = put(doc, 4, 7);
    const moved = cutAndPaste(doc, 3, 8, 8, [two]);
    expect(textOf(doc)).toBe('onethree two ');
    const both = moved ? [two, moved] : [];
    expect(doc.query(({ body }) => newestIndices(body, both))).toEqual({ from: 9, to: 12 });
    doc.undo();
    doc.undo();
    expect(textOf(doc)).toBe('one two three');
    expect(doc.query(({ body }) => newestIndices(body, both))).toEqual({ from: 4, to: 7 });
    while (doc.canRedo) doc.redo();
    expect(doc.query(({ body }) => newestIndices(body, both))).toEqual({ from: 9, to: 12 });
  });

  test('a comment stays where something of it is left: that text was copied', () => {
    const doc = made('one two three');
    expect(cutAndPaste(doc, 5, 8, 8, [put(doc, 4, 7)])).toBeUndefined();
  });

  test('what was cleaned on its way is found by the words of the comment', () => {
    const doc = made('one two three');
    const comments = [{ id: 'c', stretches: [put(doc, 4, 7)] }];
    const carried = doc.query(({ body }) => carry(body, { from: 3, to: 8 }, comments));
    doc.change(({ body }) => body.delete(3, 5));
    doc.change(({ body }) => body.insert(0, 'two'));
    const moved = doc.query(({ body }) => land(body, { from: 0, to: 3 }, carried, comments)).get('c');
    expect(moved && words(doc, moved)).toBe('two');
  });

  test('what was copied as a whole, with the original put away, takes the comments along', () => {
    const doc = made('one two three');
    const comments = [
      { id: 'in', stretches: [put(doc, 5, 7)] },
      { id: 'out', stretches: [put(doc, 0, 3)] },
    ];
    doc.change(({ body }) => body.insert(13, 'two'));
    const moves = doc.query(({ body }) => followCopy(body, { from: 4, to: 7 }, 13, comments));
    expect([...moves.keys()]).toEqual(['in']);
    const moved = moves.get('in');
    expect(moved && doc.query(({ body }) => indicesOf(body, moved))).toEqual({ from: 14, to: 16 });
  });

  test('what a clipboard says is looked at before it is believed', () => {
    expect(readCarried('{"words":"ab","comments":[{"id":"c","from":0,"to":2}]}')?.comments).toHaveLength(1);
    for (const part of [
      '{"id":1,"from":0,"to":1}',
      '{"id":"c","from":1,"to":1}',
      '{"id":"c","from":0,"to":3}',
    ])
      expect(readCarried(`{"words":"ab","comments":[${part}]}`)?.comments).toEqual([]);
    for (const json of [
      '',
      'null',
      '7',
      '{"words":1,"comments":[]}',
      '{"words":"a"}',
      '{"words":"a","comments":{}}',
    ])
      expect(readCarried(json)).toBeNull();
  });
});

/**
 * The oracle knows nothing of ids: every character occurs once, so a look at the text says which of the stretch's own
 * characters are left, and which of those that were never in it.
 */
describe('random edits by two people', () => {
  let next = 0;
  const fresh = (): string => String.fromCharCode(0xe000 + (next++ % 0x1900));

  function edit(random: Random, doc: TextDoc): void {
    const { length } = doc.view.body;
    const at = random.int(length + 1);
    const count = Math.min(length - at, 1 + random.int(6));
    if (random.chance(0.3)) doc.closeUndoStep();
    const what = random.next();
    if (what < 0.1) doc.undo();
    else if (what < 0.2) doc.redo();
    else if (what < 0.3) doc.change(({ body }) => void body.insertBlock(at, {}));
    else if (what < 0.6 && count > 0) doc.change(({ body }) => body.delete(at, count));
    else doc.change(({ body }) => body.insert(at, fresh() + fresh()));
  }

  test('a stretch is from the first to the last of its own characters that are left, on both replicas', () => {
    forSeeds(60, (random) => {
      const [ana, bo] = [newDoc(0), newDoc(1)];
      ana.change(({ body }) => body.insert(0, Array.from({ length: 40 }, fresh).join('')));
      ana.closeUndoStep();
      deliver(ana, bo);
      const from = random.int(30);
      const to = from + 1 + random.int(10);
      const own = [...textOf(ana).slice(from, to)];
      const others = [...textOf(ana)].filter((char) => !own.includes(char));
      const stretch = put(ana, from, to);
      for (let step = 0; step < 40; step++) {
        edit(random, random.chance(0.5) ? ana : bo);
        if (random.chance(0.3)) deliver(ana, bo);
        if (random.chance(0.3)) deliver(bo, ana);
        for (const doc of [ana, bo]) {
          const text = textOf(doc);
          const found = words(doc, stretch) ?? '';
          const left = own.filter((char) => text.includes(char));
          // Nothing of what it is on is lost, and nothing that it was never on is taken in.
          expect(left.filter((char) => !found.includes(char))).toEqual([]);
          expect(others.filter((char) => found.includes(char))).toEqual([]);
          const [first = '', last = ''] = [own[0], own.at(-1)];
          if (text.includes(first) && text.includes(last))
            expect(found).toBe(text.slice(text.indexOf(first), text.indexOf(last) + 1));
        }
      }
      deliver(ana, bo);
      deliver(bo, ana);
      expect(words(bo, stretch)).toBe(words(ana, stretch));
    });
  });
});
