// @vitest-environment happy-dom
import { act, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, expect, test, vi } from 'vitest';
import { UiProvider } from '../frame/ui-provider.tsx';
import { TrashDrawer } from './trash-drawer.tsx';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

afterEach(() => {
  document.body.replaceChildren();
});

function Trash({ mayRestore }: { mayRestore: boolean }) {
  const [open, setOpen] = useState(false);
  const [left, setLeft] = useState(['Milk', 'Bread']);
  const items = left.map((name) => ({
    id: name,
    name,
    restoreLabel: `Restore “${name}”`,
    onRestore: () => setLeft(left.filter((other) => other !== name)),
  }));
  return (
    <UiProvider>
      <button type="button" id="opener" onClick={() => setOpen(true)} />
      {open ? (
        <TrashDrawer
          title="Trash"
          description="What was deleted."
          icon={<i />}
          emptyTitle="The trash is empty"
          emptyHint="Nothing waits."
          parts={[{ label: 'Deleted', restore: 'Restore', items }]}
          mayRestore={mayRestore}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </UiProvider>
  );
}

function opened(mayRestore: boolean) {
  const root = createRoot(document.body.appendChild(document.createElement('div')));
  act(() => root.render(<Trash mayRestore={mayRestore} />));
  const opener = document.querySelector<HTMLElement>('#opener');
  opener?.focus();
  act(() => opener?.click());
  const rows = () => [...document.querySelectorAll('li')].map((row) => row.textContent);
  return { root, opener, rows };
}

const button = (label: string) => document.querySelector<HTMLElement>(`[aria-label="${label}"]`);

test('brings back what was deleted, the latest first; the focus stays inside, and goes back when it closes', async () => {
  const { root, opener, rows } = opened(true);
  expect(rows()).toEqual(['BreadRestore', 'MilkRestore']);
  for (const name of ['Bread', 'Milk']) {
    button(`Restore “${name}”`)?.focus();
    await act(async () => button(`Restore “${name}”`)?.click());
    expect(document.querySelector('[role=dialog]')?.contains(document.activeElement)).toBe(true);
  }
  expect(document.body.textContent).toContain('The trash is empty');
  act(() => button('Close')?.click());
  await vi.waitFor(() => expect(document.activeElement).toBe(opener));
  act(() => root.unmount());
});

test('who may not write sees it all and can bring nothing back', () => {
  const { root, rows } = opened(false);
  expect(rows()).toEqual(['Bread', 'Milk']);
  expect(button('Restore “Milk”')).toBeNull();
  act(() => root.unmount());
});
