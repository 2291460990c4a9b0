import type { OpId } from '@concord/crdt';
import type { WorkCalendar } from './calendar.ts';
import { type Day, formatDay } from './civil.ts';
import { type Link, parsePredecessors, ringOf } from './links.ts';
import { MOST_DAYS, type Plan } from './plan.ts';
import { type LinkType, schedule } from './schedule.ts';
import { type Colour, type PlanMut, ROWS } from './schema.ts';
import { words } from './words.ts';

/** Every edit of a plan, as a function over its Mut: each is called inside one `doc.change`. */

/** What a task may be given besides its name. */
export interface TaskEdit {
  readonly name?: string;
  readonly duration?: number;
  readonly progress?: number;
  readonly milestone?: boolean;
  readonly start?: Day | null;
  readonly deadline?: Day | null;
  readonly colour?: Colour | null;
  readonly notes?: string;
}

const dateText = (day: Day | null): string | null => (day === null ? null : formatDay(day));

/** Integers in range; throws RangeError with words for the user otherwise. */
function inRange(value: number, most: number, refusal: (most: number) => string): number {
  if (Number.isInteger(value) && value >= 0 && value <= most) return value;
  throw new RangeError(refusal(most));
}

/** Changes what `edit` names. Throws RangeError on a duration or progress out of range. A deleted task takes edits too. */
export function editTask(root: PlanMut, key: string, edit: TaskEdit): void {
  const task = root.tasks.at(key);
  if (edit.name !== undefined) task.name.set(edit.name.trim());
  if (edit.duration !== undefined) {
    task.duration.set(inRange(edit.duration, MOST_DAYS, words.durationRange));
    // Whoever gives a milestone a duration wants a task again.
    if (edit.duration > 0 && edit.milestone === undefined) task.milestone.set(false);
  }
  if (edit.progress !== undefined) task.progress.set(inRange(edit.progress, 100, words.progressRange));
  if (edit.milestone !== undefined) {
    task.milestone.set(edit.milestone);
    if (!edit.milestone && task.duration.get() === 0) task.duration.set(1);
  }
  if (edit.start !== undefined) task.start.set(dateText(edit.start));
  if (edit.deadline !== undefined) task.deadline.set(dateText(edit.deadline));
  if (edit.colour !== undefined) task.colour.set(edit.colour);
  if (edit.notes !== undefined) task.notes.set(edit.notes);
}

/** Adds a task before the row `before` (null: at the end); returns its key. A plan without a start starts on `today`. */
export function addTask(root: PlanMut, before: string | null, today: Day, edit: TaskEdit = {}): string {
  if (root.projectStart.get() === null) root.projectStart.set(formatDay(today));
  const key = root.tasks.create();
  editTask(root, key, edit);
  moveTask(root, key, before);
  return key;
}

/** Moves a row before another one, or to the end. A row without a place counts as the end. */
export function moveTask(root: PlanMut, key: string, before: string | null): void {
  const others = root.order.of(ROWS).filter((each) => each !== key);
  const index = before === null ? -1 : others.indexOf(before);
  root.order.place(key, ROWS, index < 0 ? others.length : index);
}

/** Hides a task. Its edits and links are kept for `restoreTask`, its links without effect meanwhile. */
export const deleteTask = (root: PlanMut, key: string): void => root.links.removeNode(key);

export const restoreTask = (root: PlanMut, key: string): void => root.links.restoreNode(key);

export function addLink(root: PlanMut, from: string, to: string, type: LinkType, lag = 0): OpId {
  return root.links.add(from, to, type, lag === 0 ? {} : { lag });
}

export const removeLink = (root: PlanMut, id: OpId): void => root.links.remove(id);

export const setLag = (root: PlanMut, id: OpId, lag: number): void =>
  root.links.setAttr(id, 'lag', lag === 0 ? null : lag);

export const setProjectStart = (root: PlanMut, day: Day): void => root.projectStart.set(formatDay(day));

/** Throws RangeError if no day is left to work on. */
export function setWorkweek(root: PlanMut, weekdays: readonly number[]): void {
  if (weekdays.length === 0) throw new RangeError(words.noWorkingDay);
  root.workweek.set([...weekdays].sort());
}

/** Why a link cannot be drawn, in words for the user; null if it can. */
export function linkProblem(plan: Plan, from: string, to: string, type: LinkType, lag = 0): string | null {
  if (from === to) return words.onItself;
  if (plan.links.some((link) => link.from === from && link.to === to && link.type === type)) {
    return words.linkedAlready;
  }
  return ringProblem(plan, plan.links, { from, to, type, lag });
}

function ringProblem(
  plan: Plan,
  links: readonly Link[],
  closing: Pick<Link, 'from' | 'to' | 'type'> & { readonly lag: number },
): string | null {
  const ring = ringOf(links, closing);
  if (ring.length > 0) {
    const names = [...ring.map((link) => link.from), closing.from, closing.to].map((key) =>
      nameOf(plan, key),
    );
    return words.ring(names.join(' → '));
  }
  const inEffect = links.filter((link) => link.status !== 'suspended');
  const { unmet } = schedule(plan.inputs.tasks, [...inEffect, { ...closing, id: 'closing' }], 0);
  return unmet.has('closing') ? words.contradiction : null;
}

/** A task's name as sentences say it. */
export const nameOf = (plan: Plan, key: string): string => plan.byKey.get(key)?.name || words.untitledTask;

/** What people call a link: its ends. */
export const linkName = (plan: Plan, { from, to }: Pick<Link, 'from' | 'to'>): string =>
  `${nameOf(plan, from)} → ${nameOf(plan, to)}`;

/** The way from the links that a task has to those that a text asks for. */
export interface LinkEdits {
  readonly remove: readonly OpId[];
  readonly lags: readonly (readonly [id: OpId, lag: number])[];
  readonly add: readonly { readonly from: string; readonly type: LinkType; readonly lag: number }[];
}

/**
 * What `text`, as `3FS+2d, 5`, asks of the predecessors of the task `key`. Throws SyntaxError or RangeError with words
 * for the user: unreadable, no such row, the task itself, or a ring.
 */
export function planPredecessors(plan: Plan, key: string, text: string): LinkEdits {
  const wanted = new Map<string, { from: string; type: LinkType; lag: number }>();
  for (const { row, type, lag } of parsePredecessors(text, plan.calendar.weekdays.length)) {
    const from = plan.rows[row - 1]?.key;
    if (from === undefined) throw new RangeError(words.noRow(row));
    if (from === key) throw new RangeError(words.onItself);
    if (Math.abs(lag) > MOST_DAYS) throw new RangeError(words.lagRange(MOST_DAYS));
    wanted.set(`${from} ${type}`, { from, type, lag });
  }
  const remove: OpId[] = [];
  const lags: [OpId, number][] = [];
  for (const link of plan.links) {
    if (link.to !== key) continue;
    const name = `${link.from} ${link.type}`;
    const same = wanted.get(name);
    wanted.delete(name);
    if (!same) remove.push(link.id);
    else if (same.lag !== link.lag) lags.push([link.id, same.lag]);
  }
  const add = [...wanted.values()];
  const kept = plan.links.filter((link) => !remove.includes(link.id));
  for (const { from, type, lag } of add) {
    const problem = ringProblem(plan, kept, { from, to: key, type, lag });
    if (problem) throw new RangeError(problem);
  }
  return { remove, lags, add };
}

export function editLinks(root: PlanMut, key: string, { remove, lags, add }: LinkEdits): void {
  for (const id of remove) removeLink(root, id);
  for (const [id, lag] of lags) setLag(root, id, lag);
  for (const { from, type, lag } of add) addLink(root, from, key, type, lag);
}

/** Working days from the morning of `start` to the evening of `finish`. */
export const daysBetween = (calendar: WorkCalendar, start: Day, finish: Day): number =>
  Math.max(0, calendar.instantOf(finish + 1) - calendar.instantOf(start));

/** Reads `5`, `5d`, `2w` as working days. Throws SyntaxError with words for the user. */
export function parseDuration(text: string, daysPerWeek = 5): number {
  const found = /^(\d+)\s*(d|days?|w|weeks?)?$/i.exec(text.trim());
  if (!found) throw new SyntaxError(words.badDuration);
  return Number(found[1]) * (found[2]?.toLowerCase().startsWith('w') ? daysPerWeek : 1);
}

/** Reads `40` or `40%`. Throws SyntaxError with words for the user. */
export function parseProgress(text: string): number {
  const found = /^(\d{1,3})\s*%?$/.exec(text.trim());
  if (!found || Number(found[1]) > 100) throw new SyntaxError(words.badProgress);
  return Number(found[1]);
}
