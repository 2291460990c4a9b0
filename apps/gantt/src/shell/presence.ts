import type { Whereabouts } from '@concord/shell';
import type { Session } from '@concord/sync';
import { HEADER_HEIGHT, ROW_HEIGHT } from '../chart/scale.ts';
import { today } from '../civil.ts';
import { derivePlan, type Row } from '../plan.ts';
import { decodeWhereabouts } from '../presence.ts';
import type { GanttSchema } from '../schema.ts';

/** The panes that scroll up and down as one; where there is room for one of them only, the other has no height. */
const panes = (): readonly HTMLElement[] =>
  [...document.querySelectorAll<HTMLElement>('.cc-gantt-table, .cc-gantt-chart')].filter(
    (pane) => pane.clientHeight > 0,
  );

/** People are on the task whose cell or bar they have. */
export const ganttWhereabouts: Whereabouts<Session<GanttSchema>> = {
  reveal({ doc }, data) {
    const { task } = decodeWhereabouts(data);
    const row = task === null ? undefined : derivePlan(doc.view, today()).byKey.get(task);
    return row !== undefined && revealRow(row);
  },
};

/** Scrolls to a task, and calls `then` once its row is drawn. False where no pane shows tasks. */
export function revealRow({ key, number }: Row, then = (): void => undefined): boolean {
  const [pane] = panes();
  if (!pane) return false;
  const top = (number - 1) * ROW_HEIGHT;
  const room = pane.clientHeight - HEADER_HEIGHT - ROW_HEIGHT;
  if (top < pane.scrollTop || top > pane.scrollTop + room) pane.scrollTop = Math.max(0, top - room / 2);
  // Once the rows there are drawn.
  requestAnimationFrame(() => {
    document
      .querySelector(`.cc-gantt-overlay [data-key="${CSS.escape(key)}"]`)
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    then();
  });
  return true;
}
