import { useView } from '@concord/react';
import { type AppProps, EmptyDocument, useBeginning } from '@concord/shell';
import { Banner, Button, EmptyState, lazyView, WhenWanted } from '@concord/ui';
import { ChartGantt, Plus, Sparkles } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { type Day, today as todayNow } from '../civil.ts';
import { addTask, nameOf } from '../model.ts';
import { derivePlan, type Plan } from '../plan.ts';
import { addSample } from '../sample.ts';
import type { GanttSchema, PlanMut } from '../schema.ts';
import { useViewState } from '../store.ts';
import { words } from '../words.ts';
import { type Planner, PlannerProvider, tell, usePlanner } from './planner.tsx';
import { Toolbar } from './toolbar.tsx';
import { useRemoteNews } from './use-remote-news.ts';
import { useSharedWhereabouts } from './use-shared-whereabouts.ts';
import { Workspace } from './workspace.tsx';

const Dialogs = lazyView(() => import('./dialogs.tsx'));

export function App({ session }: AppProps<GanttSchema>) {
  const view = useView(session);
  const today = useToday();
  const last = useRef<Plan>(undefined);
  const live = useMemo(() => {
    last.current = derivePlan(view, today, last.current);
    return last.current;
  }, [view, today]);
  // What others change during a drag waits for the drop: nothing moves away under the pointer.
  const dragging = useViewState((state) => state.drag !== null);
  const plan = useFrozen(live, dragging);
  useRemoteNews(session, live);
  useSharedWhereabouts(session);
  useBeginning(async (beginning) => {
    if (beginning.type !== 'template') return;
    const { template } = await import('../templates/index.ts');
    const fill = await template(beginning.name);
    if (fill) session.doc.change((root) => fill(root, todayNow()), { label: beginning.title });
  });

  const planner = useMemo((): Planner => {
    const edit = (label: string, run: (root: PlanMut) => void): boolean => {
      try {
        session.doc.change(run, { label });
        return true;
      } catch (error) {
        tell(error);
        return false;
      }
    };
    return { session, plan, today, edit };
  }, [session, plan, today]);

  const closeAbove = useViewState((state) => state.closeAbove);
  const isAbove = useViewState(({ details, link, panel }) => (details ?? link ?? panel) !== null);
  const empty = plan.rows.length === 0 && plan.trash.length === 0;
  return (
    <PlannerProvider value={planner}>
      <div className="cc-gantt">
        {empty ? (
          <Empty />
        ) : (
          <>
            <SuspendedBanner />
            <Workspace>{(chart) => <Toolbar chart={chart} />}</Workspace>
          </>
        )}
        <WhenWanted view={Dialogs} wanted={isAbove} onGiveUp={closeAbove} />
      </div>
    </PlannerProvider>
  );
}

function Empty() {
  const { edit, today } = usePlanner();
  const startEditing = useViewState((state) => state.edit);
  const addFirst = (): void => {
    edit(words.addTask, (root) => {
      startEditing({ key: addTask(root, null, today), column: 'name' });
    });
  };
  return (
    <EmptyDocument icon={<ChartGantt />}>
      <EmptyState
        icon={<ChartGantt />}
        title={words.emptyTitle}
        action={
          <>
            <Button variant="primary" icon={<Plus />} onClick={addFirst}>
              {words.addFirst}
            </Button>
            <Button
              icon={<Sparkles />}
              onClick={() => edit(words.addSamplePlan, (root) => addSample(root, today))}
            >
              {words.samplePlan}
            </Button>
          </>
        }
      >
        {words.emptyHint}
      </EmptyState>
    </EmptyDocument>
  );
}

function SuspendedBanner() {
  const { plan } = usePlanner();
  const openPanel = useViewState((state) => state.openPanel);
  const { suspended, unmet } = plan;
  const first = suspended[0];
  if (!first && unmet.length === 0) return null;
  const sentence = first
    ? suspended.length === 1
      ? words.oneSuspended(nameOf(plan, first.from), nameOf(plan, first.to))
      : words.manySuspended(suspended.length)
    : words.unmetLinks(unmet.length);
  return (
    <Banner
      tone="warning"
      action={
        <Button size="small" onClick={() => openPanel('links')}>
          {words.resolve}
        </Button>
      }
    >
      {sentence}
    </Banner>
  );
}

function useFrozen(live: Plan, frozen: boolean): Plan {
  const shown = useRef(live);
  if (!frozen) shown.current = live;
  return shown.current;
}

/** Today by the reader's clock; changes at midnight. */
function useToday(): Day {
  const [day, setDay] = useState(() => todayNow());
  useEffect(() => {
    const timer = setInterval(() => setDay(todayNow()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return day;
}
