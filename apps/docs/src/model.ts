import type { TextView } from '@concord/crdt';

/** A heading, as the outline lists it. */
export interface OutlineEntry {
  readonly level: number;
  readonly text: string;
  /** Which block of the document it is, counted from 0. */
  readonly block: number;
}

/** The headings of a document that have words. */
export function outlineOf(body: TextView): readonly OutlineEntry[] {
  const entries: OutlineEntry[] = [];
  let block = 0;
  let level = levelOf(body.origin);
  let text = '';
  const close = (): void => {
    if (level !== null && text.trim() !== '') entries.push({ level, text: text.trim(), block });
  };
  for (const span of body.spans) {
    if (span.type === 'block') {
      close();
      block++;
      level = levelOf(span.attrs);
      text = '';
    } else if (span.type === 'text' && level !== null) text += span.text;
    else if (span.type === 'embed' && level !== null) text += ' ';
  }
  close();
  return entries;
}

function levelOf(attrs: TextView['origin']): number | null {
  if (attrs.type !== 'heading') return null;
  const { level } = attrs;
  return typeof level === 'number' && Number.isInteger(level) && level >= 1 && level <= 6 ? level : 1;
}

export interface Counts {
  readonly words: number;
  /** Characters as a reader counts them, line ends aside. */
  readonly characters: number;
}

const segmenters = new Map<string, Intl.Segmenter>();

function segmenter(granularity: 'word' | 'grapheme'): Intl.Segmenter {
  const found = segmenters.get(granularity) ?? new Intl.Segmenter(undefined, { granularity });
  segmenters.set(granularity, found);
  return found;
}

/** How much was written. Words are counted by the rules of the script, so that Japanese and Thai have some too. */
export function countText(text: string): Counts {
  let words = 0;
  // Word by word through plain runs is fast; the segmenter is for scripts without spaces.
  for (const run of text.split(/[\s\uFFFC]+/)) {
    if (!/[\p{L}\p{N}]/u.test(run)) continue;
    if (
      !/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u.test(
        run,
      )
    )
      words++;
    else for (const { isWordLike } of segmenter('word').segment(run)) if (isWordLike) words++;
  }
  const plain = text.replace(/[\n\uFFFC]/g, '');
  // Without anything that combines, each unit is a character.
  const characters = /^[\u0020-\u02ff\u2010-\u2027]*$/.test(plain)
    ? plain.length
    : [...segmenter('grapheme').segment(plain)].length;
  return { words, characters };
}
