import { toggleMark } from '@tiptap/pm/commands';
import { keydownHandler } from '@tiptap/pm/keymap';
import type { EditorState } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import type { Editing } from '../editing.ts';
import { focusBlock, focusHandle } from '../focus.ts';
import { type BlockType, blockTypes } from '../schema.ts';
import { setState } from '../store.ts';
import { caretColumn, forgetColumn, readCaret } from './caret.ts';
import { type MarkName, schema } from './schema.ts';
import { selectedText, slashKey } from './whereabouts.ts';

type Command = (state: EditorState, dispatch: unknown, view?: EditorView) => boolean;

const MARK_KEYS: Readonly<Record<string, MarkName>> = {
  'Mod-b': 'bold',
  'Mod-i': 'italic',
  'Mod-u': 'underline',
  'Mod-Shift-s': 'strike',
  'Mod-e': 'code',
};

/** The types by number, for Mod+Alt+0 and so on. */
const NUMBERED_TYPES: readonly BlockType[] = blockTypes.filter((type) => type !== 'divider');

/** The content offsets of the selection. */
const range = ({ selection }: EditorState): { from: number; to: number } => ({
  from: selection.from - 1,
  to: selection.to - 1,
});

export function toggle(view: EditorView, mark: MarkName): void {
  const type = schema.marks[mark];
  if (type) toggleMark(type)(view.state, view.dispatch);
}

/** The keys of one block's editor. */
export function blockKeys(editing: Editing, id: string): (view: EditorView, event: KeyboardEvent) => boolean {
  const does = (act: (state: EditorState, view: EditorView) => boolean | undefined): Command => {
    return (state, _dispatch, view) => view !== undefined && act(state, view) !== false;
  };
  const newLine = does((state, view) => {
    view.dispatch(state.tr.insertText('\n').scrollIntoView());
    return true;
  });
  const isCode = (): boolean => editing.block(id)?.type === 'code';

  /** Up and down keep the column, left and right go on at the edge. */
  const leave = (direction: 'up' | 'down' | 'left' | 'right'): Command =>
    does((state, view) => {
      if (!state.selection.empty || !view.endOfTextblock(direction)) return false;
      const back = direction === 'up' || direction === 'left';
      const next = editing.neighbour(id, back ? -1 : 1);
      if (!next) return false;
      if (direction === 'left') focusBlock(next.block.id, 'end');
      else if (direction === 'right') focusBlock(next.block.id, 'start');
      else focusBlock(next.block.id, { x: caretColumn(view), line: direction === 'up' ? 'last' : 'first' });
      return true;
    });

  const types = Object.fromEntries(
    NUMBERED_TYPES.map((type, digit) => [`Mod-Alt-${digit}`, does(() => void editing.turnInto(id, type))]),
  );
  const marks = Object.fromEntries(
    Object.entries(MARK_KEYS).map(([key, name]) => [key, does((_, view) => void toggle(view, name))]),
  );

  const handle = keydownHandler({
    Enter: does((state, view) => {
      if (isCode()) {
        const { from, to } = range(state);
        const text = editing.block(id)?.text ?? '';
        // A second empty line at the end leaves the code.
        if (from === to && to === text.length && text.endsWith('\n')) {
          view.dispatch(state.tr.delete(state.selection.from - 1, state.selection.from));
          editing.addBelow(id);
        } else view.dispatch(state.tr.insertText('\n').scrollIntoView());
        return;
      }
      const { from, to } = range(state);
      editing.enter(id, from, to);
    }),
    'Shift-Enter': newLine,
    'Mod-Enter': does(() => {
      const block = editing.block(id);
      if (block?.type === 'todo') editing.setChecked(id, block.attrs.checked !== true);
      else if (block?.type === 'code') editing.addBelow(id);
      else if (block && block.children.length > 0) editing.toggleCollapsed(id);
      else editing.addBelow(id);
    }),
    Backspace: does((state) => {
      if (!state.selection.empty || range(state).from !== 0) return false;
      editing.joinUp(id);
      return true;
    }),
    'Mod-Backspace': does((state) => {
      if (!state.selection.empty || range(state).from !== 0) return false;
      editing.joinUp(id);
      return true;
    }),
    Delete: does((state) => {
      if (!state.selection.empty || range(state).to !== state.doc.content.size - 2) return false;
      editing.joinDown(id);
      return true;
    }),
    Tab: does(() => void editing.indent(id)),
    'Shift-Tab': does(() => void editing.outdent(id)),
    ArrowUp: leave('up'),
    ArrowDown: leave('down'),
    ArrowLeft: leave('left'),
    ArrowRight: leave('right'),
    'Mod-Shift-ArrowUp': does(() => void editing.nudge(id, 'up')),
    'Mod-Shift-ArrowDown': does(() => void editing.nudge(id, 'down')),
    'Alt-Shift-ArrowUp': does(() => void editing.nudge(id, 'up')),
    'Alt-Shift-ArrowDown': does(() => void editing.nudge(id, 'down')),
    'Mod-d': does(() => void editing.duplicate(id)),
    'Mod-Shift-Backspace': does(() => void editing.remove(id)),
    'Mod-z': does(() => void editing.undo()),
    'Mod-y': does(() => void editing.redo()),
    'Mod-Shift-z': does(() => void editing.redo()),
    // Without a selection the key is left to the list of commands.
    'Mod-k': does((_, view) => {
      const selected = selectedText(view, id);
      if (!selected) return false;
      setState({ linking: selected });
      return true;
    }),
    'Mod-/': does((_, view) => {
      const { left, bottom } = view.coordsAtPos(view.state.selection.head);
      setState({ menu: { block: id, at: { x: left, y: bottom } } });
    }),
    Escape: does(() => void focusHandle(id)),
    ...types,
    ...marks,
  });

  return (view, event) => {
    if (view.composing) return false;
    readCaret(view);
    if (slashKey(event, editing)) return true;
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') forgetColumn();
    return handle(view, event);
  };
}
