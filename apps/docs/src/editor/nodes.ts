import { safeImageSrc } from '@concord/prosemirror/text';
import { Node } from '@tiptap/core';
import type { Node as PmNode } from '@tiptap/pm/model';

/** How deep blocks can be indented. */
export const MAX_INDENT = 8;
/** The narrowest image, in percent of the line. */
const MIN_IMAGE_WIDTH = 10;

// The validators guard against what peers send: the binding shows the default instead of what they refuse.
const integer =
  (least: number, most: number) =>
  (value: unknown): void => {
    if (!Number.isInteger(value) || (value as number) < least || (value as number) > most) {
      throw new RangeError(`not an integer from ${least} to ${most}`);
    }
  };
const oneOf =
  (...known: readonly string[]) =>
  (value: unknown): void => {
    if (typeof value !== 'string' || !known.includes(value)) throw new RangeError('not a known value');
  };
const language = (value: unknown): void => {
  if (typeof value !== 'string' || !/^[\w+#.-]{0,40}$/.test(value)) throw new RangeError('not a language');
};
const imageSrc = (value: unknown): void => {
  if (typeof value !== 'string' || (value !== '' && safeImageSrc(value) !== value))
    throw new RangeError('not an image');
};

const clampIndent = (text: string | null): number =>
  Math.min(MAX_INDENT, Math.max(0, Math.trunc(Number(text)) || 0));

/** `indent` is drawn by the style sheet; `align` stands for what a writer sets on a paragraph. */
const indent = {
  default: 0,
  validate: integer(0, MAX_INDENT),
  parseHTML: (element: HTMLElement) => clampIndent(element.getAttribute('data-indent')),
  renderHTML: (attrs: Record<string, unknown>) =>
    attrs.indent ? { 'data-indent': String(attrs.indent) } : {},
};
const align = {
  default: 'start',
  validate: oneOf('start', 'center', 'end'),
  parseHTML: (element: HTMLElement) => {
    const { textAlign } = element.style;
    return textAlign === 'center' ? 'center' : textAlign === 'right' || textAlign === 'end' ? 'end' : 'start';
  },
  renderHTML: (attrs: Record<string, unknown>) =>
    attrs.align === 'start' ? {} : { style: `text-align: ${String(attrs.align)}` },
};

const document = Node.create({ name: 'doc', topNode: true, content: 'block+' });
const text = Node.create({ name: 'text', group: 'inline' });

const paragraph = Node.create({
  name: 'paragraph',
  priority: 1000,
  group: 'block',
  content: 'inline*',
  addAttributes: () => ({ indent, align }),
  parseHTML: () => [{ tag: 'p' }],
  renderHTML: ({ HTMLAttributes }) => ['p', HTMLAttributes, 0],
});

const LEVELS = [1, 2, 3, 4, 5, 6] as const;

// `defining`: what is pasted into an empty paragraph stays what it was.
const heading = Node.create({
  name: 'heading',
  group: 'block',
  defining: true,
  content: 'inline*',
  addAttributes: () => ({ level: { default: 1, validate: integer(1, 6), rendered: false }, align }),
  parseHTML: () => LEVELS.map((level) => ({ tag: `h${level}`, attrs: { level } })),
  renderHTML: ({ node, HTMLAttributes }) => [`h${String(node.attrs.level)}`, HTMLAttributes, 0],
});

// Flat documents have no element around several items, so each item is a list of its own, for assistive technology
// too; the numbers come from counters of the style sheet.
const listBlock = (name: 'bullet' | 'ordered', tag: 'ul' | 'ol') =>
  Node.create({
    name,
    group: 'block',
    defining: true,
    content: 'inline*',
    addAttributes: () => ({ indent }),
    parseHTML: () => [{ tag: `${tag}[data-block=${name}]`, contentElement: 'li' }],
    renderHTML: ({ HTMLAttributes }) => [tag, { ...HTMLAttributes, 'data-block': name }, ['li', 0]],
  });

const task = Node.create({
  name: 'task',
  group: 'block',
  defining: true,
  content: 'inline*',
  addAttributes: () => ({
    indent,
    checked: {
      default: false,
      validate: 'boolean',
      parseHTML: (element: HTMLElement) => element.getAttribute('data-checked') === 'true',
      renderHTML: (attrs: Record<string, unknown>) => ({ 'data-checked': String(attrs.checked === true) }),
    },
  }),
  parseHTML: () => [{ tag: 'ul[data-block=task]', contentElement: 'li' }],
  renderHTML: ({ HTMLAttributes }) => ['ul', { ...HTMLAttributes, 'data-block': 'task' }, ['li', 0]],
});

const quote = Node.create({
  name: 'quote',
  group: 'block',
  defining: true,
  content: 'inline*',
  parseHTML: () => [{ tag: 'blockquote' }],
  renderHTML: ({ HTMLAttributes }) => ['blockquote', HTMLAttributes, 0],
});

const codeBlock = Node.create({
  name: 'codeBlock',
  group: 'block',
  defining: true,
  content: 'inline*',
  code: true,
  addAttributes: () => ({
    indent,
    language: {
      default: '',
      validate: language,
      parseHTML: (element: HTMLElement) => {
        const found = element.getAttribute('data-language') ?? '';
        return /^[\w+#.-]{0,40}$/.test(found) ? found : '';
      },
      renderHTML: (attrs: Record<string, unknown>) =>
        attrs.language ? { 'data-language': String(attrs.language) } : {},
    },
  }),
  parseHTML: () => [{ tag: 'pre', preserveWhitespace: 'full' }],
  renderHTML: ({ HTMLAttributes }) => ['pre', { ...HTMLAttributes, spellcheck: 'false' }, ['code', 0]],
});

const hardBreak = Node.create({
  name: 'hardBreak',
  group: 'inline',
  inline: true,
  selectable: false,
  parseHTML: () => [{ tag: 'br' }],
  renderHTML: () => ['br'],
  renderText: () => '\n',
});

const divider = Node.create({
  name: 'divider',
  group: 'inline',
  inline: true,
  atom: true,
  parseHTML: () => [{ tag: 'hr' }],
  renderHTML: () => ['hr'],
  renderText: () => '\n',
});

const image = Node.create({
  name: 'image',
  group: 'inline',
  inline: true,
  atom: true,
  draggable: true,
  addAttributes: () => ({
    src: {
      default: '',
      validate: imageSrc,
      parseHTML: (element: HTMLElement) => safeImageSrc(element.getAttribute('src') ?? '') ?? '',
    },
    alt: {
      default: '',
      validate: 'string',
      parseHTML: (element: HTMLElement) => element.getAttribute('alt') ?? '',
      renderHTML: (attrs: Record<string, unknown>) => ({ alt: String(attrs.alt) }),
    },
    /** Percent of the line. */
    width: {
      default: 100,
      validate: integer(MIN_IMAGE_WIDTH, 100),
      parseHTML: (element: HTMLElement) => {
        const percent = Number(/^(\d+)%$/.exec(element.style.maxInlineSize)?.[1] ?? 100);
        return percent >= MIN_IMAGE_WIDTH && percent <= 100 ? percent : 100;
      },
      renderHTML: (attrs: Record<string, unknown>) => ({ style: `max-inline-size: ${String(attrs.width)}%` }),
    },
  }),
  parseHTML: () => [
    {
      tag: 'img[src]',
      getAttrs: (element) => (safeImageSrc(element.getAttribute('src') ?? '') === null ? false : null),
    },
  ],
  renderHTML: ({ HTMLAttributes }) => [
    'img',
    { ...HTMLAttributes, loading: 'lazy', decoding: 'async', referrerpolicy: 'no-referrer' },
  ],
  renderText: ({ node }) => String(node.attrs.alt),
});

/** Every node of a document. All blocks are textblocks and stand side by side; lists are indents. */
export const nodes = [
  document,
  text,
  paragraph,
  heading,
  listBlock('bullet', 'ul'),
  listBlock('ordered', 'ol'),
  task,
  quote,
  codeBlock,
  hardBreak,
  divider,
  image,
];

const LISTS: readonly string[] = ['bullet', 'ordered', 'task'];

export const isListItem = (node: PmNode): boolean => LISTS.includes(node.type.name);
