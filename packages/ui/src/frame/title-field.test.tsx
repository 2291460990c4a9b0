// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { TitleField } from './title-field.tsx';

let root: Root;
let host: HTMLElement;
let changes: string[];

const render = (title: string) =>
  act(() => root.render(<TitleField title={title} onTitleChange={(text) => changes.push(text)} />));

const field = (): HTMLInputElement => {
  const found = host.querySelector('input');
  if (!found) throw new Error('No title field');
  return found;
};

const type = (text: string) =>
  act(() => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field(), text);
    field().dispatchEvent(new InputEvent('input', { bubbles: true }));
  });

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  changes = [];
  host = document.body.appendChild(document.createElement('div'));
  root = createRoot(host);
});
afterEach(() => {
  act(() => root.unmount());
  host.remove();
});

test('every input is a change, so that nothing waits for a blur', async () => {
  await render('Plan');
  await type('Plan B');
  expect(changes).toEqual(['Plan B']);
});

test('a title from elsewhere does not touch what is being typed, and shows afterwards', async () => {
  await render('Plan');
  await act(() => field().focus());
  await type('Plan B');
  await render('Theirs');
  expect(field().value).toBe('Plan B');
  await act(() => field().blur());
  expect(field().value).toBe('Theirs');
});

test('Escape puts back what stood there', async () => {
  await render('Plan');
  await act(() => field().focus());
  await type('Oops');
  await render('Oops');
  await act(() => {
    field().dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
  });
  expect(changes).toEqual(['Oops', 'Plan']);
});
