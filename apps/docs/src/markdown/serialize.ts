import type { Mark, Node } from '@tiptap/pm/model';
import { isListItem } from '../editor/nodes.ts';

/** A document as Markdown (CommonMark with task items and strike-through; underline as `<u>`). Ends with a line end. */
export function serializeMarkdown(doc: Node): string {
  const writer = new Writer();
  doc.forEach((block) => {
    writer.block(block);
  });
  return writer.finish();
}

class Writer {
  readonly #lines: string[] = [];
  /** Widths of the markers of the items around the next block, the outermost first. */
  #widths: number[] = [];
  readonly #numbers: number[] = [];
  #previous: Node | null = null;

  finish(): string {
    return `${this.#lines.join('\n').replace(/\n+$/, '')}\n`;
  }

  block(node: Node): void {
    // Lines across the page are blocks of their own in Markdown.
    const parts = splitAtDividers(node);
    for (const part of parts) {
      if (part === 'divider') this.#write(['---'], '', null);
      else this.#textBlock(part);
    }
  }

  #textBlock(node: Node): void {
    const { name } = node.type;
    const indent = (node.attrs.indent as number | undefined) ?? 0;
    if (isListItem(node)) {
      this.#item(node, Math.min(indent, this.#widths.length));
      return;
    }
    // An indented paragraph or code belongs to the item above it, if there is one.
    this.#widths.length =
      name === 'paragraph' || name === 'codeBlock' ? Math.min(indent, this.#widths.length) : 0;
    this.#numbers.length = this.#widths.length;
    const lead = this.#lead();
    if (name === 'codeBlock') this.#write(codeLines(node), lead, node);
    else if (name === 'heading') {
      const words = inline(node).replaceAll('\\\n', ' ');
      this.#write(
        [`${'#'.repeat(node.attrs.level as number)} ${words.replace(/(\s)(#+)$/, '$1\\$2')}`.trimEnd()],
        lead,
        node,
      );
    } else if (name === 'quote')
      this.#write(
        startSafe(inline(node))
          .split('\n')
          .map((line) => `> ${line}`.trimEnd()),
        lead,
        node,
      );
    else if (node.content.size > 0) this.#write(startSafe(inline(node)).split('\n'), lead, node);
    else this.#previous = null;
  }

  #item(node: Node, depth: number): void {
    this.#widths.length = depth;
    const { name } = node.type;
    const ordered = name === 'ordered';
    this.#numbers.length = Math.min(this.#numbers.length, depth + 1);
    const sameList =
      this.#previous !== null && isListItem(this.#previous) && this.#numbers[depth] !== undefined;
    const number = ordered ? (sameList ? (this.#numbers[depth] ?? 0) : 0) + 1 : 0;
    const marker = ordered ? `${number}. ` : '- ';
    const box = name === 'task' ? (node.attrs.checked === true ? '[x] ' : '[ ] ') : '';
    const words = inline(node);
    const [first = '', ...rest] = (box ? words : startSafe(words)).split('\n');
    const lead = this.#lead();
    const pad = ' '.repeat(marker.length);
    const lines = [`${marker}${box}${first}`.trimEnd(), ...rest.map((line) => pad + line)];
    this.#write(lines, lead, node);
    this.#widths.push(marker.length);
    this.#numbers[depth] = number;
  }

  #lead(): string {
    return ' '.repeat(this.#widths.reduce((sum, width) => sum + width, 0));
  }

  #write(lines: readonly string[], lead: string, node: Node | null): void {
    const previous = this.#previous;
    const tight = node !== null && previous !== null && isListItem(node) && isListItem(previous);
    const quotes = node?.type.name === 'quote' && previous?.type.name === 'quote';
    if (this.#lines.length > 0 && !tight) this.#lines.push(quotes ? '>' : '');
    for (const line of lines) this.#lines.push(line === '' ? '' : lead + line);
    this.#previous = node;
    if (node === null) {
      this.#widths = [];
      this.#numbers.length = 0;
    }
  }
}

function splitAtDividers(block: Node): (Node | 'divider')[] {
  const parts: (Node | 'divider')[] = [];
  let run: Node[] = [];
  const flush = (): void => {
    if (run.length > 0) parts.push(block.type.create(block.attrs, run));
    run = [];
  };
  let found = false;
  block.forEach((child) => {
    if (child.type.name !== 'divider') {
      run.push(child);
      return;
    }
    found = true;
    flush();
    parts.push('divider');
  });
  if (!found) return [block];
  flush();
  return parts;
}

const TABLE = /^\|?[^\n]*\|[^\n]*\n\|?\s*:?-+:?\s*(?:\||$)/;

function codeLines(node: Node): string[] {
  const text = node.textContent;
  if (node.attrs.language === 'table' && TABLE.test(text)) return text.split('\n');
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map((match) => match[0].length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${String(node.attrs.language ?? '')}`, ...text.split('\n'), fence];
}

/** The order in which marks are written, the outermost first: code must be the innermost. */
const ORDER = ['link', 'bold', 'italic', 'strike', 'underline', 'code'];
const SIGNS: Readonly<Record<string, readonly [string, string]>> = {
  bold: ['**', '**'],
  italic: ['*', '*'],
  strike: ['~~', '~~'],
  underline: ['<u>', '</u>'],
};

interface Piece {
  readonly text: string;
  readonly marks: readonly Mark[];
}

const ordered = (marks: readonly Mark[]): Mark[] =>
  marks.toSorted((a, b) => ORDER.indexOf(a.type.name) - ORDER.indexOf(b.type.name));

/** A block's content on one line, hard breaks aside. */
function inline(block: Node): string {
  const pieces: Piece[] = [];
  block.forEach((child) => {
    if (child.text !== undefined) pieces.push(...textPieces(child));
    else if (child.type.name === 'hardBreak') pieces.push({ text: '\\\n', marks: [] });
    else if (child.type.name === 'image') {
      const alt = String(child.attrs.alt)
        .replace(/[\\[\]]/g, '\\$&')
        .replace(/\s+/g, ' ');
      pieces.push({ text: `![${alt}](${address(String(child.attrs.src))})`, marks: child.marks });
    }
  });
  let out = '';
  let open: Mark[] = [];
  for (const { text, marks } of [...settleSpace(pieces), { text: '', marks: [] }]) {
    const wanted = ordered(marks);
    let kept = 0;
    while (kept < open.length && wanted[kept] && open[kept]?.eq(wanted[kept] as Mark)) kept++;
    for (const mark of open.slice(kept).reverse()) out += closing(mark);
    for (const mark of wanted.slice(kept)) out += opening(mark);
    open = wanted;
    out += text;
  }
  return out.trimEnd().replace(/\\$/, '');
}

/** Space at the edge of emphasis is no emphasis in Markdown: it keeps only the marks of both its neighbours. */
function settleSpace(pieces: readonly Piece[]): Piece[] {
  return pieces.map((piece, i) => {
    if (piece.text.trim() !== '' || piece.text.includes('\n')) return piece;
    const around = [pieces[i - 1]?.marks ?? [], pieces[i + 1]?.marks ?? []];
    return {
      text: piece.text,
      marks: piece.marks.filter((mark) => around.every((marks) => mark.isInSet(marks))),
    };
  });
}

/** A text node as its words and the space around them. Code is written as it is. */
function textPieces(node: Node): Piece[] {
  const raw = (node.text ?? '').replaceAll('\n', ' ');
  const code = node.marks.some((mark) => mark.type.name === 'code');
  if (code) {
    const longest = Math.max(0, ...[...raw.matchAll(/`+/g)].map((match) => match[0].length));
    const fence = '`'.repeat(longest + 1);
    const space = /^`|`$|^ .*\S.* $/.test(raw) ? ' ' : '';
    const marks = node.marks.filter((mark) => mark.type.name !== 'code');
    return [{ text: `${fence}${space}${raw}${space}${fence}`, marks }];
  }
  const [, before = '', words = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(raw) ?? [];
  return [before, escapeText(words), after].filter(Boolean).map((text) => ({ text, marks: node.marks }));
}

const opening = (mark: Mark): string =>
  mark.type.name === 'link' ? '[' : (SIGNS[mark.type.name]?.[0] ?? '');
const closing = (mark: Mark): string =>
  mark.type.name === 'link' ? `](${address(String(mark.attrs.href))})` : (SIGNS[mark.type.name]?.[1] ?? '');

const address = (url: string): string =>
  /[\s()<>]/.test(url) || url === '' ? `<${url.replace(/[<>]/g, encodeURIComponent)}>` : url;

/** Escapes what would mean something in the middle of a line. */
const escapeText = (text: string): string =>
  text
    .replace(/[\\`*[\]]/g, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/~~/g, '\\~~')
    .replace(/<(?=[a-z/!?])/gi, '\\<')
    .replace(/&(?=#?\w{1,32};)/g, '\\&');

/** Escapes what would mean something at the start of a line. */
const startSafe = (text: string): string =>
  text
    .split('\n')
    .map((line) =>
      line
        .replace(/^(\s*)(#{1,6}(?:\s|$)|>|[-+](?:\s|$)|~~~|=+\s*$|-{2,}\s*$)/, '$1\\$2')
        .replace(/^(\s*\d{1,9})([.)](?:\s|$))/, '$1\\$2')
        .replace(/^ {1,}/, ''),
    )
    .join('\n');
