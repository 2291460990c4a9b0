import type { Instant } from './calendar.ts';
import { components } from './components.ts';

/**
 * The critical path method over the four kinds of links, in working time.
 *
 * A task is rigid: finish = start + duration. So each link is one difference constraint between two starts,
 * `start(to) ≥ start(from) + weight`, and the plan is the longest path through them. Two links may run in
 * opposite directions between the same tasks (A starts before B, B finishes before A) without closing a cycle of
 * events. Such a group is relaxed until it rests; a link that fixed durations cannot satisfy is left out, the
 * earlier link first served, and reported as unmet.
 *
 * Linear in tasks and links but for such groups. Left out on purpose: resources, splitting, calendars per task.
 */

export type LinkType = 'FS' | 'SS' | 'FF' | 'SF';

export interface TaskInput {
  readonly key: string;
  /** Working days, an integer ≥ 0. */
  readonly duration: number;
  /** Start no earlier than this. Null: no earlier than the project. */
  readonly notBefore: Instant | null;
  /** Finish no later than this. It moves nothing: a plan that misses it has negative float. */
  readonly deadline: Instant | null;
}

export interface LinkInput {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly type: LinkType;
  /** Working days between the two events; negative for an overlap. */
  readonly lag: number;
}

export interface Times {
  readonly start: Instant;
  readonly finish: Instant;
  readonly lateStart: Instant;
  readonly lateFinish: Instant;
  /** Working days by which the task may slip before the project, or a deadline after it, does. Negative: late already. */
  readonly float: number;
  /** What holds the start where it is: a link's id, its own constraint, or the project's start. */
  readonly heldBy:
    | { readonly type: 'link'; readonly id: string }
    | { readonly type: 'constraint' | 'project' };
}

export interface Schedule {
  readonly times: ReadonlyMap<string, Times>;
  /** When the last task is done. The project's start if there is no task. */
  readonly finish: Instant;
  /** Ids of links that fixed durations cannot satisfy beside the links before them. */
  readonly unmet: ReadonlySet<string>;
  /** Ids of links in effect that have no slack. */
  readonly tight: ReadonlySet<string>;
}

/** One link as a constraint between the starts of the tasks at two indices. */
interface Constraint {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  readonly weight: number;
}

/** By how much `to` must start after `from`. */
export function linkWeight(type: LinkType, lag: number, fromDuration: number, toDuration: number): number {
  switch (type) {
    case 'FS':
      return fromDuration + lag;
    case 'SS':
      return lag;
    case 'FF':
      return fromDuration + lag - toDuration;
    case 'SF':
      return lag - toDuration;
  }
}

/** Links to unknown tasks, or from a task to itself, are ignored. `links` come in the order in which they are served. */
export function schedule(
  tasks: readonly TaskInput[],
  links: readonly LinkInput[],
  projectStart: Instant,
): Schedule {
  const { groups, kept, unmet } = solvable(tasks, links);
  const into: Constraint[][] = tasks.map(() => []);
  const outOf: Constraint[][] = tasks.map(() => []);
  for (const each of kept) {
    into[each.to]?.push(each);
    outOf[each.from]?.push(each);
  }

  const start: number[] = tasks.map((task) => task.notBefore ?? projectStart);
  const heldBy: (Constraint | null)[] = tasks.map(() => null);
  for (const group of groups) {
    settle(group, (task) => {
      let changed = false;
      for (const each of into[task] ?? []) {
        const at = (start[each.from] ?? 0) + each.weight;
        if (at <= (start[task] ?? 0)) continue;
        start[task] = at;
        heldBy[task] = each;
        changed = true;
      }
      return changed;
    });
  }

  const finishOf = (task: number): number => (start[task] ?? 0) + (tasks[task]?.duration ?? 0);
  const finish = tasks.reduce(
    (latest, _, task) => Math.max(latest, finishOf(task)),
    tasks.length > 0 ? -Infinity : projectStart,
  );
  const late: number[] = tasks.map((task) => Math.min(finish, task.deadline ?? finish) - task.duration);
  for (const group of groups.toReversed()) {
    settle(group, (task) => {
      let changed = false;
      for (const each of outOf[task] ?? []) {
        const at = (late[each.to] ?? 0) - each.weight;
        if (at >= (late[task] ?? 0)) continue;
        late[task] = at;
        changed = true;
      }
      return changed;
    });
  }

  const times = new Map<string, Times>();
  for (const [i, task] of tasks.entries()) {
    const early = start[i] ?? 0;
    const lateStart = late[i] ?? 0;
    const holder = heldBy[i];
    times.set(task.key, {
      start: early,
      finish: early + task.duration,
      lateStart,
      lateFinish: lateStart + task.duration,
      float: lateStart - early,
      heldBy: holder
        ? { type: 'link', id: holder.id }
        : { type: task.notBefore === null ? 'project' : 'constraint' },
    });
  }
  const isTight = (each: Constraint): boolean => start[each.to] === (start[each.from] ?? 0) + each.weight;
  const tight = new Set(kept.filter(isTight).map((each) => each.id));
  return { times, finish, unmet, tight };
}

/** Relaxes the tasks of a group until nothing changes: as many rounds as there are tasks are always enough. */
function settle(group: readonly number[], relax: (task: number) => boolean): void {
  for (const _ of group) {
    let changed = false;
    for (const task of group) changed = relax(task) || changed;
    if (!changed) return;
  }
}

/** The groups in topological order, and the links that can all hold at once. */
function solvable(tasks: readonly TaskInput[], links: readonly LinkInput[]) {
  const indexOf = new Map(tasks.map((task, i) => [task.key, i]));
  const all: Constraint[] = [];
  for (const link of links) {
    const from = indexOf.get(link.from);
    const to = indexOf.get(link.to);
    if (from === undefined || to === undefined || from === to) continue;
    const weight = linkWeight(link.type, link.lag, tasks[from]?.duration ?? 0, tasks[to]?.duration ?? 0);
    all.push({ id: link.id, from, to, weight });
  }
  const groups = components(tasks.length, all);
  const groupOf = new Map<number, number>();
  for (const [g, group] of groups.entries()) for (const task of group) groupOf.set(task, g);

  const unmet = new Set<string>();
  const potential: number[] = tasks.map(() => 0);
  const inside: Constraint[][] = tasks.map(() => []);
  const kept = all.filter((each) => {
    if (groupOf.get(each.from) !== groupOf.get(each.to)) return true;
    if (admit(each, inside, potential)) return true;
    unmet.add(each.id);
    return false;
  });
  return { groups, kept, unmet };
}

/**
 * Adds a constraint to those that `potential` satisfies, and repairs `potential`. If that would push the
 * constraint's own origin there is no solution: everything stays as it was, and the answer is false.
 */
function admit(added: Constraint, outOf: Constraint[][], potential: number[]): boolean {
  const before = new Map<number, number>();
  const queue: Constraint[] = [added];
  for (let each = queue.shift(); each; each = queue.shift()) {
    const at = (potential[each.from] ?? 0) + each.weight;
    if (at <= (potential[each.to] ?? 0)) continue;
    if (each.to === added.from) {
      for (const [task, value] of before) potential[task] = value;
      return false;
    }
    if (!before.has(each.to)) before.set(each.to, potential[each.to] ?? 0);
    potential[each.to] = at;
    queue.push(...(outOf[each.to] ?? []));
  }
  outOf[added.from]?.push(added);
  return true;
}
