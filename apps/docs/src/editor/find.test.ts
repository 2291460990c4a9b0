import { type Command, EditorState, TextSelection } from '@tiptap/pm/state';
import { expect, test } from 'vitest';
import { find, findAll, finding, findNext, findState, replaceAll, replaceMatch } from './find.ts';
import { editorSchema as schema } from './schema.ts';

const docOf = (...lines: string[]) =>
  schema.topNodeType.create(
    null,
    lines.map((line) => schema.node('paragraph', null, line ? [schema.text(line)] : [])),
  );

function open(...lines: string[]): EditorState {
  const plugins = finding.config.addProseMirrorPlugins?.call({} as never) ?? [];
  return EditorState.create({ doc: docOf(...lines), plugins });
}

function after(state: EditorState, command: Command): EditorState {
  let next = state;
  command(state, (tr) => {
    next = state.apply(tr);
  });
  return next;
}

const words = (state: EditorState): string => state.doc.textBetween(0, state.doc.content.size, '/');

test('finds in every block, case or not, and no pattern is a pattern', () => {
  const doc = docOf('Sea and sea', 'a.b', 'SEA 😀sea');
  expect(findAll(doc, { text: 'sea', matchCase: false })).toHaveLength(4);
  expect(findAll(doc, { text: 'sea', matchCase: true })).toHaveLength(2);
  expect(findAll(doc, { text: 'a.b', matchCase: false })).toEqual([{ from: 14, to: 17 }]);
  expect(findAll(doc, { text: '.', matchCase: false })).toHaveLength(1);
  expect(findAll(doc, { text: '', matchCase: false })).toEqual([]);
});

test('starts at the caret and goes around', () => {
  let state = open('x a x', 'x');
  state = state.apply(state.tr.setSelection(TextSelection.create(state.doc, 4)));
  state = after(state, find({ text: 'x', matchCase: false }));
  expect(findState(state).current).toBe(1);
  state = after(after(state, findNext(1)), findNext(1));
  expect([findState(state).current, state.selection.from]).toEqual([0, 1]);
  state = after(state, findNext(-1));
  expect(findState(state).current).toBe(2);
  expect(findState(after(state, find(null))).matches).toEqual([]);
});

test('replaces one and goes on, or all in one step', () => {
  let state = after(open('x a x', 'x'), find({ text: 'x', matchCase: false }));
  state = after(state, replaceMatch('xx'));
  expect(words(state)).toBe('xx a x/x');
  expect(state.selection.from).toBe(3);
  expect(words(after(state, replaceAll('')))).toBe(' a /');
  expect(replaceMatch('y')(after(state, find({ text: 'nothing', matchCase: false })))).toBe(false);
});
