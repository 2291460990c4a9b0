import type { TextPatch } from '@concord/crdt';
import { keydownHandler } from '@tiptap/pm/keymap';
import type { Node } from '@tiptap/pm/model';
import { type EditorState, Plugin, PluginKey, TextSelection, type Transaction } from '@tiptap/pm/state';
import { ReplaceStep, type Step } from '@tiptap/pm/transform';
import type { EditorView } from '@tiptap/pm/view';
import type { TextCodec } from './codec.ts';
import { type Bounds, follow } from './follow.ts';
import { HeldBlock } from './held.ts';
import { positionAt } from './position.ts';
import { addDifference, addPatch } from './read.ts';
import { renderDoc } from './render.ts';
import { type AnchoredSelection, anchorPosition, anchorSelection, keepSelection } from './selection.ts';
import { type TextEvent, type TextRange, type TextSource, wholeText } from './source.ts';
import { writeStep } from './write.ts';

export interface BindOptions {
  readonly source: TextSource;
  readonly codec: TextCodec;
  /** Default: the whole text. */
  readonly range?: TextRange;
  /** Called with each new selection, for presence; null when the editor goes. */
  readonly onSelection?: (selection: AnchoredSelection | null) => void;
}

interface Edit {
  readonly step: Step;
  readonly before: Node;
  readonly label: string;
}

/** Local steps that the text does not have yet. */
interface Pending {
  readonly edits: readonly Edit[];
  /** Set once they are written, so that the next transaction starts afresh. */
  written: boolean;
}

/** A step copies the list of blocks: for a whole document at once, drawing it afresh and comparing is faster. */
const MANY = 400;

const key = new PluginKey<Pending>('concord-text');

/** Whether a transaction brings in what others did, or this user's undo, and not a new edit. */
export const isFromText = (tr: Transaction): boolean => tr.getMeta(key) === true;

/**
 * Binds an editor to a rich text. The editor must start with `renderDoc` of the same range, have a flat document
 * (a row of textblocks with inline leaves) and no history of its own. Steps of the editor become minimal ops, at
 * once; patches of the text become minimal steps, one transaction for each event.
 */
export function bindText(options: BindOptions): Plugin<Pending> {
  const { source } = options;
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
        const label = labelOf(tr);
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
      this.#write(pending.edits);
    }
    if (this.#held && !view.composing) this.#release();
    else if (view.state.selection !== before.selection || view.state.doc !== before.doc) this.#anchor();
  }

  destroy(): void {
    clearTimeout(this.#timer);
    this.#view.dom?.removeEventListener('compositionend', this.#compositionEnded);
    this.#unsubscribe();
    this.#onSelection?.(null);
  }

  #write(edits: readonly Edit[]): void {
    const label = edits.find((edit) => edit.label !== TYPING)?.label ?? TYPING;
    const held = this.#held;
    try {
      this.#source.change((text) => {
        const target = { text, codec: this.#codec, range: this.#range };
        const base = this.#range.start(text) ?? 0;
        for (const { step, before } of edits) {
          if (held) held.write(text, this.#codec, step, before, base);
          else writeStep(target, step, before);
        }
      }, label);
      this.#bounds = this.#readBounds();
    } catch (error) {
      // The edit cannot be expressed in the text: better to show what is there than what will not be kept.
      console.error(error);
      this.#held = null;
      this.#resync();
    }
  }

  #receive({ origin, patches }: TextEvent): void {
    if (this.#held) return;
    const { state, composing } = this.#view;
    if (composing) {
      const block = this.#composingBlock();
      if (!follow(block, patches)) {
        this.#held = this.#source.read((text) => new HeldBlock(text, block, patches));
        return;
      }
    }
    if (this.#range.single) {
      this.#bounds = this.#bounds && follow(this.#bounds, patches);
      if (!this.#bounds) this.#resync(origin === 'undo');
      return;
    }
    if (patches.length > MANY) {
      this.#resync(origin === 'undo');
      return;
    }
    const tr = state.tr;
    try {
      this.#source.read((text) => {
        for (const patch of patches) addPatch(tr, this.#codec, text, patch);
      });
    } catch (error) {
      console.error(error);
      this.#resync();
      return;
    }
    if (!tr.docChanged) return;
    if (origin === 'undo') selectChange(tr, patches);
    else keepSelection(tr, state.selection);
    this.#dispatch(tr, origin === 'undo');
  }

  /** Shows the text as it is now, whatever the editor showed. */
  #resync(select = false): void {
    const { state } = this.#view;
    this.#bounds = this.#readBounds();
    const tr = state.tr;
    this.#source.read((text) => {
      addDifference(tr, renderDoc(this.#codec, text, this.#range));
      if (!tr.docChanged) return;
      const change = tr.mapping.maps.at(-1);
      let end = 0;
      change?.forEach((_oldStart, _oldEnd, _newStart, newEnd) => {
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

  /** The block of the caret, by what the editor shows. */
  #composingBlock(): Bounds {
    if (this.#range.single && this.#bounds) return this.#bounds;
    const { $head } = this.#view.state.selection;
    const start = $head.start(1) - $head.index(0) - 1;
    return { start, end: start + $head.parent.content.size };
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

const TYPING = 'Typing';

/** What undo calls the step. A transaction may bring its own name as the meta `label`. */
function labelOf(tr: Transaction): string {
  const given: unknown = tr.getMeta('label');
  if (typeof given === 'string') return given;
  const event: unknown = tr.getMeta('uiEvent');
  if (event === 'paste') return 'Paste';
  if (event === 'cut') return 'Cut';
  if (event === 'drop') return 'Move';
  return tr.steps.every((step) => step instanceof ReplaceStep) ? TYPING : 'Formatting';
}

/** Puts the caret where the last patch ends: what was undone should be seen. */
function selectChange(tr: Transaction, patches: readonly TextPatch[]): void {
  const last = patches.at(-1);
  if (!last) return;
  let index = last.index;
  if (last.type === 'insert') {
    for (const span of last.spans) index += span.type === 'text' ? span.text.length : 1;
  } else if (last.type === 'mark') index += last.count;
  else if (last.type === 'attr') index += 1;
  tr.setSelection(TextSelection.near(tr.doc.resolve(positionAt(tr.doc, Math.max(0, index), 0))));
}
