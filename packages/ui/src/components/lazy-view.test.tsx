// @vitest-environment happy-dom
import { act, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, test, vi } from 'vitest';
import { lazyView } from './lazy-view.tsx';

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
