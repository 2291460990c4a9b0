import { longDate } from '../chart/scale.ts';
import { linkBetween } from '../links.ts';
import { linkProblem, nameOf } from '../model.ts';
import type { Plan } from '../plan.ts';
import { type Drag, useViewState } from '../store.ts';
import { daysWords } from './cell-values.ts';
import { usePlanner } from './planner.tsx';
import { heldWords } from './use-bar-drag.ts';

/** One line that says what letting go would do. */
export function DragTip() {
  const { plan } = usePlanner();
  const drag = useViewState((state) => state.drag);
  const words = drag ? wordsFor(drag, plan) : null;
  return words ? <output className="cc-gantt-tip">{words}</output> : null;
}

function wordsFor(drag: Drag, plan: Plan): string | null {
  const row = plan.byKey.get(drag.key);
  if (!row) return null;
  const name = nameOf(plan, drag.key);
  switch (drag.type) {
    case 'progress':
      return `${name}: ${drag.progress}% done`;
    case 'link': {
      if (!drag.target) return `Drop on the start or finish of another bar to link it with “${name}”`;
      const type = linkBetween(drag.end, drag.target.end);
      return (
        linkProblem(plan, drag.key, drag.target.key, type) ??
        `${drag.end} of “${name}” → ${drag.target.end} of “${nameOf(plan, drag.target.key)}” (${type})`
      );
    }
    default: {
      const { moved, finish, finishBy } = drag.cascade;
      const own = moved.get(drag.key);
      if (!own) return drag.start === row.start ? `${name} stays where it is` : heldWords(plan, row);
      const others = moved.size - 1;
      const parts = [
        drag.type === 'resize'
          ? `${name}: ${daysWords(drag.duration)}, until ${longDate(own.finish)}`
          : `${name}: ${longDate(own.start)} – ${longDate(own.finish)}`,
        others > 0 ? `${others} more ${others === 1 ? 'task moves' : 'tasks move'}` : 'nothing else moves',
      ];
      if (finishBy !== 0) {
        parts.push(
          `the plan ends ${daysWords(Math.abs(finishBy))} ${finishBy > 0 ? 'later' : 'earlier'}, ${longDate(finish)}`,
        );
      }
      return parts.join(' · ');
    }
  }
}
