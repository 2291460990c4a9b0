import type { TextMut } from '@concord/crdt';
import { type Indices, newestIndices, type Stretch, stretchOf, wordsOf } from './stretch.ts';

/** A comment, as far as the text is concerned: every stretch that it was put at, the newest last. */
export interface TextComment {
  readonly id: string;
  readonly stretches: readonly Stretch[];
}

/** The comments on text that was cut or copied, at their offsets in it. */
export interface Carried {
  readonly words: string;
  readonly comments: readonly { readonly id: string; readonly from: number; readonly to: number }[];
}

/** What the text [from, to) carries along when it is cut, copied or dragged. */
export function carry(text: TextMut, { from, to }: Indices, comments: readonly TextComment[]): Carried {
  return {
    words: wordsOf(text.spans(from, to)),
    comments: comments.flatMap(({ id, stretches }) => {
      const at = newestIndices(text, stretches);
      if (!at || at.to <= from || at.from >= to) return [];
      return [{ id, from: Math.max(at.from, from) - from, to: Math.min(at.to, to) - from }];
    }),
  };
}

/**
 * Where comments stand after what they were on was put in again within [from, to): new elements for the same words. A
 * comment of which something is left elsewhere stays there: that text was copied, not moved.
 */
export function land(
  text: TextMut,
  { from, to }: Indices,
  { words, comments: carried }: Carried,
  comments: readonly TextComment[],
): ReadonlyMap<string, Stretch> {
  const moves = new Map<string, Stretch>();
  const landed = wordsOf(text.spans(from, to));
  const whole = landed.indexOf(words);
  for (const { id, from: start, to: end } of carried) {
    const comment = comments.find((each) => each.id === id);
    if (!comment || newestIndices(text, comment.stretches)) continue;
    // What was pasted may have been cleaned; then the words of the comment alone are looked for.
    const at = whole >= 0 ? whole + start : landed.indexOf(words.slice(start, end));
    if (at < 0) continue;
    moves.set(id, stretchOf(text, { from: from + at, to: from + at + end - start }));
  }
  return moves;
}

/** Where comments on [from, to) stand after that text was copied to `target` and the original put away. */
export function followCopy(
  text: TextMut,
  { from, to }: Indices,
  target: number,
  comments: readonly TextComment[],
): ReadonlyMap<string, Stretch> {
  const carried = carry(text, { from, to }, comments);
  const shift = (at: number): number => Math.min(text.length, target + at);
  return new Map(
    carried.comments.map((each) => [
      each.id,
      stretchOf(text, { from: shift(each.from), to: shift(each.to) }),
    ]),
  );
}

/** What the clipboard of this or another tab brings; null for anything else. */
export function readCarried(json: string): Carried | null {
  try {
    const data: unknown = JSON.parse(json);
    if (typeof data !== 'object' || data === null || !('words' in data) || !('comments' in data)) return null;
    const { words, comments } = data;
    if (typeof words !== 'string' || !Array.isArray(comments)) return null;
    return { words, comments: comments.filter((each) => isPart(each, words.length)) };
  } catch {
    return null;
  }
}

function isPart(data: unknown, length: number): data is Carried['comments'][number] {
  if (typeof data !== 'object' || data === null) return false;
  const { id, from, to } = data as Record<string, unknown>;
  const inside = (at: unknown): at is number =>
    Number.isInteger(at) && Number(at) >= 0 && Number(at) <= length;
  return typeof id === 'string' && inside(from) && inside(to) && from < to;
}
