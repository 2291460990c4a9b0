// @vitest-environment happy-dom
import { EditorState, TextSelection } from '@tiptap/pm/state';
import { EditorView } from '@tiptap/pm/view';
import { expect, test } from 'vitest';
import { bindText, type CaretPeer, remoteCarets, renderDoc, wholeText } from './index.ts';
import { codec, newDoc, sourceOf, type TextDoc } from './testing/fixture.ts';

function open(doc: TextDoc, peers: CaretPeer[], onSelection: (selection: unknown) => void) {
  const listeners = new Set<() => void>();
  const source = sourceOf(doc);
  const host = document.body.appendChild(document.createElement('div'));
  const view = new EditorView(host, {
    state: EditorState.create({
      doc: source.read((text) => renderDoc(codec, text, wholeText)),
      plugins: [
        bindText({ source, codec, onSelection }),
        remoteCarets({
          source,
          peers: () => peers,
          label: (name) => `${name} ist da`,
          subscribe: (changed) => {
            listeners.add(changed);
            return () => listeners.delete(changed);
          },
        }),
      ],
    }),
  });
  // Without a layout every letter is ten wide.
  view.coordsAtPos = (pos) => ({ left: pos * 10, right: pos * 10, top: 0, bottom: 20 });
  return {
    view,
    host,
    changed: () => {
      for (const listener of listeners) listener();
      return frame();
    },
  };
}

const frame = () => new Promise(requestAnimationFrame);

test('the carets of others have names, follow the text, and hostile presence is ignored', async () => {
  const [a, b] = [newDoc(0), newDoc(1)];
  const peers: CaretPeer[] = [];
  let selection: unknown;
  const ana = open(a, [], (now) => {
    selection = now;
  });
  const bo = open(b, peers, () => {});
  ana.view.dispatch(ana.view.state.tr.insertText('Hello world', 1));
  ana.view.dispatch(ana.view.state.tr.setSelection(TextSelection.create(ana.view.state.doc, 7, 12)));
  b.apply(a.changesSince(b.version).map((change) => change.bytes));
  expect(bo.view.dom.textContent).toBe('Hello world');

  peers.push({ id: 'a', name: 'Ana', colour: 3, selection: JSON.parse(JSON.stringify(selection)) });
  for (const [i, bad] of [
    null,
    5,
    { anchor: 1 },
    { anchor: { id: '../../', side: 'after' }, head: {} },
  ].entries()) {
    peers.push({ id: `bad ${i}`, name: 'Bad', colour: 0, selection: bad as never });
  }
  await bo.changed();
  const carets = () => [...bo.host.querySelectorAll<HTMLElement>('.cc-caret')];
  expect(carets().map((caret) => caret.getAttribute('aria-label'))).toEqual(['Ana ist da']);
  expect(bo.view.dom.querySelector('.cc-caret')).toBeNull();
  expect(bo.view.dom.querySelector('.cc-caret-range')?.textContent).toBe('world');

  bo.view.dispatch(bo.view.state.tr.insertText('Oh. ', 1));
  await frame();
  expect(bo.view.dom.querySelector('.cc-caret-range')?.textContent).toBe('world');
  expect(bo.view.dom.textContent).toBe('Oh. Hello world');
  peers.length = 0;
  await bo.changed();
  expect(carets()).toEqual([]);
  expect(bo.view.dom.querySelector('.cc-caret-range')).toBeNull();
  ana.view.destroy();
  bo.view.destroy();
  expect(selection).toBeNull();
});

test('a caret stays before what is typed at it', async () => {
  const [a, b] = [newDoc(0), newDoc(1)];
  const peers: CaretPeer[] = [];
  let selection: unknown;
  const ana = open(a, [], (now) => {
    selection = now;
  });
  const bo = open(b, peers, () => {});
  ana.view.dispatch(ana.view.state.tr.insertText('ab', 1));
  ana.view.dispatch(ana.view.state.tr.setSelection(TextSelection.create(ana.view.state.doc, 2)));
  b.apply(a.changesSince(b.version).map((change) => change.bytes));
  peers.push({ id: 'a', name: 'Ana', colour: 3, selection: JSON.parse(JSON.stringify(selection)) });
  await bo.changed();
  const at = (): string | undefined => bo.host.querySelector<HTMLElement>('.cc-caret')?.style.transform;
  for (const letter of 'XYZ') bo.view.dispatch(bo.view.state.tr.insertText(letter, 2));
  await frame();
  expect(bo.view.dom.textContent).toBe('aZYXb');
  expect(at()).toBe('translate(20px, 0px)');
  bo.view.dispatch(bo.view.state.tr.insertText('!', 1));
  await frame();
  expect(at()).toBe('translate(30px, 0px)');
  ana.view.destroy();
  bo.view.destroy();
});
