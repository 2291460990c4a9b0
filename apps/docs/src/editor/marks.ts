import { safeHref } from '@concord/prosemirror/text';
import { Mark } from '@tiptap/core';

/** A mark without attributes; `tags` are what it is read from, the first what it is drawn as. */
const plain = (
  name: string,
  tags: readonly string[],
  style?: { readonly name: string; readonly is: RegExp },
) =>
  Mark.create({
    name,
    parseHTML: () => [
      ...tags.map((tag) => ({ tag })),
      ...(style
        ? [{ style: style.name, getAttrs: (value: string) => (style.is.test(value) ? null : false) }]
        : []),
    ],
    renderHTML: ({ HTMLAttributes }) => [tags[0] as string, HTMLAttributes, 0],
  });

const code = Mark.create({
  name: 'code',
  inclusive: false,
  code: true,
  parseHTML: () => [{ tag: 'code' }],
  renderHTML: () => ['code', { spellcheck: 'false' }, 0],
});

const link = Mark.create({
  name: 'link',
  inclusive: false,
  priority: 1000,
  addAttributes: () => ({
    href: {
      default: '',
      validate: (value: unknown) => {
        // The default too, or a peer's unsafe address would break the text.
        if (value !== '' && (typeof value !== 'string' || safeHref(value) !== value))
          throw new RangeError('not a safe address');
      },
      parseHTML: (element: HTMLElement) => safeHref(element.getAttribute('href') ?? '') ?? '',
    },
  }),
  parseHTML: () => [
    {
      tag: 'a[href]',
      getAttrs: (element) => (safeHref(element.getAttribute('href') ?? '') === null ? false : null),
    },
  ],
  // A peer's unusable address leaves the text underlined and leads nowhere.
  renderHTML: ({ HTMLAttributes }) => [
    'a',
    HTMLAttributes.href ? { ...HTMLAttributes, target: '_blank', rel: 'noopener noreferrer nofollow' } : {},
    0,
  ],
});

/** Every mark of a document, the outermost first. */
export const marks = [
  link,
  plain('bold', ['strong', 'b'], { name: 'font-weight', is: /^(?:bold|bolder|[6-9]00)$/ }),
  plain('italic', ['em', 'i'], { name: 'font-style', is: /^italic$/ }),
  plain('underline', ['u', 'ins']),
  plain('strike', ['s', 'del', 'strike']),
  code,
];
