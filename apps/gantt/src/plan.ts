import { type WorkCalendar, workCalendar } from './calendar.ts';
import { type Day, parseDay } from './civil.ts';
import { formatPredecessors, type Link, type Predecessor } from './links.ts';
import { type LinkInput, type Schedule, schedule, type TaskInput, type Times } from './schedule.ts';
import { COLOURS, type Colour, type PlanView, ROWS, type TaskView } from './schema.ts';

/** Longer than any project: what exceeds it is a slip, and would draw a bar of millions of pixels. */
export const MOST_DAYS = 2000;

/** Where a task lies on the calendar. */
export interface Dates {
  readonly start: Day;
  /** The last day that is worked; inclusive. */
  readonly finish: Day;
  /** For a milestone: it stands at the evening of its day, not at the morning. */
  readonly evening: boolean;
}

/** A task as a row of the plan. */
export interface Row extends Dates {
  readonly key: string;
  /** As people count: the first row is 1. */
  readonly number: number;
  readonly name: string;
  /** Working days; 0 for a milestone. */
  readonly duration: number;
  /** The duration that a milestone gets back when it stops being one. */
  readonly storedDuration: number;
  readonly progress: number;
  readonly milestone: boolean;
  readonly constraint: Day | null;
  readonly deadline: Day | null;
  readonly colour: Colour | null;
  readonly notes: string;
  /** Working days; negative if a deadline is missed. */
  readonly float: number;
  readonly critical: boolean;
  readonly heldBy: Times['heldBy'];
  /** As `3FS+2d, 5`. */
  readonly predecessors: string;
}

/** Everything that the views show, computed from what is stored. */
export interface Plan {
  readonly calendar: WorkCalendar;
  /** Where tasks start that nothing holds later. */
  readonly projectStart: Day;
  /** The first working day. */
  readonly start: Day;
  /** The last working day. */
  readonly finish: Day;
  readonly rows: readonly Row[];
  readonly byKey: ReadonlyMap<string, Row>;
  readonly links: readonly Link[];
  readonly suspended: readonly Link[];
  readonly unmet: readonly Link[];
  readonly trash: readonly { readonly key: string; readonly name: string; readonly links: number }[];
  /** What the schedule was computed from, for previews. */
  readonly inputs: { readonly tasks: readonly TaskInput[]; readonly links: readonly LinkInput[] };
  readonly schedule: Schedule;
}

// Peers may store anything under a key; what is shown is always in range.
const whole = (value: unknown, least: number, most: number, otherwise: number): number =>
  typeof value === 'number' && Number.isFinite(value)
    ? Math.min(most, Math.max(least, Math.round(value)))
    : otherwise;
const words = (value: unknown): string => (typeof value === 'string' ? value : '');

function readTask(view: TaskView) {
  const storedDuration = whole(view.duration, 0, MOST_DAYS, 1);
  const milestone = view.milestone === true || storedDuration === 0;
  return {
    name: words(view.name),
    storedDuration,
    milestone,
    duration: milestone ? 0 : storedDuration,
    progress: whole(view.progress, 0, 100, 0),
    constraint: parseDay(view.start),
    deadline: parseDay(view.deadline),
    colour: COLOURS.find((each) => each === view.colour) ?? null,
    notes: words(view.notes),
  };
}

/** The keys of the rows in order, without deleted tasks. A task without a place stands at the end. */
function rowKeys(view: PlanView): string[] {
  const removed = new Set(view.links.removedNodes);
  const isShown = (key: string): boolean => Object.hasOwn(view.tasks, key) && !removed.has(key);
  const placed = (view.order.byParent[ROWS] ?? []).filter(isShown);
  const known = new Set(placed);
  const others = Object.keys(view.tasks).filter((key) => isShown(key) && !known.has(key));
  return [...placed, ...others.sort()];
}

/** `today` is where a plan without a start begins. Rows that are as in the plan `before` are the same objects. */
export function derivePlan(view: PlanView, today: Day, before?: Plan): Plan {
  const calendar = workCalendar(view.workweek);
  const keys = rowKeys(view);
  const tasks = new Map(keys.map((key) => [key, readTask(view.tasks[key] as TaskView)]));
  const shown = view.links.edges.filter(
    (edge) => edge.status !== 'dormant' && tasks.has(edge.from) && tasks.has(edge.to),
  );

  const inputs = {
    tasks: keys.map((key): TaskInput => {
      const { duration, constraint, deadline } = tasks.get(key) ?? readTask({} as TaskView);
      return {
        key,
        duration,
        notBefore: constraint === null ? null : calendar.instantOf(constraint),
        deadline: deadline === null ? null : calendar.instantOf(deadline + 1),
      };
    }),
    links: shown
      .filter((edge) => edge.status === 'active')
      .map(
        (edge): LinkInput => ({
          id: edge.id,
          from: edge.from,
          to: edge.to,
          type: edge.link,
          lag: lagOf(edge.attrs),
        }),
      ),
  };
  const projectStart = parseDay(view.projectStart) ?? today;
  const result = schedule(inputs.tasks, inputs.links, calendar.instantOf(projectStart));

  const links = shown.map(
    (edge): Link => ({
      id: edge.id,
      from: edge.from,
      to: edge.to,
      type: edge.link,
      lag: lagOf(edge.attrs),
      status: edge.status === 'suspended' ? 'suspended' : result.unmet.has(edge.id) ? 'unmet' : 'active',
      tight: result.tight.has(edge.id),
    }),
  );
  const numbers = new Map(keys.map((key, index) => [key, index + 1]));
  const predecessors = new Map<string, Predecessor[]>();
  for (const { from, to, type, lag } of links) {
    const list = predecessors.get(to) ?? [];
    list.push({ row: numbers.get(from) ?? 0, type, lag });
    predecessors.set(to, list);
  }
  const typeOf = new Map(inputs.links.map((link) => [link.id, link.type]));
  const rows = keys.map((key, index): Row => {
    const task = tasks.get(key) ?? readTask({} as TaskView);
    const times = result.times.get(key) as Times;
    const row: Row = {
      key,
      number: index + 1,
      ...task,
      ...datesOf(times, calendar, typeOf),
      float: times.float,
      critical: times.float <= 0,
      heldBy: times.heldBy,
      predecessors: formatPredecessors(predecessors.get(key) ?? []),
    };
    const old = before?.byKey.get(key);
    return old && isSame(old, row) ? old : row;
  });

  const starts = rows.map((row) => row.start);
  const start = starts.length > 0 ? starts.reduce((a, b) => Math.min(a, b)) : projectStart;
  return {
    calendar,
    projectStart,
    start,
    finish: rows.reduce((latest, row) => Math.max(latest, row.finish), start),
    rows,
    byKey: new Map(rows.map((row) => [row.key, row])),
    links,
    suspended: links.filter((link) => link.status === 'suspended'),
    unmet: links.filter((link) => link.status === 'unmet'),
    trash: view.links.removedNodes
      .filter((key) => Object.hasOwn(view.tasks, key))
      .map((key) => ({
        key,
        name: words(view.tasks[key]?.name),
        links: view.links.edges.filter((edge) => edge.from === key || edge.to === key).length,
      })),
    inputs,
    schedule: result,
  };
}

function isSame(one: Row, other: Row): boolean {
  if (one.heldBy.type !== other.heldBy.type || idOf(one.heldBy) !== idOf(other.heldBy)) return false;
  return Object.entries(one).every(
    ([field, value]) => field === 'heldBy' || value === Reflect.get(other, field),
  );
}

const idOf = (holder: Row['heldBy']): unknown => ('id' in holder ? holder.id : null);

const lagOf = (attrs: Readonly<Record<string, unknown>>): number =>
  whole(attrs.lag, -MOST_DAYS, MOST_DAYS, 0);

/** A milestone that waits for something to finish stands at that evening, not at the morning of the next working day. */
function datesOf(times: Times, calendar: WorkCalendar, typeOf: ReadonlyMap<string, string>): Dates {
  if (times.finish > times.start) {
    return { start: calendar.dayOf(times.start), finish: calendar.dayOf(times.finish - 1), evening: false };
  }
  const holder = times.heldBy.type === 'link' ? typeOf.get(times.heldBy.id) : undefined;
  const evening = holder === 'FS' || holder === 'FF';
  const day = calendar.dayOf(evening ? times.start - 1 : times.start);
  return { start: day, finish: day, evening };
}

/** What one edit, not yet made, would do. */
export interface Cascade {
  /** New dates of every task that would move, the edited one included, and by how many working days. */
  readonly moved: ReadonlyMap<string, Dates & { readonly by: number }>;
  readonly finish: Day;
  /** Working days by which the whole plan would end later. */
  readonly finishBy: number;
}

/** The effect of another constraint or duration on the task `key`, without changing anything. */
export function previewEdit(
  plan: Plan,
  key: string,
  edit: { readonly constraint?: Day; readonly duration?: number },
): Cascade {
  const { calendar, schedule: before } = plan;
  const tasks = plan.inputs.tasks.map((task) =>
    task.key === key
      ? {
          ...task,
          ...(edit.constraint !== undefined && { notBefore: calendar.instantOf(edit.constraint) }),
          ...(edit.duration !== undefined && { duration: edit.duration }),
        }
      : task,
  );
  const after = schedule(tasks, plan.inputs.links, calendar.instantOf(plan.projectStart));
  const typeOf = new Map(plan.inputs.links.map((link) => [link.id, link.type]));
  const moved = new Map<string, Dates & { by: number }>();
  for (const [each, times] of after.times) {
    const old = before.times.get(each);
    if (!old || (old.start === times.start && old.finish === times.finish)) continue;
    const by = times.start === old.start ? times.finish - old.finish : times.start - old.start;
    moved.set(each, { ...datesOf(times, calendar, typeOf), by });
  }
  return { moved, finish: calendar.dayOf(after.finish - 1), finishBy: after.finish - before.finish };
}
