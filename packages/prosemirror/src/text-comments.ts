import { DOMSerializer } from '@tiptap/pm/model';
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state';
import { ReplaceStep } from '@tiptap/pm/transform';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';
import { type Carried, carry, land, readCarried, type TextComment } from './carried.ts';
import { readPage } from './page.ts';
import { indexAt, positionAt } from './position.ts';
import { type TextRange, type TextSource, wholeText } from './source.ts';
import { type Indices, newestIndices, type Stretch } from './stretch.ts';

/** A comment, as the text shows it. */
export interface DrawnComment extends TextComment {
  /** False: it is not drawn, and still goes along with its text. */
  readonly shown: boolean;
  /** The reader looks at it. */
  readonly active: boolean;
}

/** The comments on a text, and what becomes of them. */
export interface TextComments {
  /** All of them, at this moment. */
  readonly comments: () => readonly DrawnComment[];
  /** Calls back whenever `comments` would answer differently. Returns the way to stop. */
  readonly subscribe: (changed: () => void) => () => void;
  /** Somebody pressed the text of a comment. */
  readonly onPress: (id: string) => void;
  /** The text of comments was moved by cut and paste, or dragged: this is where they stand now. */
  readonly onMoved: (moves: ReadonlyMap<string, Stretch>) => void;
}

export interface TextCommentOptions extends TextComments {
  readonly source: TextSource;
  readonly range?: TextRange;
}

interface Drawn {
  readonly set: DecorationSet;
  /** Where the last paste or drop put something, as positions. */
  readonly landed: Indices | null;
}

const key = new PluginKey<Drawn>('concord-comments');
const ATTRIBUTE = 'data-cc-comments';

/** What was cut, copied or dragged last, in whichever editor of this page. */
let carried: Carried | null = null;

/**
 * Draws comments on stretches of the text, and keeps them on words that are cut and pasted. Goes after `bindText` in the
 * list of plugins. The style sheet is `@concord/prosemirror/comments.css`.
 */
export function textComments(options: TextCommentOptions): Plugin<Drawn> {
  const { source, range = wholeText, comments } = options;
  const copy = (state: EditorState): void => {
    const { doc, selection } = state;
    carried = source.read((text) => {
      const start = range.start(text);
      if (start === null) return null;
      const from = Math.max(start, indexAt(doc, selection.from, start));
      return carry(text, { from, to: Math.max(from, indexAt(doc, selection.to, start)) }, comments());
    });
  };
  return new Plugin<Drawn>({
    key,
    state: {
      init: () => ({ set: DecorationSet.empty, landed: null }),
      apply(tr, { set }) {
        const fresh: unknown = tr.getMeta(key);
        if (fresh instanceof DecorationSet) return { set: fresh, landed: null };
        return { set: tr.docChanged ? set.map(tr.mapping, tr.doc) : set, landed: landedIn(tr) };
      },
    },
    props: {
      decorations: (state) => key.getState(state)?.set,
      handleClick(view, pos) {
        const id = commentAt(view.state, pos);
        if (id !== null) options.onPress(id);
        return false;
      },
      transformCopied(slice, view) {
        copy(view.state);
        return slice;
      },
      clipboardSerializer: carryingSerializer(() => carried),
      transformPastedHTML(html) {
        carried = null;
        if (html.includes(ATTRIBUTE)) {
          const page = new DOMParser().parseFromString(html, 'text/html');
          carried = readCarried(page.querySelector(`[${ATTRIBUTE}]`)?.getAttribute(ATTRIBUTE) ?? '');
        }
        return html;
      },
    },
    view: (view) => new Drawing(view, options),
  });
}

/** The comment whose text the position is in: the shortest, if there are several. */
export function commentAt(state: EditorState, pos = state.selection.head): string | null {
  const found = key.getState(state)?.set.find(pos, pos) ?? [];
  const [shortest] = found.toSorted((a, b) => a.to - a.from - (b.to - b.from));
  const id: unknown = shortest?.spec.comment;
  return typeof id === 'string' ? id : null;
}

/** The schema's own serializer, which writes what the text carries onto the first element. */
function carryingSerializer(what: () => Carried | null): DOMSerializer {
  // The editor asks for one method only; the schema is known when it does.
  const serializer: Pick<DOMSerializer, 'serializeFragment'> = {
    serializeFragment(fragment, options, target) {
      const schema = fragment.firstChild?.type.schema;
      const dom = schema
        ? DOMSerializer.fromSchema(schema).serializeFragment(fragment, options, target)
        : document.createDocumentFragment();
      const first = dom.firstChild;
      const carries = what();
      if (carries && carries.comments.length > 0 && first instanceof HTMLElement)
        first.setAttribute(ATTRIBUTE, JSON.stringify(carries));
      return dom;
    },
  };
  return serializer as DOMSerializer;
}

/** What a paste or a drop has put into the document, if this transaction is one. */
function landedIn(tr: Transaction): Indices | null {
  const event: unknown = tr.getMeta('uiEvent');
  if (!tr.docChanged || !carried || (event !== 'paste' && event !== 'drop')) return null;
  let landed: Indices | null = null;
  for (const [i, step] of tr.steps.entries()) {
    if (!(step instanceof ReplaceStep) || step.slice.size === 0) continue;
    const after = tr.mapping.slice(i + 1);
    landed = { from: after.map(step.from, -1), to: after.map(step.from + step.slice.size, 1) };
  }
  return landed;
}

class Drawing {
  readonly #view: EditorView;
  readonly #options: TextCommentOptions;
  readonly #unsubscribe: () => void;
  #frame = 0;

  constructor(view: EditorView, options: TextCommentOptions) {
    this.#view = view;
    this.#options = options;
    this.#unsubscribe = options.subscribe(() => this.#draw());
    this.#draw();
  }

  update(view: EditorView, before: EditorState): void {
    const drawn = key.getState(view.state);
    if (drawn?.landed && drawn !== key.getState(before)) this.#land(drawn.landed);
    if (view.state.doc !== before.doc) this.#draw();
  }

  destroy(): void {
    cancelAnimationFrame(this.#frame);
    this.#unsubscribe();
  }

  /** By now the binding has written what was pasted. */
  #land(landed: Indices): void {
    const { source, range = wholeText, comments, onMoved } = this.#options;
    const { doc } = this.#view.state;
    const moves = source.read((text) => {
      const start = range.start(text);
      if (start === null || !carried) return null;
      const from = Math.max(start, indexAt(doc, landed.from, start));
      const to = Math.min(range.end(text), indexAt(doc, landed.to, start));
      return from < to ? land(text, { from, to }, carried, comments()) : null;
    });
    if (moves && moves.size > 0) onMoved(moves);
  }

  /** Once a frame, when the page is laid out anyway. */
  #draw(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      const view = this.#view;
      if (view.isDestroyed || view.composing) return;
      const wanted = this.#decorations();
      if (sameAs(key.getState(view.state)?.set.find() ?? [], wanted)) return;
      const { doc } = view.state;
      readPage(view);
      // What was typed meanwhile draws again.
      if (view.state.doc !== doc) return;
      const set = DecorationSet.create(doc, wanted);
      view.dispatch(view.state.tr.setMeta(key, set).setMeta('addToHistory', false));
    });
  }

  #decorations(): Decoration[] {
    const { source, range = wholeText, comments } = this.#options;
    const { doc } = this.#view.state;
    return source.read((text) => {
      const start = range.start(text);
      if (start === null) return [];
      const last = start + doc.content.size - doc.childCount - 1;
      return comments().flatMap(({ id, stretches, shown, active }) => {
        const at = shown ? newestIndices(text, stretches) : null;
        const from = Math.max(start, at?.from ?? 0);
        const to = Math.min(last, at?.to ?? 0);
        if (!at || from >= to) return [];
        const look = active ? 'cc-comment cc-comment--active' : 'cc-comment';
        return [
          Decoration.inline(
            positionAt(doc, from, start),
            positionAt(doc, to, start),
            { nodeName: 'mark', class: look },
            { comment: id, active },
          ),
        ];
      });
    });
  }
}

const nameOf = ({ from, to, spec }: Decoration): string => `${spec.comment} ${spec.active} ${from} ${to}`;

function sameAs(drawn: readonly Decoration[], wanted: readonly Decoration[]): boolean {
  const have = drawn.map(nameOf).sort().join();
  return have === wanted.map(nameOf).sort().join();
}
