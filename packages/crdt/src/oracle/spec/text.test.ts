import { describe, expect, test } from 'vitest';
import { text } from '../../schema/builders.ts';
import { object } from '../../schema/schema.ts';
import type { Marks } from '../../types/text/op.ts';
import { meet, pair, people } from './people.ts';

const schema = object({ body: text() });

/** Two people who begin with the same text. */
function both(start: string) {
  const [ann, bob] = pair(schema);
  ann.change((root) => root.body.insert(0, start), { undoable: false });
  meet([ann, bob]);
  return [ann, bob] as const;
}

type Person = ReturnType<typeof both>[0];

/** The stretches, each with its marks behind it: `ab{bold}| c`. */
function shown(doc: Person): string {
  const names = (marks: Marks) => Object.keys(marks).sort().join();
  return doc.view.body.spans
    .map((span) => (span.type === 'text' ? span.text + (names(span.marks) && `{${names(span.marks)}}`) : '¶'))
    .join('|');
}

describe('text', () => {
  test('[RGA1] what is typed between two neighbours stands between them, whoever hears of it when', () => {
    const all = people(schema, 3);
    const [ann, bob, cy] = all as [Person, Person, Person];
    ann.change((root) => root.body.insert(0, '()'));
    meet(all);
    ann.change((root) => root.body.insert(1, 'a'));
    bob.change((root) => root.body.insert(1, 'b'));
    meet([ann, bob]);
    const before = ann.view.body.text;
    bob.change((root) => root.body.insert(2, 'x'));
    cy.change((root) => root.body.insert(1, 'c'));
    meet(all);
    expect(cy.view.body.text.replace('c', '')).toBe(`${before.slice(0, 2)}x${before.slice(2)}`);
  });

  test('[RGA4] delete ∥ delete removes once', () => {
    const [ann, bob] = both('abcdef');
    ann.change((root) => root.body.delete(1, 3));
    bob.change((root) => root.body.delete(2, 3));
    meet([ann, bob]);
    expect(ann.view.body.text).toBe('af');
  });

  test('[RGA4] one delete taken back brings nothing back that another deletes', () => {
    const [ann, bob] = both('abcdef');
    ann.change((root) => root.body.delete(1, 3));
    bob.change((root) => root.body.delete(2, 3));
    meet([ann, bob]);
    ann.undo();
    meet([ann, bob]);
    expect(ann.view.body.text).toBe('abf');
    bob.undo();
    meet([ann, bob]);
    expect(ann.view.body.text).toBe('abcdef');
  });

  test('[RGA5] typing inside a range that somebody else deletes', () => {
    const [ann, bob] = both('abcdef');
    ann.change((root) => root.body.delete(1, 4));
    bob.change((root) => root.body.insert(3, 'new'));
    meet([ann, bob]);
    expect(ann.view.body.text).toBe('anewf');
  });

  test('[M1] bold ∥ bold that overlap', () => {
    const [ann, bob] = both('0123456789');
    ann.change((root) => root.body.mark(0, 6, 'bold', true));
    bob.change((root) => root.body.mark(4, 10, 'bold', true));
    meet([ann, bob]);
    expect(shown(ann)).toBe('0123456789{bold}');
  });

  test('[M1] marks of different keys do not disturb each other', () => {
    const [ann, bob] = both('0123456789');
    ann.change((root) => root.body.mark(0, 6, 'bold', true));
    bob.change((root) => root.body.mark(4, 10, 'italic', true));
    meet([ann, bob]);
    expect(shown(ann)).toBe('0123{bold}|45{bold,italic}|6789{italic}');
  });

  test('[M2] bold ∥ unbold that overlap', () => {
    const [ann, bob] = both('0123456789');
    ann.change((root) => root.body.mark(0, 10, 'bold', true), { undoable: false });
    meet([ann, bob]);
    ann.change((root) => root.body.mark(2, 8, 'bold', null));
    bob.change((root) => root.body.mark(6, 10, 'bold', { weight: 900 }));
    meet([ann, bob]);
    // Bob has the greater replica id, and both wrote at the same Lamport time: his mark holds where they overlap.
    expect(ann.view.body.spans).toMatchObject([
      { text: '01', marks: { bold: true } },
      { text: '2345', marks: {} },
      { text: '6789', marks: { bold: { weight: 900 } } },
    ]);
  });

  test('[M3] bold grows at its end, a link does not', () => {
    const [ann] = both('bold link');
    ann.change((root) => {
      root.body.mark(0, 4, 'bold', true);
      root.body.mark(5, 9, 'link', 'https://example.org');
    });
    ann.change((root) => root.body.insert(9, '!'));
    ann.change((root) => root.body.insert(4, '!'));
    ann.change((root) => root.body.insert(0, '!'));
    expect(shown(ann)).toBe('!|bold!{bold}| |link{link}|!');
  });

  test('[M3] typing behind a link whose last character is deleted stays out of it', () => {
    const [ann, bob] = both('a link b');
    ann.change((root) => root.body.mark(2, 6, 'link', 'https://example.org'));
    ann.change((root) => root.body.delete(5, 1));
    meet([ann, bob]);
    bob.change((root) => root.body.insert(5, '?'));
    meet([ann, bob]);
    expect(shown(ann)).toBe('a |lin{link}|? b');
  });

  test('[M1] text typed into a bold range by somebody who did not know of it is bold', () => {
    const [ann, bob] = both('abcdef');
    ann.change((root) => root.body.mark(1, 5, 'bold', true));
    bob.change((root) => root.body.insert(3, 'xy'));
    meet([ann, bob]);
    expect(shown(ann)).toBe('a|bcxyde{bold}|f');
  });

  test('[B1] split ∥ split at one place', () => {
    const [ann, bob] = both('onetwo');
    for (const doc of [ann, bob]) doc.change((root) => void root.body.insertBlock(3, { type: 'paragraph' }));
    meet([ann, bob]);
    expect(ann.view.body.text).toBe('one\n\ntwo');
  });

  test('[B1] join ∥ typing', () => {
    const [ann, bob] = both('onetwo');
    ann.change((root) => void root.body.insertBlock(3, { type: 'paragraph' }));
    meet([ann, bob]);
    ann.change((root) => root.body.delete(3, 1));
    bob.change((root) => root.body.insert(4, 'typed '));
    meet([ann, bob]);
    expect(ann.view.body.text).toBe('onetyped two');
  });

  test('[A1] an anchor stays at its element, and where it was when that is deleted', () => {
    const [ann, bob] = both('abcdef');
    const before = ann.query((root) => root.body.anchorAt(3, 'before'));
    const after = ann.query((root) => root.body.anchorAt(3, 'after'));
    const places = (doc: Person) =>
      [before, after].map((anchor) => doc.query((root) => root.body.indexOf(anchor)));
    bob.change((root) => root.body.insert(0, '__'));
    ann.change((root) => root.body.insert(3, '|'));
    meet([ann, bob]);
    expect([ann, bob].map((doc) => [doc.view.body.text, places(doc)])).toEqual([
      ['__abc|def', [6, 5]],
      ['__abc|def', [6, 5]],
    ]);
    bob.change((root) => root.body.delete(3, 5));
    meet([ann, bob]);
    expect([ann.view.body.text, places(ann)]).toEqual(['__af', [3, 3]]);
  });
});
