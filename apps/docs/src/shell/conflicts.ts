import { type Deed, formatId, type Id, type TextOp } from '@concord/crdt';
import { type ConflictViews, choiceOf, decideTheSame, stepOn, writtenBy } from '@concord/shell';
import type { DocsSession } from '../editor/create-editor.ts';

const textOf = ({ op }: Deed): TextOp => op as TextOp;

/** Long enough to be known again. */
const QUOTE = 60;

/** The element beside which something was written. */
function besideOf(deed: Deed): Id | null {
  const op = textOf(deed);
  return op.type === 'insert' ? op.origin.parent : null;
}

/** True if `deletion` took away the element beside which `writing` stands. */
function tookAway(deletion: Deed, writing: Deed): boolean {
  const op = textOf(deletion);
  const beside = besideOf(writing);
  if (op.type !== 'delete' || beside === null) return false;
  return op.ranges.some(
    ({ replica, seq, length }) =>
      replica === beside.replica && beside.seq >= seq && beside.seq < seq + length,
  );
}

/** Documents tell of text that was written into a passage while somebody deleted it, and of titles. */
export const docsConflicts: ConflictViews<DocsSession> = {
  topics({ doc }) {
    // A deletion and what was written into it meet in the paragraph where the deleted text was.
    const starts: number[] = [];
    doc.query(({ body }) => {
      let at = 0;
      for (const span of body.spans()) {
        if (span.type === 'block') starts.push(at);
        at += span.type === 'text' ? span.text.length : 1;
      }
    });
    const paragraphOf = (id: Id): string => {
      const at = doc.query(({ body }) => body.indexOf({ id: formatId(id), side: 'before' })) ?? 0;
      return `paragraph ${starts.findLastIndex((start) => start < at)}`;
    };
    return (deed) => {
      if (deed.path !== 'body') return deed.contested === null ? [] : [`${deed.path} ${deed.contested}`];
      const op = textOf(deed);
      if (op.type === 'delete') {
        const ends = op.ranges.flatMap(({ replica, seq, length }) => [
          { replica, seq },
          { replica, seq: seq + length - 1 },
        ]);
        return [...new Set(ends.map(paragraphOf))];
      }
      const beside = besideOf(deed);
      const isThere =
        beside === null || doc.query(({ body }) => body.indexOfElement(formatId(beside))) !== null;
      return isThere ? [] : [paragraphOf(beside)];
    };
  },

  tell({ doc }, conflict, words) {
    const { mine, theirs } = conflict;
    if (decideTheSame(conflict)) {
      if (mine.path !== 'title') return null;
      const values = { mine: writtenBy(mine), theirs: writtenBy(theirs), now: doc.view.title };
      const choice = choiceOf(values, String, (title) => {
        doc.change((root) => root.title.set(String(title)), { label: stepOn(words.name, String(title)) });
      });
      return choice && { thing: doc.view.title, what: words.name, ...choice };
    }
    if (mine.path !== 'body' || theirs.path !== 'body') return null;
    const writing = tookAway(theirs, mine) ? mine : tookAway(mine, theirs) ? theirs : null;
    if (writing === null) return null;
    const op = textOf(writing);
    const at =
      op.type === 'insert' ? doc.query(({ body }) => body.indexOfElement(formatId(writing.id))) : null;
    // Deleted again since, or undone.
    if (op.type !== 'insert' || op.text.trim() === '' || at === null) return null;
    const by = (deed: Deed): string =>
      deed === writing ? words.wrote(op.text.slice(0, QUOTE)) : words.deletedAround;
    const subject = doc.query(({ body }) => ({
      type: 'text' as const,
      start: body.anchorAt(at, 'before'),
      end: body.anchorAt(Math.min(body.length, at + op.text.length), 'after'),
    }));
    const thing = `“${op.text.trim().slice(0, QUOTE)}”`;
    return { thing, what: words.text, mine: by(mine), theirs: by(theirs), holds: 'both', subject };
  },
};
