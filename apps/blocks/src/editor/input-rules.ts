import { safeHref } from '@concord/prosemirror/text';
import type { Transaction } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import type { BlockType } from '../schema.ts';
import { words } from '../words.ts';
import { type MarkName, schema } from './schema.ts';

/** What Markdown at the start of a block asks for. */
export interface BlockRule {
  readonly type: BlockType;
  readonly checked?: boolean;
}

/** The rule for what stands before the caret when a space is typed, or for a divider its last character. */
export function blockRule(before: string): BlockRule | null {
  const heading = /^(#{1,3}) $/.exec(before)?.[1];
  if (heading) return { type: `heading${heading.length as 1 | 2 | 3}` };
  if (/^[-+*] $/.test(before)) return { type: 'bullet' };
  if (/^\d{1,4}[.)] $/.test(before)) return { type: 'numbered' };
  if (/^\[ ?\] $/.test(before)) return { type: 'todo', checked: false };
  if (/^\[[xX]\] $/.test(before)) return { type: 'todo', checked: true };
  if (/^[>"] $/.test(before)) return { type: 'quote' };
  if (/^!! $/.test(before)) return { type: 'callout' };
  if (/^```$/.test(before)) return { type: 'code' };
  if (/^(?:---|—-|\*\*\*)$/.test(before)) return { type: 'divider' };
  return null;
}

const MARKS: readonly { readonly find: RegExp; readonly mark: MarkName }[] = [
  { find: /(?:^|[\s(])(\*\*(?!\s)([^*]+)(?<!\s)\*\*)$/, mark: 'bold' },
  { find: /(?:^|[\s(])(__(?!\s)([^_]+)(?<!\s)__)$/, mark: 'bold' },
  { find: /(?:^|[\s(])(\*(?![\s*])([^*]+)(?<!\s)\*)$/, mark: 'italic' },
  { find: /(?:^|[\s(])(_(?![\s_])([^_]+)(?<!\s)_)$/, mark: 'italic' },
  { find: /(?:^|[\s(])(~~?(?![\s~])([^~]+)(?<!\s)~~?)$/, mark: 'strike' },
  { find: /(?:^|[\s(])(`([^`]+)`)$/, mark: 'code' },
];

/** The transaction for Markdown around a word whose last sign `typed` is typed at the caret, or null. */
export function markRule(view: EditorView, from: number, typed: string): Transaction | null {
  const { state } = view;
  const $from = state.doc.resolve(from);
  if ($from.marks().some((mark) => mark.type.name === 'code')) return null;
  const before = $from.parent.textBetween(0, $from.parentOffset, '', '\ufffc') + typed;
  const link = /\[([^\]]+)\]\(([^\s)]+)\)$/.exec(before);
  const href = link && safeHref(link[2] ?? '');
  if (link && href !== null) {
    const start = from + typed.length - link[0].length;
    const shown = link[1] ?? '';
    const mark = schema.mark('link', { href });
    return state.tr
      .delete(start + 1 + shown.length, from)
      .delete(start, start + 1)
      .addMark(start, start + shown.length, mark)
      .removeStoredMark(mark)
      .setMeta('label', words.formatting);
  }
  for (const { find, mark: name } of MARKS) {
    const match = find.exec(before);
    const [, whole = '', inner = ''] = match ?? [];
    if (!match) continue;
    const sign = (whole.length - inner.length) / 2;
    const start = from + typed.length - whole.length;
    const mark = schema.mark(name);
    // Only the signs go: what stands between them is not typed again.
    return state.tr
      .delete(start + sign + inner.length, from)
      .delete(start, start + sign)
      .addMark(start, start + inner.length, mark)
      .removeStoredMark(mark)
      .setMeta('label', words.formatting);
  }
  return null;
}
