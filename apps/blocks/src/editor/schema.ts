import { schemaCodec } from '@concord/prosemirror';
import { safeHref } from '@concord/prosemirror/text';
import { type MarkSpec, Schema } from '@tiptap/pm/model';
import { words } from '../words.ts';

/** A mark without attributes; the first tag is what it is drawn as, all are what it is read from. */
const plain = (...tags: readonly [string, ...string[]]): MarkSpec => ({
  parseDOM: tags.map((tag) => ({ tag })),
  toDOM: () => [tags[0], 0],
});

/** The content of one block: a line of text. What the block is and where it stands is not the editor's business. */
export const schema = new Schema({
  nodes: {
    doc: { content: 'line' },
    line: {
      content: 'inline*',
      whitespace: 'pre',
      parseDOM: [{ tag: 'p' }],
      toDOM: () => ['div', { class: 'cc-blocks-line' }, 0],
    },
    text: { group: 'inline' },
    // Something that a later version put into the text.
    embed: {
      group: 'inline',
      inline: true,
      atom: true,
      toDOM: () => ['span', { class: 'cc-blocks-embed', role: 'img', 'aria-label': words.embed }],
    },
  },
  marks: {
    link: {
      inclusive: false,
      attrs: {
        href: {
          default: '',
          validate: (value: unknown) => {
            if (typeof value !== 'string' || safeHref(value) !== value)
              throw new RangeError('not a safe address');
          },
        },
      },
      parseDOM: [
        {
          tag: 'a[href]',
          getAttrs: (element) => {
            const href = safeHref(element.getAttribute('href') ?? '');
            return href === null ? false : { href };
          },
        },
      ],
      toDOM: ({ attrs }) => [
        'a',
        attrs.href ? { href: attrs.href, target: '_blank', rel: 'noopener noreferrer nofollow' } : {},
        0,
      ],
    },
    bold: plain('strong', 'b'),
    italic: plain('em', 'i'),
    underline: plain('u', 'ins'),
    strike: plain('s', 'del', 'strike'),
    code: {
      inclusive: false,
      parseDOM: [{ tag: 'code' }],
      toDOM: () => ['code', { spellcheck: 'false' }, 0],
    },
  },
});

export const codec = schemaCodec(schema);

export type MarkName = 'link' | 'bold' | 'italic' | 'underline' | 'strike' | 'code';
