import { type AppHistory, type Thing, tracesOf } from '@concord/shell';
import { today } from '../civil.ts';
import { linkName, nameOf } from '../model.ts';
import { derivePlan } from '../plan.ts';
import { type GanttSchema, type PlanView, ROWS } from '../schema.ts';
import { words } from '../words.ts';

/** Tasks in their rows, and the links between them. */
function thingsOf(view: PlanView): Thing[] {
  const plan = derivePlan(view, today());
  const tasks = plan.rows.map(({ key }): Thing => {
    return { key, name: nameOf(plan, key), group: ROWS, look: view.tasks[key] };
  });
  const links = view.links.edges.map(({ id, from, to, ...look }): Thing => {
    return { key: id, name: linkName(plan, { from, to }), group: 'links', look };
  });
  return [...tasks, ...links];
}

const history: AppHistory<GanttSchema> = {
  traces: (before, after) => tracesOf(thingsOf(before), thingsOf(after)),
  areas: () => words.historyAreas,
};

export default history;
