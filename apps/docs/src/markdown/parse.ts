import { safeHref, safeImageSrc } from '@concord/prosemirror/text';
import type { Attrs, Mark, Node, Schema } from '@tiptap/pm/model';
import MarkdownIt from 'markdown-it';
import { MAX_INDENT } from '../editor/nodes.ts';

const parser = new MarkdownIt({ html: true });
type Token = ReturnType<typeof parser.parse>[number];

/** HTML that Markdown writers use for marks; all other HTML stays what was typed. */
const HTML_MARKS: Readonly<Record<string, string>> = {
  u: 'underline',
  ins: 'underline',
  s: 'strike',
  del: 'strike',
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  code: 'code',
  kbd: 'code',
};
const MARKS: Readonly<Record<string, string>> = { em: 'italic', strong: 'bold', s: 'strike' };

/**
 * Markdown as flat blocks, at least one. Nested lists become indents; a paragraph or code inside an item is indented
 * below it. Tables and blocks of HTML, for which documents have no blocks yet, become code blocks with their source.
 */
export function parseMarkdown(schema: Schema, source: string): Node[] {
  const text = source.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const reader = new Reader(schema, text.split('\n'));
  for (const token of parser.parse(text, {})) reader.take(token);
  return reader.finish();
}

class Reader {
  readonly #schema: Schema;
  readonly #lines: readonly string[];
  readonly #blocks: Node[] = [];
  /** The kinds of the lists around, from the outside in. */
  readonly #lists: ('bullet' | 'ordered')[] = [];
  /** The item's own line is still to come. */
  #itemOpen = false;
  #quotes = 0;
  #heading: number | null = null;
  /** Inside of a table, whose source is taken as a whole. */
  #tableDepth = 0;

  constructor(schema: Schema, lines: readonly string[]) {
    this.#schema = schema;
    this.#lines = lines;
  }

  finish(): Node[] {
    return this.#blocks.length > 0 ? this.#blocks : [this.#block('paragraph', {})];
  }

  take(token: Token): void {
    const { type } = token;
    if (type === 'table_open') this.#code(this.#source(token), 'table');
    if (type === 'table_open') this.#tableDepth++;
    if (type === 'table_close') this.#tableDepth--;
    if (this.#tableDepth > 0) return;
    if (type === 'bullet_list_open') this.#lists.push('bullet');
    else if (type === 'ordered_list_open') this.#lists.push('ordered');
    else if (type === 'bullet_list_close' || type === 'ordered_list_close') this.#lists.pop();
    else if (type === 'list_item_open') this.#itemOpen = true;
    else if (type === 'list_item_close') {
      if (this.#itemOpen) this.#push(this.#item([]));
    } else if (type === 'blockquote_open') this.#quotes++;
    else if (type === 'blockquote_close') this.#quotes--;
    else if (type === 'heading_open') this.#heading = Number(token.tag.slice(1));
    else if (type === 'heading_close') this.#heading = null;
    else if (type === 'fence') this.#code(token.content, token.info.trim().split(/\s/)[0] ?? '');
    else if (type === 'code_block') this.#code(token.content, '');
    else if (type === 'html_block') this.#code(token.content, 'html');
    else if (type === 'hr') this.#push(this.#block('paragraph', {}, [this.#node('divider')]));
    else if (type === 'inline') this.#line(token);
  }

  #line(token: Token): void {
    const content = this.#inline(token.children ?? []);
    if (this.#heading !== null) this.#push(this.#block('heading', { level: this.#heading }, content));
    else if (this.#itemOpen) this.#push(this.#item(content));
    else if (this.#quotes > 0) this.#push(this.#block('quote', {}, content));
    else this.#push(this.#block('paragraph', { indent: this.#indent(this.#lists.length) }, content));
  }

  #item(content: readonly Node[]): Node {
    const [first, ...rest] = content;
    const indent = this.#indent(this.#lists.length - 1);
    const box = /^\[([ xX])\](?:\s|$)/.exec(first?.text ?? '');
    if (!box || !first) return this.#block(this.#lists.at(-1) ?? 'bullet', { indent }, content);
    const left = first.text?.slice(box[0].length);
    const words = left ? [this.#schema.text(left, first.marks), ...rest] : rest;
    return this.#block('task', { indent, checked: box[1] !== ' ' }, words);
  }

  #code(source: string, info: string): void {
    const language = /^[\w+#.-]{0,40}$/.test(info) ? info : '';
    const text = source.replace(/\n$/, '');
    const indent = this.#indent(this.#lists.length);
    if (this.#itemOpen) this.#push(this.#item([]));
    this.#push(this.#block('codeBlock', { language, indent }, text ? [this.#schema.text(text)] : []));
  }

  #push(block: Node): void {
    this.#itemOpen = false;
    this.#blocks.push(block);
  }

  #inline(tokens: readonly Token[]): Node[] {
    const out: Node[] = [];
    let marks: readonly Mark[] = [];
    const add = (text: string): void => {
      if (text) out.push(this.#schema.text(text, marks));
    };
    const on = (name: string, attrs?: Attrs): void => {
      marks = this.#schema.mark(name, attrs).addToSet(marks);
    };
    const off = (name: string): void => {
      marks = marks.filter((mark) => mark.type.name !== name);
    };
    for (const token of tokens) {
      const { type } = token;
      const [, kind, side] = /^(\w+)_(open|close)$/.exec(type) ?? [];
      const mark = MARKS[kind ?? ''];
      if (mark) side === 'open' ? on(mark) : off(mark);
      else if (type === 'link_open') {
        const href = safeHref(String(token.attrGet('href') ?? ''));
        if (href !== null) on('link', { href });
      } else if (type === 'link_close') off('link');
      else if (type === 'code_inline')
        out.push(this.#schema.text(token.content, this.#schema.mark('code').addToSet(marks)));
      else if (type === 'softbreak') add(' ');
      else if (type === 'hardbreak') out.push(this.#node('hardBreak', null, marks));
      else if (type === 'image') this.#image(token, marks, out);
      else if (type === 'html_inline') {
        const [, closing, tag] = /^<(\/?)([a-z]+)\s*\/?>$/i.exec(token.content) ?? [];
        const name = HTML_MARKS[tag?.toLowerCase() ?? ''];
        if (name) closing ? off(name) : on(name);
        else if (tag?.toLowerCase() === 'br') out.push(this.#node('hardBreak', null, marks));
        else add(token.content);
      } else add(token.content);
    }
    return out;
  }

  /** A picture that cannot be shown, from beside the file say, stays a link to it. */
  #image(token: Token, marks: readonly Mark[], out: Node[]): void {
    const src = String(token.attrGet('src') ?? '');
    const alt = token.content;
    const shown = safeImageSrc(src);
    const href = safeHref(src);
    if (shown !== null) out.push(this.#node('image', { src: shown, alt }, marks));
    else if (alt || href) {
      const set = href === null ? marks : this.#schema.mark('link', { href }).addToSet(marks);
      out.push(this.#schema.text(alt || src, set));
    }
  }

  #source(token: Token): string {
    const [from, to] = token.map ?? [0, 0];
    return this.#lines
      .slice(from, to)
      .map((line) => line.trim())
      .join('\n');
  }

  #indent(depth: number): number {
    return Math.min(MAX_INDENT, Math.max(0, depth));
  }

  #block(name: string, attrs: Attrs, content: readonly Node[] = []): Node {
    return this.#schema.node(name, attrs, [...content]);
  }

  #node(name: string, attrs: Attrs | null = null, marks: readonly Mark[] = []): Node {
    return this.#schema.node(name, attrs, undefined, marks);
  }
}
