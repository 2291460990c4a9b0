// @vitest-environment happy-dom
import { EditorState } from '@tiptap/pm/state';
import { EditorView } from '@tiptap/pm/view';
import { expect, test } from 'vitest';
import { bindText, caretOnly, renderDoc, wholeText } from './index.ts';
import { codec, newDoc, sourceOf } from './testing/fixture.ts';

test('a text with a caret alone takes no writing, shows what others write, and can be written in again', () => {
  const doc = newDoc(0);
  doc.change((root) => root.body.insert(0, 'Hello'));
  const source = sourceOf(doc);
  let isOn = true;
  const view = new EditorView(document.body.appendChild(document.createElement('div')), {
    state: EditorState.create({
      doc: source.read((text) => renderDoc(codec, text, wholeText)),
      plugins: [bindText({ source, codec }), caretOnly(() => isOn)],
    }),
  });
  const type = (words: string): void => view.dispatch(view.state.tr.insertText(words, 1));
  const fired = (name: string): boolean =>
    view.dom.dispatchEvent(new Event(name, { bubbles: true, cancelable: true }));

  doc.isLocked = true;
  type('x');
  for (const name of ['beforeinput', 'paste', 'cut', 'drop']) expect(fired(name), name).toBe(false);
  // What a key does in any text is left to the browser.
  expect(fired('keydown')).toBe(true);
  expect([view.state.doc.textContent, doc.view.body.text]).toEqual(['Hello', 'Hello']);
  expect(view.dom.getAttribute('aria-readonly')).toBe('true');
  expect(view.dom.getAttribute('contenteditable')).toBe('true');

  const other = newDoc(1);
  other.apply(doc.changesSince(other.version).map(({ bytes }) => bytes));
  other.change((root) => root.body.insert(5, ' there'));
  doc.apply(other.changesSince(doc.version).map(({ bytes }) => bytes));
  expect(view.state.doc.textContent).toBe('Hello there');

  doc.isLocked = false;
  isOn = false;
  type('Oh. ');
  expect(doc.view.body.text).toBe('Oh. Hello there');
  expect(view.dom.hasAttribute('aria-readonly')).toBe(false);
  view.destroy();
});
