import { longDate } from '../chart/scale.ts';
import { linkBetween } from '../links.ts';
import { linkProblem, nameOf } from '../model.ts';
import type { Plan } from '../plan.ts';
import { type Drag, useViewState } from '../store.ts';
import { words } from '../words.ts';
import { usePlanner } from './planner.tsx';
import { heldWords } from './use-bar-drag.ts';

/** One line that says what letting go would do. */
export function DragTip() {
  const { plan } = usePlanner();
  const drag = useViewState((state) => state.drag);
  const tip = drag ? wordsFor(drag, plan) : null;
  return tip ? <output className="cc-gantt-tip">{tip}</output> : null;
}

function wordsFor(drag: Drag, plan: Plan): string | null {
  const row = plan.byKey.get(drag.key);
  if (!row) return null;
  const name = nameOf(plan, drag.key);
  switch (drag.type) {
    case 'progress':
      return words.tipProgress(name, drag.progress);
    case 'link': {
      if (!drag.target) return words.tipLink(name);
      const type = linkBetween(drag.end, drag.target.end);
      return (
        linkProblem(plan, drag.key, drag.target.key, type) ??
        words.tipLinkTo(
          words.ends[drag.end],
          name,
          words.ends[drag.target.end],
          nameOf(plan, drag.target.key),
          type,
        )
      );
    }
    default: {
      const { moved, finish, finishBy } = drag.cascade;
      const own = moved.get(drag.key);
      if (!own) return drag.start === row.start ? words.tipStays(name) : heldWords(plan, row);
      const others = moved.size - 1;
      const parts = [
        drag.type === 'resize'
          ? words.tipDuration(name, drag.duration, longDate(own.finish))
          : words.tipDates(name, longDate(own.start), longDate(own.finish)),
        others > 0 ? words.moreMove(others) : words.nothingElse,
      ];
      if (finishBy !== 0) {
        parts.push(
          finishBy > 0
            ? words.planEndsLater(finishBy, longDate(finish))
            : words.planEndsEarlier(-finishBy, longDate(finish)),
        );
      }
      return parts.join(' · ');
    }
  }
}
