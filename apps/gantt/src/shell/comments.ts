import type { CommentSubjects } from '@concord/shell';
import type { Session } from '@concord/sync';
import { today } from '../civil.ts';
import { nameOf } from '../model.ts';
import { derivePlan } from '../plan.ts';
import type { GanttSchema } from '../schema.ts';
import { useViewState } from '../store.ts';

/** In a plan people comment on tasks. */
export const ganttComments: CommentSubjects<Session<GanttSchema>> = {
  placesPath: 'order',
  chosen({ doc }) {
    const { active } = useViewState.getState();
    const plan = derivePlan(doc.view, today());
    if (!active || !plan.byKey.has(active.key)) return null;
    return { subject: { type: 'item', id: active.key }, quote: nameOf(plan, active.key) };
  },
  places({ doc }) {
    const plan = derivePlan(doc.view, today());
    return (subject) => {
      const row = subject.type === 'item' ? plan.byKey.get(subject.id) : undefined;
      return row ? { order: [row.number], quote: nameOf(plan, row.key) } : null;
    };
  },
  reveal(_session, subject, focus) {
    if (subject.type !== 'item') return;
    useViewState.getState().select({ key: subject.id, column: 'name' }, focus ? 'table' : undefined);
  },
};
