// @vitest-environment happy-dom
import type { MenuEntry } from '@concord/ui';
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, test, vi } from 'vitest';
import type { Shell } from '../shell.tsx';
import { usePanelEntries } from './panel-buttons.tsx';

vi.mock('./index.ts', () => ({
  PANELS: {
    comments: { title: () => 'Comments', icon: null, useCount: () => 3 },
    inbox: { title: () => 'Review', icon: null, useCount: () => 0 },
    share: { title: () => 'Share', icon: null },
  },
}));

let entries: readonly MenuEntry[] = [];
function Lines() {
  entries = usePanelEntries({ panel: null } as unknown as Shell);
  return null;
}

test('the lines of “More” say what waits in each panel, and nothing where nothing does', async () => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  const root = createRoot(document.createElement('div'));
  await act(() => root.render(<Lines />));
  expect(entries.map((entry) => 'label' in entry && entry.label)).toEqual([
    'Comments (3)',
    'Review',
    'Share',
  ]);
  await act(() => root.unmount());
});
