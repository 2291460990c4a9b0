import type { Anchor, TextMut, TextSpan } from '@concord/crdt';

/** A stretch of text that survives any edit: it holds on to its first and its last element. */
export interface Stretch {
  readonly start: Anchor;
  readonly end: Anchor;
}

/** Visible indices [from, to). */
export interface Indices {
  readonly from: number;
  readonly to: number;
}

/** The elements [from, to) as a stretch: what is typed at either edge stays out of it. */
export const stretchOf = (text: TextMut, { from, to }: Indices): Stretch => ({
  start: text.anchorAt(from, 'before'),
  end: text.anchorAt(to, 'after'),
});

/** Where a stretch is now; null if all of it is deleted, or not known here (yet). */
export function indicesOf(text: TextMut, { start, end }: Stretch): Indices | null {
  const from = text.indexOf(start);
  const to = text.indexOf(end);
  if (from === null || to === null || from >= to) return null;
  return text.spans(from, to).some((span) => span.type !== 'block') ? { from, to } : null;
}

/** Where the newest of several stretches is of which something is left. */
export function newestIndices(text: TextMut, stretches: readonly Stretch[]): Indices | null {
  for (const stretch of stretches.toReversed()) {
    const found = indicesOf(text, stretch);
    if (found) return found;
  }
  return null;
}

/** As much as a reader needs to know what is meant. */
const LONGEST_QUOTE = 140;

/** The words of [from, to) on one line. */
export function quoteOf(text: TextMut, { from, to }: Indices): string {
  const words = wordsOf(text.spans(from, Math.min(to, from + 4 * LONGEST_QUOTE)))
    .replace(/[\s\ufffc]+/g, ' ')
    .trim();
  if (words.length <= LONGEST_QUOTE) return words;
  return `${words.slice(0, LONGEST_QUOTE).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** The characters of spans: one for each element, so that offsets are indices. */
export const wordsOf = (spans: readonly TextSpan[]): string =>
  spans.map((span) => (span.type === 'text' ? span.text : span.type === 'block' ? '\n' : '\ufffc')).join('');
