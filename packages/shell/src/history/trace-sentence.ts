import type { Trace } from './history.ts';
import { words } from './words.ts';

/** What became of a thing, in one sentence. */
export function sentenceOf({ kind, name, between, within }: Trace): string {
  if (between) return words.movedBetween(name, between.from, between.to);
  if (within) return words.movedWithin(name, within.from, within.to, within.group ?? null);
  return { added: words.added, removed: words.removed, moved: words.moved, changed: words.edited }[kind](
    name,
  );
}
