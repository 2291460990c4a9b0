import type { Notice } from './notices.ts';
import { words } from './words.ts';

/** A notice in one sentence. */
export function sentence({ what, by, quote, between }: Notice): string {
  const name = by?.name ?? words.someone;
  if (between === undefined) return words.sentences[what](name, quote);
  const { from, to } = between;
  if (from === null) return words.movedTo(name, quote, to);
  return from === to ? words.movedWithin(name, quote, to) : words.movedBetween(name, quote, from, to);
}
