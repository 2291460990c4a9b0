import type { Marks } from '@concord/crdt';
import { safeHref } from '@concord/prosemirror/text';
import type { NewBlock } from './model.ts';
import type { Block } from './page.ts';
import type { BlockType } from './schema.ts';

type Run = NewBlock['content'][number];

const LINES: readonly { readonly find: RegExp; readonly type: BlockType; readonly checked?: boolean }[] = [
  { find: /^# +/, type: 'heading1' },
  { find: /^## +/, type: 'heading2' },
  { find: /^#{3,6} +/, type: 'heading3' },
  { find: /^(?:[-+*] +)?\[ ?\] +/, type: 'todo' },
  { find: /^(?:[-+*] +)?\[[xX]\] +/, type: 'todo', checked: true },
  { find: /^[-+*•] +/, type: 'bullet' },
  { find: /^\d{1,9}[.)] +/, type: 'numbered' },
  { find: /^> ?\[!\w+\] */, type: 'callout' },
  { find: /^> ?/, type: 'quote' },
];

/** Blocks from pasted text: a line each, Markdown understood, empty lines left out, indented lines nested. */
export function parseMarkdown(text: string): readonly NewBlock[] {
  const blocks: NewBlock[] = [];
  const indents: number[] = [];
  const lines = text.split('\n');
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    if (line.trim() === '') continue;
    const [indent = ''] = /^\s*/.exec(line) ?? [];
    const width = indent.replaceAll('\t', '    ').length;
    while (indents.length > 0 && (indents.at(-1) ?? 0) >= width) indents.pop();
    const depth = indents.length;
    indents.push(width);
    const body = line.trim();

    if (body.startsWith('```')) {
      const from = i + 1;
      let to = from;
      while (to < lines.length && !lines[to]?.trim().startsWith('```')) to++;
      const code = lines.slice(from, to).join('\n');
      blocks.push({ type: 'code', depth, content: code === '' ? [] : [{ text: code, marks: {} }] });
      i = to;
      continue;
    }
    if (/^(?:-{3,}|\*{3,}|_{3,})$/.test(body)) {
      blocks.push({ type: 'divider', depth, content: [] });
      continue;
    }
    const rule = LINES.find((each) => each.find.test(body));
    const content = parseInline(rule ? body.replace(rule.find, '') : body);
    blocks.push({
      type: rule?.type ?? 'text',
      depth,
      content,
      ...(rule?.checked && { checked: true }),
    });
  }
  return blocks;
}

const INLINE =
  /`(?<code>[^`]+)`|\*\*(?<bold>(?!\s).+?)\*\*(?!\*)|~~(?<strike>[^~]+)~~|\*(?<italic>[^*\s](?:[^*]*[^*\s])?)\*|\[(?<words>[^\]]+)\]\((?<href>[^\s)]+)\)/g;

/** Text with its Markdown signs as marks. */
export function parseInline(text: string, marks: Marks = {}): readonly Run[] {
  const runs: Run[] = [];
  let end = 0;
  const push = (piece: string): void => {
    if (piece !== '') runs.push({ text: piece, marks });
  };
  for (const match of text.matchAll(INLINE)) {
    const { code, bold, strike, italic, words, href } = match.groups ?? {};
    const safe = href === undefined ? null : safeHref(href);
    if (href !== undefined && safe === null) continue;
    push(text.slice(end, match.index));
    end = match.index + match[0].length;
    if (code !== undefined) runs.push({ text: code, marks: { ...marks, code: true } });
    else if (bold !== undefined) runs.push(...parseInline(bold, { ...marks, bold: true }));
    else if (strike !== undefined) runs.push(...parseInline(strike, { ...marks, strike: true }));
    else if (italic !== undefined) runs.push(...parseInline(italic, { ...marks, italic: true }));
    else if (words !== undefined && safe !== null)
      runs.push(...parseInline(words, { ...marks, link: { href: safe } }));
  }
  push(text.slice(end));
  return runs;
}

/** A page as Markdown. */
export function writeMarkdown(title: string, blocks: readonly Block[]): string {
  const head = title.trim() === '' ? [] : [`# ${title.trim()}`, ''];
  return `${[...head, ...writeBlocks(blocks, '')].join('\n').trimEnd()}\n`;
}

const TIGHT: readonly BlockType[] = ['bullet', 'numbered', 'todo'];

function writeBlocks(blocks: readonly Block[], indent: string): string[] {
  const lines: string[] = [];
  let before: BlockType | null = null;
  let number = 0;
  for (const block of blocks) {
    number = block.type === 'numbered' ? number + 1 : 0;
    const [first = '', ...more] = writeBlock(block, number);
    const tight = TIGHT.includes(block.type);
    // What follows a list is not part of its last item.
    const follows = tight && block.type === before;
    if (!follows && indent === '' && lines.length > 0 && lines.at(-1) !== '') lines.push('');
    before = block.type;
    const inner = block.type === 'numbered' ? '   ' : '  ';
    lines.push(indent + first, ...more.map((line) => (line === '' ? '' : indent + line)));
    if (!tight) lines.push('');
    lines.push(...writeBlocks(block.children, indent + inner));
  }
  return lines;
}

function writeBlock(block: Block, number: number): string[] {
  if (block.type === 'code') return ['```', ...block.text.split('\n'), '```'];
  if (block.type === 'divider') return block.text === '' ? ['---'] : ['---', '', block.text];
  const text = block.spans.map((span) => (span.type === 'text' ? writeRun(span) : '')).join('');
  const lines = text.split('\n');
  const [prefix, next] = prefixes(block, number);
  return lines.map((line, i) => `${i === 0 ? prefix : next}${line}`);
}

function prefixes({ type, attrs }: Block, number: number): readonly [string, string] {
  switch (type) {
    case 'heading1':
      return ['# ', ''];
    case 'heading2':
      return ['## ', ''];
    case 'heading3':
      return ['### ', ''];
    case 'bullet':
      return ['- ', '  '];
    case 'numbered':
      return [`${number}. `, '   '];
    case 'todo':
      return [attrs.checked === true ? '- [x] ' : '- [ ] ', '  '];
    case 'quote':
      return ['> ', '> '];
    case 'callout':
      return ['> [!NOTE] ', '> '];
    default:
      return ['', ''];
  }
}

function writeRun({ text, marks }: Run): string {
  // Signs must touch the letters: blanks at the edges stay outside.
  const [, before = '', inner = '', behind = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text) ?? [];
  if (inner === '') return text;
  let out = marks.code ? `\`${inner}\`` : inner;
  if (marks.italic) out = `*${out}*`;
  if (marks.bold) out = `**${out}**`;
  if (marks.strike) out = `~~${out}~~`;
  const { link } = marks;
  if (typeof link === 'object' && link !== null && 'href' in link) out = `[${out}](${String(link.href)})`;
  return before + out + behind;
}
