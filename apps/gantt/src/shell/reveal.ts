import type { DocEvent } from '@concord/crdt';
import { keysIn } from '@concord/shell';
import type { Session } from '@concord/sync';
import { today } from '../civil.ts';
import { derivePlan } from '../plan.ts';
import type { GanttSchema } from '../schema.ts';
import { revealRow } from './presence.ts';

/** Shows the task that was changed, in its row and by its bar; of a link the task that it leads to. */
export function revealChange(
  { doc }: Session<GanttSchema>,
  event: DocEvent,
  flash: (element: Element) => void,
): void {
  const { byKey, links } = derivePlan(doc.view, today());
  const keys = keysIn(event).map((key) => links.find(({ id }) => id === key)?.to ?? key);
  const row = keys.map((key) => byKey.get(key)).find((each) => each !== undefined);
  if (!row) return;
  const key = CSS.escape(row.key);
  const shown = `.cc-gantt-bar[data-key="${key}"], [data-key="${key}"][data-column="name"]`;
  revealRow(row, () => {
    for (const element of document.querySelectorAll(shown)) flash(element);
  });
}
