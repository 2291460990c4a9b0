import { usePeople } from '@concord/react';
import type { Session } from '@concord/sync';
import { type Person, toast } from '@concord/ui';
import { createContext, type ReactNode, type RefObject, useContext, useMemo, useRef } from 'react';
import type { Day } from '../civil.ts';
import type { Plan } from '../plan.ts';
import { decodeWhereabouts, type Whereabouts } from '../presence.ts';
import type { GanttSchema, PlanMut } from '../schema.ts';

/** What every view of a plan needs: the plan as it is shown, and the way to change it. */
export interface Planner {
  readonly session: Session<GanttSchema>;
  readonly plan: Plan;
  readonly today: Day;
  /** Makes one change that undo names `label`; words for the user come up as a toast. True if it was made. */
  readonly edit: (label: string, run: (root: PlanMut) => void) => boolean;
}

const PlannerContext = createContext<Planner | null>(null);
const LatestContext = createContext<RefObject<Planner> | null>(null);

export function PlannerProvider({ value, children }: { value: Planner; children: ReactNode }) {
  const latest = useRef(value);
  latest.current = value;
  return (
    <PlannerContext value={value}>
      <LatestContext value={latest}>{children}</LatestContext>
    </PlannerContext>
  );
}

export function usePlanner(): Planner {
  const planner = useContext(PlannerContext);
  if (!planner) throw new Error('usePlanner outside of a PlannerProvider');
  return planner;
}

/** The planner as it is when somebody asks: for the handlers of a row, which is not drawn again with each plan. */
export function useLatestPlanner(): { readonly current: Planner } {
  const latest = useContext(LatestContext);
  if (!latest) throw new Error('useLatestPlanner outside of a PlannerProvider');
  return latest;
}

/** Words for the user in an error that the model throws on what they asked for; anything else goes on up. */
export function wordsOf(error: unknown): string {
  if (error instanceof RangeError || error instanceof SyntaxError) return error.message;
  throw error;
}

export function tell(error: unknown): void {
  toast({ key: 'refused', title: wordsOf(error), tone: 'danger' });
}

export type PersonHere = Person & Whereabouts;

/** Everyone else who is on some task. */
export function usePeopleHere(): readonly PersonHere[] {
  const { session } = useLatestPlanner().current;
  const peers = usePeople(session);
  return useMemo(
    () =>
      peers.map(({ replica, name, colour, data }) => ({
        id: replica,
        name,
        colour,
        ...decodeWhereabouts(data),
      })),
    [peers],
  );
}

const NOBODY: readonly PersonHere[] = [];

/** Who else is on which task: the same list as long as nobody moves. */
export function usePeopleByTask(): (key: string) => readonly PersonHere[] {
  const people = usePeopleHere();
  const byTask = useMemo(() => Map.groupBy(people, ({ task }) => task), [people]);
  return (key) => byTask.get(key) ?? NOBODY;
}
