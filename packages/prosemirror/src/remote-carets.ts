import type { Json } from '@concord/crdt';
import { type EditorState, Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';
import { anchorPosition, readSelection } from './selection.ts';
import { type TextRange, type TextSource, wholeText } from './source.ts';

/** Someone else who is in the document. */
export interface CaretPeer {
  readonly id: string;
  readonly name: string;
  /** Which presence colour, 0 … 9. */
  readonly colour: number;
  /** Their selection as `onSelection` of their binding gave it, or anything else: then they have no caret here. */
  readonly selection: Json | undefined;
}

export interface RemoteCaretOptions {
  readonly source: TextSource;
  readonly range?: TextRange;
  /** Everyone else, at this moment. */
  readonly peers: () => readonly CaretPeer[];
  /** Calls back whenever `peers` would answer differently. Returns the way to stop. */
  readonly subscribe: (changed: () => void) => () => void;
  /** What a screen reader says for a caret. Default: `Ana is here`. */
  readonly label?: (name: string) => string;
}

const key = new PluginKey<DecorationSet>('concord-carets');

/**
 * Draws the carets and selections of others, with their names. Goes after `bindText` in the list of plugins.
 * The style sheet is `@concord/prosemirror/carets.css`.
 */
export function remoteCarets(options: RemoteCaretOptions): Plugin<DecorationSet> {
  return new Plugin<DecorationSet>({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply(tr, drawn) {
        const fresh: unknown = tr.getMeta(key);
        return fresh instanceof DecorationSet ? fresh : drawn.map(tr.mapping, tr.doc);
      },
    },
    props: { decorations: (state) => key.getState(state) },
    view: (view) => new Carets(view, options),
  });
}

class Carets {
  readonly #view: EditorView;
  readonly #options: RemoteCaretOptions;
  readonly #unsubscribe: () => void;
  #drawn = '';

  constructor(view: EditorView, options: RemoteCaretOptions) {
    this.#view = view;
    this.#options = options;
    this.#unsubscribe = options.subscribe(() => this.#draw());
    // The view is not finished yet.
    queueMicrotask(() => this.#draw());
  }

  update(view: EditorView, before: EditorState): void {
    // A caret that could not be placed when its presence came may have its letters now.
    if (view.state.doc !== before.doc) this.#draw();
  }

  destroy(): void {
    this.#unsubscribe();
  }

  #draw(): void {
    if (this.#view.isDestroyed || this.#view.composing) return;
    const { state } = this.#view;
    const { source, range = wholeText, peers, label = (name: string) => `${name} is here` } = this.#options;
    const decorations: Decoration[] = [];
    const places: unknown[] = [];
    source.read((text) => {
      for (const peer of peers()) {
        const selection = readSelection(peer.selection);
        if (!selection) continue;
        const anchor = anchorPosition(text, state.doc, selection.anchor, range);
        const head = anchorPosition(text, state.doc, selection.head, range);
        const colour = String(Math.trunc(Math.abs(peer.colour)) % 10);
        if (head !== null) {
          const name = peer.name.slice(0, 60);
          const moved = `${peer.id} ${name} ${colour} ${JSON.stringify(selection.head)}`;
          places.push(head, moved);
          decorations.push(
            Decoration.widget(head, () => caret(name, colour, label(name)), {
              key: moved,
              // Left of what is typed at it, as the anchor is.
              side: -1,
              ignoreSelection: true,
              marks: [],
            }),
          );
        }
        const [from, to] = [anchor ?? 0, head ?? 0].sort((a, b) => a - b) as [number, number];
        if (anchor === null || head === null || from === to) continue;
        places.push(from, to);
        const mark = { class: 'cc-caret-range', 'data-presence': colour };
        decorations.push(Decoration.inline(from, to, mark));
      }
    });
    const drawn = JSON.stringify(places);
    // An edit may have moved a decoration otherwise than its anchor, or taken it away with the letters around it.
    const shown = key.getState(state)?.find() ?? [];
    if (drawn === this.#drawn && samePlaces(shown, decorations)) return;
    this.#drawn = drawn;
    const set = DecorationSet.create(state.doc, decorations);
    this.#view.dispatch(state.tr.setMeta(key, set).setMeta('addToHistory', false));
  }
}

function samePlaces(a: readonly Decoration[], b: readonly Decoration[]): boolean {
  const places = (list: readonly Decoration[]): string =>
    list
      .map(({ from, to }) => `${from}-${to}`)
      .sort()
      .join();
  return a.length === b.length && places(a) === places(b);
}

/** The name stands in an attribute and is drawn by the style sheet, so that the document's text stays the document's. */
function caret(name: string, colour: string, label: string): HTMLElement {
  const element = document.createElement('span');
  element.className = 'cc-caret';
  element.dataset.presence = colour;
  element.dataset.name = name;
  element.setAttribute('role', 'img');
  element.setAttribute('aria-label', label);
  element.contentEditable = 'false';
  return element;
}
