import { type Command, IconButton, type MenuEntry, Skeleton } from '@concord/ui';
import { Suspense, useEffect } from 'react';
import { useShell } from '../shell.tsx';
import { words } from '../words.ts';
import { PANELS } from './index.ts';
import type { Panel } from './panel.ts';

const NO_COUNT = (): number => 0;
const NO_WATCH = (): void => undefined;
const toggle = ({ panel, openPanel, closePanel }: ReturnType<typeof useShell>, id: string) => {
  return () => (panel?.id === id ? closePanel() : openPanel(id));
};

function PanelButton({ id, panel }: { id: string; panel: Panel }) {
  const shell = useShell();
  const { useCount = NO_COUNT, useWatch = NO_WATCH } = panel;
  const count = useCount();
  useWatch();
  const title = panel.title();
  if (panel.place === 'waiting' && count === 0 && shell.panel?.id !== id) return null;
  return (
    <span className="cc-panel-button" data-panel={id}>
      <IconButton
        label={count > 0 ? words.panelCount(title, count) : title}
        icon={panel.icon}
        aria-pressed={shell.panel?.id === id}
        onClick={toggle(shell, id)}
        {...(panel.keys && { shortcut: panel.keys })}
      />
      {count > 0 ? (
        <span className="cc-panel-button__count" aria-hidden="true">
          {count > 99 ? '99+' : count}
        </span>
      ) : null}
    </span>
  );
}

/** The buttons of the panels that have a place in the bar. */
export const PanelButtons = () => (
  <span className="cc-panel-buttons">
    {Object.entries(PANELS)
      .filter(([, panel]) => panel.place !== 'menu')
      .map(([id, panel]) => (
        <PanelButton key={id} id={id} panel={panel} />
      ))}
  </span>
);

/** All panels as lines of the "More" menu, with what waits in them: on a narrow screen they are nowhere else. */
export function usePanelEntries(shell: ReturnType<typeof useShell>): MenuEntry[] {
  // biome-ignore lint/correctness/useHookAtTopLevel: the panels are the same, in one order, as long as the page is open
  const counts = Object.values(PANELS).map(({ useCount = NO_COUNT }) => useCount());
  return Object.entries(PANELS).map(([id, { title, icon, keys }], at) => {
    const count = counts[at] ?? 0;
    return {
      label: count > 0 ? words.panelCount(title(), count) : title(),
      icon,
      onSelect: toggle(shell, id),
      ...(keys && { shortcut: keys }),
    };
  });
}

/** The keys of the panels; their lines in the palette come from the menu. */
export const panelCommands = (shell: ReturnType<typeof useShell>): Command[] =>
  Object.entries(PANELS).flatMap(([id, { title, icon, keys, commands }]) => [
    {
      id: `panel.${id}`,
      title: title(),
      group: words.document,
      icon,
      run: toggle(shell, id),
      ...(keys && { keys: [keys] }),
    },
    ...(commands?.(shell) ?? []),
  ]);

/** Milliseconds after which the panels are fetched, so that they open without a network too. */
const LATER = 3000;

/** Fetches the panels once the page has shown itself. */
export function usePanelsAhead(): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const { View } of Object.values(PANELS)) View.load().catch(() => undefined);
    }, LATER);
    return () => clearTimeout(timer);
  }, []);
}

/** The panel that is open. Its place is there with the press: the page would move later, under the reader's eyes. */
export function OpenPanel() {
  const shell = useShell();
  const panel = shell.panel && PANELS[shell.panel.id];
  if (!panel) return null;
  const place = (
    <div className="cc-side" aria-busy="true">
      <div className="cc-side__body">
        <Skeleton lines={4} />
      </div>
    </div>
  );
  return (
    <Suspense fallback={panel.isDialog ? null : place}>
      <panel.View key={shell.panel?.id} />
    </Suspense>
  );
}
