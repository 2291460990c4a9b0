import type { TextMut, TextPatch, TextSpan } from '@concord/crdt';

/** One replacement in a string: at `index`, `removed` UTF-16 units go and `inserted` comes. */
export interface TextEdit {
  readonly index: number;
  readonly removed: number;
  readonly inserted: string;
}

/**
 * The one edit that turned `before` into `after`, or null. `caret` is where the caret stood after it: what was typed
 * ends there, which decides which of two equal letters is the new one.
 */
export function editBetween(before: string, after: string, caret: number): TextEdit | null {
  if (before === after) return null;
  const most = Math.min(before.length, after.length);
  const tailAtCaret = Math.min(after.length - caret, most);
  let suffix = 0;
  while (suffix < tailAtCaret && before.at(-1 - suffix) === after.at(-1 - suffix)) suffix++;
  let prefix = 0;
  while (prefix < most - suffix && before[prefix] === after[prefix]) prefix++;
  // A caret that tells nothing (an autocorrection elsewhere): let the tail grow as far as it is equal.
  while (suffix < most - prefix && before.at(-1 - suffix) === after.at(-1 - suffix)) suffix++;
  // Never cut a surrogate pair in two.
  if (prefix > 0 && isHigh(before.charCodeAt(prefix - 1))) prefix--;
  if (suffix > 0 && isLow(before.charCodeAt(before.length - suffix))) suffix--;
  return {
    index: prefix,
    removed: before.length - prefix - suffix,
    inserted: after.slice(prefix, after.length - suffix),
  };
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

export function applyEdit(text: TextMut, { index, removed, inserted }: TextEdit): void {
  if (removed > 0) text.delete(index, removed);
  if (inserted !== '') text.insert(index, inserted);
}

/** Where an offset of the text stands after the patches. At an insertion's own index it stays before it. */
export function carryOffset(offset: number, patches: readonly TextPatch[]): number {
  let at = offset;
  for (const patch of patches) {
    if (patch.type === 'insert' && patch.index < at) at += lengthOf(patch.spans);
    else if (patch.type === 'delete' && patch.index < at) at -= Math.min(patch.count, at - patch.index);
  }
  return at;
}

function lengthOf(spans: readonly TextSpan[]): number {
  let length = 0;
  for (const span of spans) length += span.type === 'text' ? span.text.length : 1;
  return length;
}
