// @vitest-environment happy-dom
import { act, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, test, vi } from 'vitest';
import { lazyView, WhenWanted } from './lazy-view.tsx';

test('a chunk that cannot be fetched is said in its place, and another try fetches it', async () => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  const quiet = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  let tries = 0;
  const Part = lazyView<{ name: string }>(async () => {
    if (++tries === 1) throw new Error('no network');
    return { default: ({ name }) => <p>Hello {name}</p> };
  });
  const host = document.body.appendChild(document.createElement('div'));
  const root = createRoot(host);
  await act(async () =>
    root.render(
      <>
        <h1>Page</h1>
        <Suspense>
          <Part name="Ana" />
        </Suspense>
      </>,
    ),
  );
  expect(host.textContent).toContain('Page');
  expect(host.textContent).toContain('no network');
  await act(async () => [...host.querySelectorAll('button')].at(-1)?.click());
  expect(host.textContent).toContain('Hello Ana');
  expect(tries).toBe(2);
  await act(async () => root.unmount());
  host.remove();
  quiet.mockRestore();
});

test('a dialog is given up by Escape while it is fetched, the page hears no keys, and what was fetched shows at once', async () => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  type Chunk = { default: () => React.ReactNode };
  let arrive = (_chunk: Chunk): void => undefined;
  const view = lazyView<object>(() => new Promise<Chunk>((resolve) => (arrive = resolve)));
  const host = document.body.appendChild(document.createElement('div'));
  const root = createRoot(host);
  const [gaveUp, heard] = [vi.fn(), vi.fn()];
  document.addEventListener('keydown', heard);
  const press = (key: string, more: KeyboardEventInit = {}) =>
    host.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, ...more }));
  const show = (wanted: boolean) =>
    act(async () => root.render(<WhenWanted view={view} wanted={wanted} onGiveUp={gaveUp} />));
  await show(false);
  press('c');
  expect(heard).toHaveBeenCalledTimes(1);
  await show(true);
  press('c');
  press('k', { ctrlKey: true });
  expect(heard).toHaveBeenCalledTimes(2);
  press('Escape');
  expect(gaveUp).toHaveBeenCalledOnce();
  await show(false);
  press('Escape');
  expect(gaveUp).toHaveBeenCalledOnce();
  await act(async () => arrive({ default: () => <p>Dialog</p> }));
  await act(async () => root.unmount());
  document.removeEventListener('keydown', heard);

  const again = createRoot(host);
  act(() => again.render(<WhenWanted view={view} wanted />));
  expect(host.textContent).toBe('Dialog');
  await act(async () => again.unmount());
  host.remove();
});
