import { readPage } from '@concord/prosemirror';
import { Extension } from '@tiptap/core';
import { joinTextblockBackward, toggleMark } from '@tiptap/pm/commands';
import { keymap } from '@tiptap/pm/keymap';
import { type Command, Plugin } from '@tiptap/pm/state';
import {
  type BlockStyle,
  backspaceAtStart,
  clearFormatting,
  enter,
  exitCode,
  indent,
  insertBreak,
  toggleStyle,
} from './commands.ts';

export const STYLES = {
  paragraph: { type: 'paragraph' },
  heading1: { type: 'heading', attrs: { level: 1 } },
  heading2: { type: 'heading', attrs: { level: 2 } },
  heading3: { type: 'heading', attrs: { level: 3 } },
  heading4: { type: 'heading', attrs: { level: 4 } },
  heading5: { type: 'heading', attrs: { level: 5 } },
  heading6: { type: 'heading', attrs: { level: 6 } },
  bullet: { type: 'bullet' },
  ordered: { type: 'ordered' },
  task: { type: 'task' },
  quote: { type: 'quote' },
  codeBlock: { type: 'codeBlock' },
} as const satisfies Record<string, BlockStyle>;

/** What the interface shows and the editor obeys: one list for both. */
export const SHORTCUTS = {
  bold: 'Mod+B',
  italic: 'Mod+I',
  underline: 'Mod+U',
  strike: 'Mod+Shift+X',
  code: 'Mod+E',
  link: 'Mod+K',
  paragraph: 'Mod+Alt+0',
  heading1: 'Mod+Alt+1',
  heading2: 'Mod+Alt+2',
  heading3: 'Mod+Alt+3',
  heading4: 'Mod+Alt+4',
  heading5: 'Mod+Alt+5',
  heading6: 'Mod+Alt+6',
  ordered: 'Mod+Shift+7',
  bullet: 'Mod+Shift+8',
  task: 'Mod+Shift+9',
  quote: 'Mod+Shift+B',
  codeBlock: 'Mod+Alt+C',
  clear: 'Mod+\\',
  find: 'Mod+F',
} as const;

/** `Mod+Shift+X` as the key map writes it. Letters go by what the key means, so they are lower case there. */
const keyName = (shortcut: string): string =>
  shortcut.replaceAll('+', '-').replace(/-([A-Z])$/, (_, letter: string) => `-${letter.toLowerCase()}`);

const always =
  (command: Command): Command =>
  (state, dispatch, view) => {
    command(state, dispatch, view);
    return true;
  };

/** In code Tab writes two spaces; elsewhere it indents, even when there is no further to go. */
const tab: Command = (state, dispatch) => {
  if (state.selection.$from.parent.type.name === 'codeBlock' && state.selection.empty) {
    dispatch?.(state.tr.insertText('  '));
    return true;
  }
  return always(indent(1))(state, dispatch);
};

/** Down at the end of code that ends the document leaves it. */
const leaveCodeDown: Command = (state, dispatch, view) => {
  const { $head, empty } = state.selection;
  const isLast = $head.depth > 0 && $head.after() === state.doc.content.size;
  if (!empty || !isLast || !view?.endOfTextblock('down')) return false;
  return exitCode()(state, dispatch);
};

const isMac = typeof navigator !== 'undefined' && /Mac|iP/.test(navigator.platform);

function bindings({ onLink, onFind }: KeymapOptions, undoInputRule: () => boolean): Record<string, Command> {
  const keys: Record<string, Command> = {
    Enter: enter,
    'Shift-Enter': insertBreak,
    'Mod-Enter': exitCode(),
    Backspace: (state, dispatch, view) =>
      undoInputRule() || backspaceAtStart(state, dispatch) || joinTextblockBackward(state, dispatch, view),
    ArrowDown: leaveCodeDown,
    'Shift-Tab': always(indent(-1)),
    Tab: tab,
    'Mod-]': always(indent(1)),
    'Mod-[': always(indent(-1)),
    [keyName(SHORTCUTS.clear)]: clearFormatting,
    // With nothing to link the key is left to the list of commands.
    [keyName(SHORTCUTS.link)]: ({ selection, schema }) => {
      const link = schema.marks.link;
      if (selection.empty && !link?.isInSet(selection.$from.marks())) return false;
      onLink();
      return true;
    },
    [keyName(SHORTCUTS.find)]: () => {
      onFind();
      return true;
    },
  };
  for (const [name, style] of Object.entries(STYLES)) {
    keys[keyName(SHORTCUTS[name as keyof typeof STYLES])] = toggleStyle(style);
  }
  // With Shift the digit keys give other characters on most layouts; the key map falls back on the key itself.
  for (const name of ['bold', 'italic', 'underline', 'strike', 'code'] as const) {
    keys[keyName(SHORTCUTS[name])] = (state, dispatch, view) => {
      const type = state.schema.marks[name];
      return type ? toggleMark(type)(state, dispatch, view) : false;
    };
  }
  return keys;
}

export interface KeymapOptions {
  /** Asks for the address of a link. */
  readonly onLink: () => void;
  /** Opens find and replace. */
  readonly onFind: () => void;
}

/** The keys of the editor. Escape lets the next Tab leave the text, so that nobody is caught in it. */
export const docsKeymap = (options: KeymapOptions) =>
  Extension.create({
    name: 'docsKeymap',
    priority: 1100,
    addProseMirrorPlugins() {
      let mayLeave = false;
      const leaving = new Plugin({
        props: {
          handleKeyDown(_view, event) {
            if (event.key === 'Tab' && mayLeave) return true;
            if (event.key !== 'Shift') mayLeave = event.key === 'Escape';
            return false;
          },
          handleDOMEvents: {
            keydown(view, event) {
              // A command right after an arrow key, from a macro or a fast hand, must act on the new place.
              if (!view.composing) readPage(view);
              // True keeps the editor's hands off the key, and the browser moves the focus.
              return event.key === 'Tab' && mayLeave;
            },
            blur: () => {
              mayLeave = false;
              return false;
            },
            // A plain click edits; with the modifier it follows the link.
            click: (_view, event) => {
              const target = event.target instanceof Element ? event.target.closest('a[href]') : null;
              if (!target || !(isMac ? event.metaKey : event.ctrlKey)) return false;
              window.open((target as HTMLAnchorElement).href, '_blank', 'noopener,noreferrer');
              return true;
            },
          },
        },
      });
      return [leaving, keymap(bindings(options, () => this.editor.commands.undoInputRule()))];
    },
  });
