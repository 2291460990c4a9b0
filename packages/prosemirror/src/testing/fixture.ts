import { Doc, object, replicaId, text } from '@concord/crdt';
import { Schema } from '@tiptap/pm/model';
import { EditorState, type Transaction } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import {
  bindText,
  renderDoc,
  schemaCodec,
  type TextRange,
  type TextSource,
  textSource,
  wholeText,
} from '../index.ts';

/** A small flat schema: three kinds of block, an embed, a mark without and one with attributes. */
export const schema = new Schema({
  nodes: {
    doc: { content: 'block+' },
    paragraph: { group: 'block', content: 'inline*', toDOM: () => ['p', 0] },
    heading: {
      group: 'block',
      content: 'inline*',
      attrs: { level: { default: 1, validate: 'number' } },
      toDOM: (node) => [`h${node.attrs.level}`, 0],
    },
    item: {
      group: 'block',
      content: 'inline*',
      attrs: { indent: { default: 0, validate: 'number' }, checked: { default: false, validate: 'boolean' } },
      toDOM: () => ['div', 0],
    },
    image: {
      group: 'inline',
      inline: true,
      attrs: { src: { default: '', validate: 'string' } },
      toDOM: () => ['img'],
    },
    text: { group: 'inline' },
  },
  marks: {
    bold: { toDOM: () => ['b', 0] },
    link: { attrs: { href: { default: '', validate: 'string' } }, inclusive: false, toDOM: () => ['a', 0] },
  },
});

export const codec = schemaCodec(schema);

export const textSchema = object({
  body: text({ marks: { bold: { expand: 'after' }, link: { expand: 'none' } } }),
});

export type TextDoc = Doc<typeof textSchema>;

export function newDoc(index: number): TextDoc {
  return new Doc(textSchema, {
    replica: replicaId((index + 1).toString(16).padStart(16, '0')),
    now: () => 0,
  });
}

export const sourceOf = (doc: TextDoc): TextSource => textSource(doc, 'body', (root) => root.body);

/** What an editor does without a page: state, plugins and their views. */
export class PageLessEditor {
  state: EditorState;
  composing = false;
  /** What the page holds and the editor has not read, run when it is read. */
  typed: (() => void) | null = null;
  /** How many transactions came from the text. */
  remote = 0;
  readonly source: TextSource;
  readonly range: TextRange;
  readonly #binding: { update?: (view: EditorView, before: EditorState) => void; destroy?: () => void };

  constructor(doc: TextDoc, range: TextRange = wholeText) {
    this.source = sourceOf(doc);
    this.range = range;
    const plugin = bindText({ source: this.source, codec, range });
    this.state = EditorState.create({ doc: this.rendered(), plugins: [plugin] });
    this.#binding = plugin.spec.view?.(this.#asView()) ?? {};
  }

  readonly domObserver = {
    forceFlush: (): void => {},
    flush: (): void => {
      const { typed } = this;
      this.typed = null;
      typed?.();
    },
  };

  rendered() {
    return this.source.read((body) => renderDoc(codec, body, this.range));
  }

  dispatch(tr: Transaction): void {
    if (tr.getMeta('addToHistory') === false) this.remote++;
    const before = this.state;
    this.state = before.apply(tr);
    this.state.doc.check();
    this.#binding.update?.(this.#asView(), before);
  }

  hasFocus(): boolean {
    return true;
  }

  destroy(): void {
    this.#binding.destroy?.();
  }

  // The binding uses no more of a view than this class has.
  #asView(): EditorView {
    return this as unknown as EditorView;
  }
}
