// @vitest-environment happy-dom
import { EditorState, type Transaction } from '@tiptap/pm/state';
import { EditorView } from '@tiptap/pm/view';
import { expect, test } from 'vitest';
import { bindText, renderDoc, wholeText } from './index.ts';
import { codec, newDoc, schema, sourceOf } from './testing/fixture.ts';

const labels = { paste: 'Einfügen', cut: 'Ausschneiden', drop: 'Verschieben', formatting: 'Formatierung' };

function stepsOf(labelled: boolean): string[] {
  const doc = newDoc(0);
  const source = sourceOf(doc);
  const seen: string[] = [];
  const listening = {
    ...source,
    change: (...[fn, label]: Parameters<typeof source.change>) => {
      seen.push(label);
      source.change(fn, label);
    },
  };
  const view = new EditorView(document.body.appendChild(document.createElement('div')), {
    state: EditorState.create({
      doc: source.read((text) => renderDoc(codec, text, wholeText)),
      plugins: [bindText({ source: listening, codec, ...(labelled && { labels }) })],
    }),
  });
  const act = (edit: (tr: Transaction) => Transaction): void => view.dispatch(edit(view.state.tr));
  act((tr) => tr.insertText('Hello', 1));
  for (const event of ['paste', 'drop']) act((tr) => tr.insertText(event, 1).setMeta('uiEvent', event));
  act((tr) => tr.delete(1, 3).setMeta('uiEvent', 'cut'));
  act((tr) => tr.addMark(1, 3, schema.mark('bold')));
  act((tr) => tr.insertText('x', 1).setMeta('label', 'Own'));
  view.destroy();
  return seen;
}

test('undo calls each step what the caller calls it; typing is typing', () => {
  expect(stepsOf(true)).toEqual(['Typing', 'Einfügen', 'Verschieben', 'Ausschneiden', 'Formatierung', 'Own']);
});

test('without labels no step has words of this package', () => {
  expect(stepsOf(false)).toEqual(['Typing', 'Typing', 'Typing', 'Typing', 'Typing', 'Own']);
});
