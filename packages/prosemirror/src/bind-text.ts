import type { TextPatch } from '@concord/crdt';
import { keydownHandler } from '@tiptap/pm/keymap';
import type { Node } from '@tiptap/pm/model';
import { type EditorState, Plugin, PluginKey, TextSelection, type Transaction } from '@tiptap/pm/state';
import { ReplaceStep } from '@tiptap/pm/transform';
import type { EditorView } from '@tiptap/pm/view';
import type { TextCodec } from './codec.ts';
import { type Bounds, follow, width } from './follow.ts';
import { HeldBlock } from './held.ts';
import { readPage } from './page.ts';
import { positionAt } from './position.ts';
import { addDifference, addPatch } from './read.ts';
import { type Edit, rebase } from './rebase.ts';
import { renderDoc } from './render.ts';
import { type AnchoredSelection, anchorPosition, anchorSelection, keepSelection } from './selection.ts';
import { type TextEvent, type TextRange, type TextSource, wholeText } from './source.ts';
import { writeStep } from './write.ts';

/** What undo calls the steps that are not typing, in the reader's language. */
interface StepLabels {
  readonly paste: string;
  readonly cut: string;
  readonly drop: string;
  readonly formatting: string;
}

export interface BindOptions {
  readonly source: TextSource;
  readonly codec: TextCodec;
  /** Default: the whole text. */
  readonly range?: TextRange;
  /** Default: every step is typing. */
  readonly labels?: StepLabels;
  /** Called with each new selection, for presence; null when the editor goes. */
  readonly onSelection?: (selection: AnchoredSelection | null) => void;
}

/** Local steps that the text does not have yet. */
interface Pending {
  readonly edits: readonly Edit[];
  /** Set once they are written, so that the next transaction starts afresh. */
  written: boolean;
}

/** A step copies the list of blocks: for a whole document at once, drawing it afresh and comparing is faster. */
const MANY = 400;

const NOWHERE: Bounds = { start: 0, end: 0 };

const key = new PluginKey<Pending>('concord-text');

/** Whether a transaction brings in what others did, or this user's undo, and not a new edit. */
export const isFromText = (tr: Transaction): boolean => tr.getMeta(key) === true;

/**
 * Binds an editor to a rich text. The editor must start with `renderDoc` of the same range, have a flat document
 * (a row of textblocks with inline leaves) and no history of its own. Steps of the editor become minimal ops, at
 * once; patches of the text become minimal steps, one transaction for each event.
 */
export function bindText(options: BindOptions): Plugin<Pending> {
  const { source, labels } = options;
  const undo = (): boolean => {
    source.undo();
    return true;
  };
  const redo = (): boolean => {
    source.redo();
    return true;
  };
  return new Plugin<Pending>({
    key,
    state: {
      init: () => ({ edits: [], written: true }),
      apply(tr, value) {
        if (!tr.docChanged || isFromText(tr)) return value;
        const label = labelOf(tr, labels);
        const edits = tr.steps.map((step, i) => ({ step, before: tr.docs[i] as Node, label }));
        return { edits: value.written ? edits : [...value.edits, ...edits], written: false };
      },
    },
    view: (view) => new Binding(view, options),
    props: {
      handleKeyDown: keydownHandler({ 'Mod-z': undo, 'Mod-y': redo, 'Mod-Shift-z': redo }),
      handleDOMEvents: {
        // The browser's own undo, from its menu or a touch keyboard, knows nothing of the text.
        beforeinput(_view, event) {
          if (event.inputType !== 'historyUndo' && event.inputType !== 'historyRedo') return false;
          event.preventDefault();
          return event.inputType === 'historyUndo' ? undo() : redo();
        },
      },
    },
  });
}

class Binding {
  readonly #view: EditorView;
  readonly #source: TextSource;
  readonly #codec: TextCodec;
  readonly #range: TextRange;
  readonly #onSelection: BindOptions['onSelection'];
  readonly #unsubscribe: () => void;
  /** Where a single block is, to know at once whether a change touches it. */
  #bounds: Bounds | null;
  #selection: AnchoredSelection | null = null;
  #held: HeldBlock | null = null;
  #ranAhead = false;
  /** Collects what comes from the page while it is read. */
  #reading: Edit[] | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(view: EditorView, { source, codec, range = wholeText, onSelection }: BindOptions) {
    this.#view = view;
    this.#source = source;
    this.#codec = codec;
    this.#range = range;
    this.#onSelection = onSelection;
    this.#bounds = this.#readBounds();
    this.#unsubscribe = source.subscribe((event) => this.#receive(event));
    this.#anchor();
    view.dom?.addEventListener('compositionend', this.#compositionEnded);
  }

  update(view: EditorView, before: EditorState): void {
    const pending = key.getState(view.state);
    if (pending && !pending.written) {
      pending.written = true;
      if (this.#reading) this.#reading.push(...pending.edits);
      else this.#write(pending.edits);
    }
    if (this.#reading) return;
    if (this.#held && !view.composing) this.#release();
    else if (view.state.selection !== before.selection || view.state.doc !== before.doc) this.#anchor();
  }

  destroy(): void {
    clearTimeout(this.#timer);
    this.#view.dom?.removeEventListener('compositionend', this.#compositionEnded);
    this.#unsubscribe();
    this.#onSelection?.(null);
  }

  /** False if the edits could not be written: then the editor shows the text again. */
  #write(edits: readonly Edit[]): boolean {
    const label = edits.find((edit) => edit.label !== TYPING)?.label ?? TYPING;
    const held = this.#held;
    try {
      this.#source.change((text) => {
        const target = { text, codec: this.#codec, range: this.#range };
        for (const { step, before } of edits) {
          if (held) held.write(text, this.#codec, step, before);
          else writeStep(target, step, before);
        }
      }, label);
      this.#bounds = this.#readBounds();
      return true;
    } catch (error) {
      // The edit cannot be expressed in the text: better to show what is there than what will not be kept.
      console.error(error);
      this.#held = null;
      this.#resync();
      return false;
    }
  }

  #receive({ origin, patches, isLatest }: TextEvent): void {
    if (this.#held) return;
    // Once the text ran ahead, patches no longer fit what the editor shows; drawing afresh always does.
    const ranAhead = this.#ranAhead || !isLatest;
    this.#ranAhead = !isLatest;
    const before = this.#view.state.selection;
    const unwritten = this.#readPage();
    const { state, composing } = this.#view;
    if (composing) {
      const shown = unwritten[0]?.before ?? state.doc;
      const block = this.#composingBlock(shown);
      if (!follow(block, patches)) {
        const at = state.selection.$head.index(0);
        this.#held = this.#source.read((text) => new HeldBlock(text, at, block, patches));
        if (unwritten.length > 0) this.#write(unwritten);
        return;
      }
    }
    const bounds = this.#bounds;
    this.#bounds = bounds && !ranAhead ? follow(bounds, patches) : null;
    if (this.#bounds) {
      if (unwritten.length > 0) this.#write(unwritten);
      return;
    }
    const isGone = this.#source.read((text) => this.#range.start(text)) === null;
    if (isGone && unwritten.length > 0) {
      // The block was joined to another while a letter was on its way into it: the letter goes along.
      this.#held = this.#source.read((text) => new HeldBlock(text, 0, bounds ?? NOWHERE, patches));
      this.#write(unwritten);
      this.#release();
      return;
    }
    const redraw = this.#range.single || patches.length > MANY || ranAhead;
    if (redraw && unwritten.length === 0 && state.selection === before) this.#resync(origin === 'undo');
    else this.#bring(patches, redraw, unwritten, origin === 'undo');
  }

  /** Shows what others did, below what this user did and the text does not have yet. */
  #bring(patches: readonly TextPatch[], redraw: boolean, unwritten: readonly Edit[], select: boolean): void {
    const { state } = this.#view;
    const tr = state.tr;
    let changed: { readonly at: number; readonly steps: number } | null = null;
    try {
      const edits = rebase(tr, unwritten, () =>
        this.#source.read((text) => {
          if (redraw) addDifference(tr, renderDoc(this.#codec, text, this.#range));
          else for (const patch of patches) addPatch(tr, this.#codec, text, patch);
          if (select && !redraw) changed = { at: endOfChange(tr, patches), steps: tr.steps.length };
        }),
      );
      if (edits.length > 0 && !this.#write(edits)) return;
    } catch (error) {
      console.error(error);
      this.#resync();
      return;
    }
    this.#bounds = this.#readBounds();
    if (!tr.docChanged) return;
    const { at, steps } = changed ?? { at: null, steps: 0 };
    if (at === null) keepSelection(tr, state.selection);
    else tr.setSelection(TextSelection.near(tr.doc.resolve(tr.mapping.slice(steps).map(at))));
    this.#dispatch(tr, select);
  }

  /** The edits that the browser has made in the page and not yet told. */
  #readPage(): readonly Edit[] {
    const read: Edit[] = [];
    this.#reading = read;
    try {
      readPage(this.#view);
    } finally {
      this.#reading = null;
    }
    return read;
  }

  /** Shows the text as it is now, whatever the editor showed. */
  #resync(select = false): void {
    const { state } = this.#view;
    this.#bounds = this.#readBounds();
    const tr = state.tr;
    this.#source.read((text) => {
      addDifference(tr, renderDoc(this.#codec, text, this.#range));
      if (!tr.docChanged) return;
      let end = 0;
      tr.mapping.maps.at(-1)?.forEach((_oldStart, _oldEnd, _newStart, newEnd) => {
        end = newEnd;
      });
      const at = (which: 'anchor' | 'head'): number | null =>
        this.#selection && anchorPosition(text, tr.doc, this.#selection[which], this.#range);
      const anchor = select ? end : at('anchor');
      const head = select ? end : at('head');
      if (anchor === null || head === null) keepSelection(tr, state.selection);
      else if (select || state.selection instanceof TextSelection) {
        tr.setSelection(TextSelection.between(tr.doc.resolve(anchor), tr.doc.resolve(head)));
      }
    });
    if (tr.docChanged) this.#dispatch(tr, select);
  }

  #dispatch(tr: Transaction, reveal: boolean): void {
    const { storedMarks } = this.#view.state;
    if (storedMarks && !reveal) tr.setStoredMarks(storedMarks);
    if (reveal && this.#view.hasFocus()) tr.scrollIntoView();
    this.#view.dispatch(tr.setMeta(key, true).setMeta('addToHistory', false));
  }

  #release(): void {
    this.#held = null;
    this.#resync();
  }

  // The editor ends its own composition some 20 ms later, and reads the last letters from the page then.
  readonly #compositionEnded = (): void => {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#held && !this.#view.composing) this.#release();
    }, 60);
  };

  /** The block of the caret in `shown`, the document that the text held. */
  #composingBlock(shown: Node): Bounds {
    if (this.#bounds) return this.#bounds;
    const at = Math.min(this.#view.state.selection.$head.index(0), shown.childCount - 1);
    let start = 0;
    for (let i = 0; i < at; i++) start += shown.child(i).content.size + 1;
    return { start, end: start + shown.child(at).content.size };
  }

  #anchor(): void {
    if (this.#held) return;
    const { doc, selection } = this.#view.state;
    this.#selection = this.#source.read((text) => anchorSelection(text, doc, selection, this.#range));
    this.#onSelection?.(this.#selection);
  }

  #readBounds(): Bounds | null {
    if (!this.#range.single) return null;
    return this.#source.read((text) => {
      const start = this.#range.start(text);
      return start === null ? null : { start, end: this.#range.end(text) };
    });
  }
}

/** Who shows labels knows this one: what happens is seen at the caret. */
const TYPING = 'Typing';

/** What undo calls the step. A transaction may bring its own name as the meta `label`. */
function labelOf(tr: Transaction, labels: StepLabels | undefined): string {
  const given: unknown = tr.getMeta('label');
  if (typeof given === 'string') return given;
  if (labels === undefined) return TYPING;
  const event: unknown = tr.getMeta('uiEvent');
  if (event === 'paste' || event === 'cut' || event === 'drop') return labels[event];
  return tr.steps.every((step) => step instanceof ReplaceStep) ? TYPING : labels.formatting;
}

/** The position where the last patch ends: what was undone should be seen. */
function endOfChange(tr: Transaction, patches: readonly TextPatch[]): number {
  const last = patches.at(-1);
  let index = last?.index ?? 0;
  if (last?.type === 'insert') index += width(last.spans);
  else if (last?.type === 'mark') index += last.count;
  else if (last?.type === 'attr') index += 1;
  return positionAt(tr.doc, Math.max(0, index), 0);
}
