import type { Json } from '@concord/crdt';
import { type EditorState, Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';
import { readPage } from './page.ts';
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
  /** What a screen reader says for a caret. Default: the name. */
  readonly label?: (name: string) => string;
}

const key = new PluginKey<DecorationSet>('concord-carets');

/**
 * Draws the carets and selections of others, with their names. Goes after `bindText` in the list of plugins.
 * Selections are decorations; carets lie in a layer beside the text, because an element inside of it gets in the way
 * of typing there (Firefox puts the caret into it and refuses the letters). The style sheet is
 * `@concord/prosemirror/carets.css`.
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

/** Someone's selection in positions of the editor; `from === to` is a mere caret. */
interface Placed {
  readonly id: string;
  readonly name: string;
  readonly colour: string;
  readonly head: number | null;
  readonly from: number;
  readonly to: number;
  /** Changes when the person moves, not when the text around does. */
  readonly place: string;
}

interface Drawn {
  readonly element: HTMLElement;
  readonly look: string;
}

class Carets {
  readonly #view: EditorView;
  readonly #options: RemoteCaretOptions;
  readonly #unsubscribe: () => void;
  readonly #layer: HTMLElement;
  readonly #drawn = new Map<string, Drawn>();
  readonly #resized: ResizeObserver;
  #ranges = '';
  #frame = 0;

  constructor(view: EditorView, options: RemoteCaretOptions) {
    this.#view = view;
    this.#options = options;
    this.#layer = document.createElement('div');
    this.#layer.className = 'cc-carets';
    this.#resized = new ResizeObserver(() => this.#draw());
    this.#resized.observe(view.dom);
    this.#unsubscribe = options.subscribe(() => this.#draw());
    this.#draw();
  }

  update(view: EditorView, before: EditorState): void {
    if (view.state.doc !== before.doc) this.#draw();
  }

  destroy(): void {
    cancelAnimationFrame(this.#frame);
    this.#resized.disconnect();
    this.#unsubscribe();
    this.#layer.remove();
  }

  /** Once a frame, when the page is laid out anyway. */
  #draw(): void {
    if (this.#frame === 0) {
      this.#frame = requestAnimationFrame(() => {
        this.#frame = 0;
        if (this.#view.isDestroyed) return;
        const placed = this.#place();
        if (!this.#view.composing) this.#drawRanges(placed);
        this.#drawCarets(placed);
      });
    }
  }

  #place(): readonly Placed[] {
    const { doc } = this.#view.state;
    const { source, range = wholeText, peers } = this.#options;
    return source.read((text) =>
      peers().flatMap((peer): Placed[] => {
        const selection = readSelection(peer.selection);
        if (!selection) return [];
        const anchor = anchorPosition(text, doc, selection.anchor, range);
        const head = anchorPosition(text, doc, selection.head, range);
        if (anchor === null && head === null) return [];
        const ends = [anchor ?? head ?? 0, head ?? anchor ?? 0] as const;
        return [
          {
            id: peer.id,
            name: peer.name.slice(0, 60),
            colour: String(Math.trunc(Math.abs(peer.colour)) % 10),
            head,
            from: Math.min(...ends),
            to: Math.max(...ends),
            place: JSON.stringify(selection.head),
          },
        ];
      }),
    );
  }

  #drawRanges(placed: readonly Placed[]): void {
    const { state } = this.#view;
    const decorations = placed
      .filter(({ from, to }) => from < to)
      .map(({ from, to, colour }) =>
        Decoration.inline(from, to, { class: 'cc-caret-range', 'data-presence': colour }),
      );
    const wanted = placesOf(decorations) + placed.map(({ colour }) => colour).join();
    // An edit may have moved a decoration otherwise than its anchors, or taken it away with the letters around it.
    if (wanted === this.#ranges && placesOf(key.getState(state)?.find() ?? []) === placesOf(decorations))
      return;
    this.#ranges = wanted;
    readPage(this.#view);
    const { tr, doc } = this.#view.state;
    if (doc !== state.doc) {
      this.#draw();
      return;
    }
    this.#view.dispatch(
      tr.setMeta(key, DecorationSet.create(doc, decorations)).setMeta('addToHistory', false),
    );
  }

  #drawCarets(placed: readonly Placed[]): void {
    const { label = (name: string) => name } = this.#options;
    const seen = new Set<string>();
    for (const { id, name, colour, head, place } of placed) {
      const box = head === null ? null : this.#boxAt(head);
      if (!box) continue;
      seen.add(id);
      const look = `${name} ${colour} ${place}`;
      let drawn = this.#drawn.get(id);
      // A new element shows the name anew.
      if (drawn?.look !== look) {
        drawn?.element.remove();
        drawn = { element: caret(name, colour, label(name)), look };
        this.#drawn.set(id, drawn);
        this.#layer.append(drawn.element);
      }
      drawn.element.style.transform = `translate(${box.left}px, ${box.top}px)`;
      drawn.element.style.blockSize = `${box.height}px`;
    }
    for (const [id, { element }] of this.#drawn) {
      if (seen.has(id)) continue;
      element.remove();
      this.#drawn.delete(id);
    }
  }

  /** Where a position is, measured from the layer. */
  #boxAt(pos: number): { readonly left: number; readonly top: number; readonly height: number } | null {
    const { dom } = this.#view;
    if (!dom.parentElement) return null;
    if (this.#layer.previousElementSibling !== dom) dom.after(this.#layer);
    const frame = this.#layer.getBoundingClientRect();
    const { left, top, bottom } = this.#view.coordsAtPos(pos);
    return { left: left - frame.left, top: top - frame.top, height: bottom - top };
  }
}

const placesOf = (decorations: readonly Decoration[]): string =>
  decorations
    .map(({ from, to }) => `${from}-${to}`)
    .sort()
    .join();

/** The name stands in an attribute and is drawn by the style sheet; assistive technology reads the label. */
function caret(name: string, colour: string, label: string): HTMLElement {
  const element = document.createElement('span');
  element.className = 'cc-caret';
  element.dataset.presence = colour;
  element.dataset.name = name;
  element.setAttribute('role', 'img');
  element.setAttribute('aria-label', label);
  return element;
}
