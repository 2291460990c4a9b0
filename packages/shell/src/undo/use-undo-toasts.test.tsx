// @vitest-environment happy-dom
import { Doc, lww, object } from '@concord/crdt';
import type { Session } from '@concord/sync';
import { UiProvider } from '@concord/ui';
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, expect, test, vi } from 'vitest';
import { stepName, stepOn, useUndoToasts } from './use-undo-toasts.ts';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

const schema = object({ title: lww(''), place: lww('') });
let unmount = (): void => {};
afterEach(() => act(() => unmount()));

function Probe({ session }: { session: Session<typeof schema> }) {
  useUndoToasts(session);
  return null;
}

function shown() {
  const doc = new Doc(schema);
  const session = { doc } as unknown as Session<typeof schema>;
  const root = createRoot(document.body.appendChild(document.createElement('div')));
  act(() =>
    root.render(
      <UiProvider>
        <Probe session={session} />
      </UiProvider>,
    ),
  );
  unmount = () => root.unmount();
  const move = (to: string, label: string) => {
    act(() => void doc.change((mut) => mut.place.set(to), { label }));
    doc.closeUndoStep();
  };
  const toasts = () => [...document.querySelectorAll('.cc-toast__title')].map((each) => each.textContent);
  const press = () => act(() => document.querySelector<HTMLElement>('.cc-toast__action')?.click());
  return { doc, move, toasts, press };
}

test('an undo says what it took back, wherever it came from, and offers the way back', async () => {
  const { doc, move, toasts, press } = shown();
  move('doing', stepOn('Move card', 'Milk'));
  act(() => void doc.undo());
  // The first toast brings the code for toasts with it.
  await vi.waitFor(() => expect(toasts()).toEqual(['Undid: Move card “Milk”']));
  press();
  expect(doc.view.place).toBe('doing');
  expect(toasts()).toEqual(['Redid: Move card “Milk”']);
  press();
  expect(doc.view.place).toBe('');
});

test('a new change takes the offer away: it would be about something else', () => {
  const { doc, move, toasts } = shown();
  move('doing', 'Move card');
  act(() => void doc.undo());
  move('done', 'Move card');
  expect(toasts()).toEqual([]);
});

test('what is undone at the caret is not shown twice, and is called by its name in every language', () => {
  const { doc, move, toasts } = shown();
  move('x', 'Typing');
  act(() => void doc.undo());
  expect(toasts()).toEqual([]);
  expect([stepName('Typing'), stepName('Move card')]).toEqual(['Typing', 'Move card']);
});

test('a long name is cut', () => {
  expect(stepOn('Move card', 'x'.repeat(99))).toBe(`Move card “${'x'.repeat(39)}…”`);
});
