import { safeHref, safeImageSrc } from '@concord/prosemirror/text';
import { MAX_INDENT } from '../editor/nodes.ts';

/*
 * What other programs put on the clipboard, as flat blocks in the words that the editor's schema reads. Word writes
 * lists as paragraphs with `mso-list` styles, Google Docs writes marks as styles of spans, tables come as tables.
 * Everything is built anew from an allow list, in a document that runs nothing.
 */

const SKIP = new Set(
  'script style meta link title head noscript template iframe object embed svg math canvas audio video form input button select textarea o:p xml'.split(
    ' ',
  ),
);
const HEADING = /^h[1-6]$/;
const BLOCKS = new Set(
  'p div section article header footer main aside nav address figure figcaption dl dt dd center details summary fieldset body html'.split(
    ' ',
  ),
);

interface Block {
  readonly tag: string;
  readonly attrs: Readonly<Record<string, string>>;
  readonly content: Node[];
}

interface Context {
  /** What a new block would be here. */
  readonly make: () => Omit<Block, 'content'>;
  /** Elements around the text, from the outside in. */
  readonly marks: readonly { readonly tag: string; readonly attrs?: Readonly<Record<string, string>> }[];
  readonly pre: boolean;
  readonly depth: number;
}

/** Clipboard HTML as safe, flat HTML. Never throws on any input. */
export function cleanHtml(html: string): string {
  const source = new DOMParser().parseFromString(html, 'text/html');
  const out = document.implementation.createHTMLDocument('');
  const flat = new Flattener(out);
  flat.walk(source.body, { make: () => ({ tag: 'p', attrs: {} }), marks: [], pre: false, depth: 0 });
  for (const block of flat.finish()) out.body.append(block);
  return out.body.innerHTML;
}

class Flattener {
  readonly #out: Document;
  readonly #blocks: Block[] = [];
  #open: Block | null = null;

  constructor(out: Document) {
    this.#out = out;
  }

  finish(): HTMLElement[] {
    this.#close();
    return this.#blocks.map(({ tag, attrs, content }) => {
      const element = this.#element(tag, attrs);
      const inner = tag === 'ul' || tag === 'ol' ? element.appendChild(this.#element('li', {})) : element;
      inner.append(...content);
      return element;
    });
  }

  walk(parent: Node, context: Context): void {
    for (const node of parent.childNodes) {
      if (node.nodeType === 3) this.#text(node.nodeValue ?? '', context);
      else if (node instanceof Element || node.nodeType === 1) this.#visit(node as HTMLElement, context);
    }
  }

  #visit(element: HTMLElement, context: Context): void {
    const tag = element.localName;
    // Deeper nesting than any document has would only exhaust the stack.
    if (SKIP.has(tag) || context.depth > 200 || isHidden(element)) return;
    const deeper = { ...context, depth: context.depth + 1 };
    if (tag === 'br') {
      if (element.className === 'Apple-interchange-newline') return;
      if (context.pre) this.#text('\n', context);
      else this.#inline(this.#element('br', {}), context);
    } else if (tag === 'hr') {
      this.#close();
      this.#begin({ tag: 'p', attrs: {} }).content.push(this.#element('hr', {}));
      this.#close();
    } else if (tag === 'img') {
      const src = safeImageSrc(element.getAttribute('src') ?? '');
      const alt = element.getAttribute('alt') ?? '';
      if (src !== null) this.#inline(this.#element('img', { src, alt }), context);
      else if (alt) this.#text(alt, context);
    } else if (HEADING.test(tag)) this.#block(element, { ...deeper, make: () => ({ tag, attrs: {} }) });
    else if (tag === 'pre')
      this.#block(element, {
        ...deeper,
        pre: true,
        make: () => ({ tag: 'pre', attrs: languageOf(element) }),
      });
    else if (tag === 'blockquote')
      this.#block(element, { ...deeper, make: () => ({ tag: 'blockquote', attrs: {} }) });
    else if (tag === 'ul' || tag === 'ol') {
      this.#close();
      this.walk(element, deeper);
      this.#close();
    } else if (tag === 'li') this.#item(element, deeper);
    else if (tag === 'table') this.#table(element, deeper);
    else if (tag === 'p' && /mso-list:\s*l\d+/i.test(element.getAttribute('style') ?? ''))
      this.#wordItem(element, deeper);
    else if (BLOCKS.has(tag)) this.#block(element, deeper);
    else this.walk(element, { ...deeper, marks: [...context.marks, ...marksOf(element)] });
  }

  #block(element: HTMLElement, context: Context): void {
    this.#close();
    this.walk(element, { ...context, marks: [...context.marks, ...marksOf(element)] });
    // An empty paragraph between two others was meant.
    if (
      !this.#open &&
      element.localName === 'p' &&
      element.childNodes.length > 0 &&
      !element.querySelector('p, li')
    ) {
      this.#begin(context.make());
    }
    this.#close();
  }

  #item(element: HTMLElement, context: Context): void {
    this.#close();
    const list = element.parentElement;
    const ordered = list?.localName === 'ol';
    const level = Number(element.getAttribute('aria-level'));
    const indent = level > 0 ? level - 1 : depthOf(element);
    const box = element.querySelector(
      ':scope > input[type=checkbox], :scope > label > input[type=checkbox], :scope > p > input[type=checkbox]',
    );
    const isTask = box !== null || element.getAttribute('role') === 'checkbox';
    const checked = box?.hasAttribute('checked') || element.getAttribute('aria-checked') === 'true';
    let first = true;
    const make = (): Omit<Block, 'content'> => {
      const at = indentAttr(first ? indent : indent + 1);
      if (!first) return { tag: 'p', attrs: at };
      first = false;
      if (isTask)
        return {
          tag: 'ul',
          attrs: { 'data-block': 'task', 'data-checked': String(checked === true), ...at },
        };
      return { tag: ordered ? 'ol' : 'ul', attrs: { 'data-block': ordered ? 'ordered' : 'bullet', ...at } };
    };
    this.walk(element, { ...context, make });
    this.#close();
  }

  #wordItem(element: HTMLElement, context: Context): void {
    const level = Number(/level(\d+)/i.exec(element.getAttribute('style') ?? '')?.[1] ?? 1);
    // Word draws the bullet or number itself, in a span that says so.
    const copy = element.cloneNode(true) as HTMLElement;
    let drawn = '';
    for (const span of copy.querySelectorAll('[style*="mso-list"]')) {
      drawn += span.textContent ?? '';
      span.remove();
    }
    const ordered = /^\s*[([]?(?:\d+|[a-z]{1,4})[.)\]]/i.test(drawn);
    const attrs = { 'data-block': ordered ? 'ordered' : 'bullet', ...indentAttr(level - 1) };
    this.#close();
    const tag = ordered ? 'ol' : 'ul';
    this.#begin({ tag, attrs });
    this.walk(copy, {
      ...context,
      make: () => ({ tag, attrs }),
      marks: [...context.marks, ...marksOf(element)],
    });
    this.#close();
  }

  /** Documents have no tables yet: a row becomes a line, its cells apart by bars. */
  #table(element: HTMLElement, context: Context): void {
    this.#close();
    for (const row of element.querySelectorAll('tr')) {
      if (row.closest('table') !== element) continue;
      const cells = [...row.children].filter((cell) => cell.localName === 'td' || cell.localName === 'th');
      const line = this.#begin({ tag: 'p', attrs: {} });
      for (const [i, cell] of cells.entries()) {
        if (i > 0) line.content.push(this.#out.createTextNode(' | '));
        const inner = new Flattener(this.#out);
        inner.walk(cell, { ...context, make: () => ({ tag: 'p', attrs: {} }) });
        for (const [k, block] of inner.finish().entries()) {
          if (k > 0) line.content.push(this.#out.createTextNode(' '));
          line.content.push(...block.childNodes);
        }
      }
      this.#close();
    }
  }

  #text(raw: string, context: Context): void {
    const text = context.pre ? raw.replace(/\r\n?/g, '\n') : raw.replace(/[ \n\r\t\f]+/g, ' ');
    if (text === '' || (text === ' ' && !context.pre && (this.#open?.content.length ?? 0) === 0)) return;
    const atStart = (this.#open?.content.length ?? 0) === 0 && !context.pre;
    this.#inline(this.#out.createTextNode(atStart ? text.replace(/^ /, '') : text), context);
  }

  #inline(node: Node, context: Context): void {
    let wrapped = node;
    for (const { tag, attrs } of [...context.marks].reverse()) {
      const mark = this.#element(tag, attrs ?? {});
      mark.append(wrapped);
      wrapped = mark;
    }
    (this.#open ?? this.#begin(context.make())).content.push(wrapped);
  }

  #begin(block: Omit<Block, 'content'>): Block {
    this.#open = { ...block, content: [] };
    this.#blocks.push(this.#open);
    return this.#open;
  }

  #close(): void {
    this.#open = null;
  }

  #element(tag: string, attrs: Readonly<Record<string, string>>): HTMLElement {
    const element = this.#out.createElement(tag);
    for (const [name, value] of Object.entries(attrs)) element.setAttribute(name, value);
    return element;
  }
}

const indentAttr = (indent: number): Readonly<Record<string, string>> =>
  indent > 0 ? { 'data-indent': String(Math.min(MAX_INDENT, indent)) } : {};

/** How many lists stand around the list of an item. */
function depthOf(item: Element): number {
  let depth = -1;
  for (let up = item.parentElement; up; up = up.parentElement) {
    if (up.localName === 'ul' || up.localName === 'ol') depth++;
  }
  return Math.max(0, depth);
}

const isHidden = (element: HTMLElement): boolean =>
  /(?:^|;)\s*(?:display\s*:\s*none|mso-hide\s*:\s*all)/i.test(element.getAttribute('style') ?? '');

function languageOf(pre: Element): Readonly<Record<string, string>> {
  const code = pre.querySelector('code') ?? pre;
  const language = /(?:^|\s)(?:language|lang|highlight-source)-([\w+#.-]{1,40})/.exec(code.className)?.[1];
  return language ? { 'data-language': language } : {};
}

/** The marks that an element stands for: by its name, then by its style, which can also take one back. */
function marksOf(element: HTMLElement): Context['marks'] {
  const tag = element.localName;
  const style = element.getAttribute('style') ?? '';
  const value = (name: string): string =>
    new RegExp(`(?:^|;)\\s*${name}\\s*:\\s*([^;]+)`, 'i').exec(style)?.[1]?.trim().toLowerCase() ?? '';
  const weight = value('font-weight');
  const line = `${value('text-decoration')} ${value('text-decoration-line')}`;
  const isLink = tag === 'a';
  const bold = weight ? /^(?:bold|bolder|[6-9]00)/.test(weight) : tag === 'b' || tag === 'strong';
  const found: { tag: string; attrs?: Readonly<Record<string, string>> }[] = [];
  const href = isLink ? safeHref(element.getAttribute('href') ?? '') : null;
  if (href !== null) found.push({ tag: 'a', attrs: { href } });
  if (bold) found.push({ tag: 'strong' });
  const slant = value('font-style');
  if (slant ? slant.startsWith('italic') : tag === 'i' || tag === 'em' || tag === 'cite')
    found.push({ tag: 'em' });
  // Links are underlined by every program; that is not a mark of its own.
  if ((line.includes('underline') && !isLink && !element.closest('a')) || tag === 'u' || tag === 'ins') {
    found.push({ tag: 'u' });
  }
  if (line.includes('line-through') || tag === 's' || tag === 'del' || tag === 'strike')
    found.push({ tag: 's' });
  if ((tag === 'code' && !element.closest('pre')) || tag === 'kbd' || tag === 'samp' || tag === 'tt')
    found.push({ tag: 'code' });
  return found;
}
