import { asOpId } from '@concord/crdt';
import {
  type AnchoredSelection,
  bindText,
  blockRange,
  chosenIndices,
  commentAt,
  isFromText,
  remoteCarets,
  renderDoc,
  revealIndices,
  type TextComments,
  textComments,
  textSource,
} from '@concord/prosemirror';
import type { Indices } from '@concord/prosemirror/text';
import { textWords } from '@concord/shell';
import { EditorState, Plugin } from '@tiptap/pm/state';
import { EditorView } from '@tiptap/pm/view';
import type { Editing } from '../editing.ts';
import { type CaretTarget, register } from '../focus.ts';
import { parseMarkdown } from '../markdown.ts';
import type { Presence } from '../presence.ts';
import { getState, setState } from '../store.ts';
import { words } from '../words.ts';
import { forgetColumn, placeCaret, trustSelection } from './caret.ts';
import { blockRule, markRule } from './input-rules.ts';
import { blockKeys, toggle } from './keys.ts';
import { addEditor, type OpenEditor } from './open-editors.ts';
import { codec, type MarkName, schema } from './schema.ts';
import { updateSelected, updateSlash } from './whereabouts.ts';

/** How an editor is called and what it is used for, by the type of its block. */
export interface Look {
  readonly label: string;
  readonly code: boolean;
  readonly readOnly: boolean;
}

interface Tools {
  readonly editing: Editing;
  readonly presence: Presence;
  readonly comments: TextComments;
}

/** The editor of one block's text: typing, formats, Markdown, and the keys that lead out of it. */
export class BlockEditor implements OpenEditor {
  readonly view: EditorView;
  readonly #unregister: () => void;
  #look: Look;

  constructor(host: HTMLElement, id: string, { editing, presence, comments }: Tools, look: Look) {
    this.#look = look;
    const marker = asOpId(id);
    const range = blockRange(marker);
    const { doc } = editing.session;
    const source = {
      ...textSource(doc, 'stream', (root) => root.stream),
      undo: () => editing.undo(),
      redo: () => editing.redo(),
    };
    let selection: AnchoredSelection | null = null;
    const show = (): void => presence.show(id, selection);
    const state = EditorState.create({
      doc: source.read((text) => renderDoc(codec, text, range)),
      plugins: [
        this.#input(id, editing, show),
        bindText({
          source,
          codec,
          range,
          labels: textWords.labels,
          onSelection: (next) => {
            selection = next;
            if (next === null) presence.hide(id);
            else if (this.view?.hasFocus()) show();
          },
        }),
        remoteCarets({
          source,
          range,
          label: textWords.caret,
          peers: () => presence.of(id),
          subscribe: (changed) => presence.subscribe(id, changed),
        }),
        textComments({ source, range, ...comments }),
      ],
    });
    this.view = new EditorView(
      { mount: host },
      {
        state,
        attributes: () => this.#attributes(),
        editable: () => !this.#look.readOnly,
        dispatchTransaction: (tr) => {
          this.view.updateState(this.view.state.apply(tr));
          if (!this.view.hasFocus()) return;
          updateSlash(this.view, id, tr.docChanged && !isFromText(tr));
          updateSelected(this.view, id);
        },
      },
    );
    const remove = addEditor(id, this);
    const unregister = register(id, this);
    this.#unregister = () => {
      remove();
      unregister();
    };
  }

  get dom(): HTMLElement {
    return this.view.dom;
  }

  /** Called again when the block's type or the reader's role changes: the editor and its caret stay. */
  set look(look: Look) {
    const old = this.#look;
    if (look.label === old.label && look.code === old.code && look.readOnly === old.readOnly) return;
    this.#look = look;
    this.view.setProps({ attributes: () => this.#attributes() });
  }

  focus(at: CaretTarget): void {
    placeCaret(this.view, at);
  }

  toggle(mark: MarkName): void {
    toggle(this.view, mark);
    this.view.focus();
  }

  link(from: number, to: number, href: string | null): void {
    const { doc, tr } = this.view.state;
    const end = Math.min(to, doc.content.size - 1);
    tr.removeMark(from, end, schema.marks.link);
    if (href !== null) tr.addMark(from, end, schema.mark('link', { href }));
    this.view.dispatch(tr.setMeta('label', href === null ? words.removeLink : words.link));
    this.view.focus();
  }

  selected(start: number): Indices | null {
    const { state } = this.view;
    return state.selection.empty ? null : chosenIndices(state, start);
  }

  commentAtCaret(): string | null {
    const { state } = this.view;
    return state.selection.empty ? commentAt(state) : null;
  }

  reveal(at: Indices, focus: boolean, start: number): void {
    revealIndices(this.view, at, focus, start);
  }

  destroy(): void {
    this.#unregister();
    this.view.destroy();
  }

  #attributes(): Record<string, string> {
    return {
      role: 'textbox',
      'aria-multiline': 'true',
      'aria-label': this.#look.label,
      class: 'cc-blocks-editor',
      spellcheck: String(!this.#look.code),
      translate: 'no',
      ...(this.#look.readOnly && { 'aria-readonly': 'true', tabindex: '-1' }),
    };
  }

  #input(id: string, editing: Editing, show: () => void): Plugin {
    return new Plugin({
      props: {
        handleKeyDown: blockKeys(editing, id),
        handleTextInput: (view, from, to, text) => {
          if (from !== to || view.composing || this.#look.code) return false;
          const $from = view.state.doc.resolve(from);
          const before = $from.parent.textBetween(0, $from.parentOffset, '', '\ufffc');
          const rule = blockRule(before + text);
          if (rule) {
            const { type, checked } = rule;
            editing.command(id, 0, before.length, type, checked === undefined ? {} : { checked });
            return true;
          }
          const tr = markRule(view, from, text);
          if (tr) view.dispatch(tr);
          return tr !== null;
        },
        handlePaste: (view, event) => {
          const text = event.clipboardData?.getData('text/plain').replace(/\r\n?/g, '\n') ?? '';
          const { from, to } = view.state.selection;
          if (this.#look.code && text !== '') {
            view.dispatch(view.state.tr.insertText(text).setMeta('uiEvent', 'paste').scrollIntoView());
            return true;
          }
          if (!text.trim().includes('\n')) return false;
          editing.paste(id, from - 1, to - 1, parseMarkdown(text));
          return true;
        },
        handleClick: (_view, _pos, event) => {
          const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
          if (!link || !(event.ctrlKey || event.metaKey)) return false;
          window.open((link as HTMLAnchorElement).href, '_blank', 'noopener,noreferrer');
          return true;
        },
        handleDOMEvents: {
          focus: (view) => {
            show();
            // After the editor's own handler.
            queueMicrotask(() => trustSelection(view));
            return false;
          },
          blur: (view) => {
            const { slash } = getState();
            if (slash?.block === id) setState({ slash: null });
            queueMicrotask(() => {
              if (!view.isDestroyed) updateSelected(view, id);
            });
            return false;
          },
          mousedown: () => {
            forgetColumn();
            return false;
          },
        },
      },
    });
  }
}
