import type { LinkType } from './op.ts';

/*
 * The graph in which a set of dependencies is free of cycles or not. Every task has two events, its start and its
 * finish, and start → finish; FS, SS, FF and SF join events of two tasks. So "A starts when B starts" and "B finishes
 * when A finishes" do not exclude each other, while they would as arrows between tasks.
 *
 * The events are kept in a topological order, after Pearce and Kelly 2006, "A dynamic topological sort algorithm for
 * directed acyclic graphs": a link that goes with the order costs O(1), one against it a search among the events
 * between its ends. Tasks are never forgotten.
 */

export interface Link {
  readonly from: string;
  readonly to: string;
  readonly link: LinkType;
}

interface Event {
  /** Its place in the topological order; unique. */
  order: number;
  /** An event stands here once for each link. */
  readonly next: Event[];
  readonly previous: Event[];
}

interface Task {
  readonly start: Event;
  readonly finish: Event;
}

export class EventGraph {
  readonly #tasks = new Map<string, Task>();
  #lowest = 0;
  #highest = 0;

  /** True if `link`, which joins two tasks, would close a cycle with the links here. */
  wouldCycle(link: Link): boolean {
    const from = this.#tasks.get(link.from);
    const to = this.#tasks.get(link.to);
    return from !== undefined && to !== undefined && reachable(tipOf(to, link), tailOf(from, link)) === null;
  }

  /** Adds a link that joins two tasks, unless it would close a cycle: then it changes nothing and returns false. */
  add(link: Link): boolean {
    const tail = tailOf(this.#tasks.get(link.from) ?? this.#newTask(link.from, 'first'), link);
    const tip = tipOf(this.#tasks.get(link.to) ?? this.#newTask(link.to, 'last'), link);
    const after = reachable(tip, tail);
    if (after === null) return false;
    if (after.length > 0) reorder(leading(tail, tip), after);
    tail.next.push(tip);
    tip.previous.push(tail);
    return true;
  }

  /** Takes out a link that is here. */
  delete(link: Link): void {
    const from = this.#tasks.get(link.from);
    const to = this.#tasks.get(link.to);
    if (from === undefined || to === undefined) return;
    const [tail, tip] = [tailOf(from, link), tipOf(to, link)];
    drop(tail.next, tip);
    drop(tip.previous, tail);
  }

  /** A task that waits for nothing yet goes to the end where its first link wants it. */
  #newTask(name: string, place: 'first' | 'last'): Task {
    const order = place === 'first' ? this.#lowest - 2 : this.#highest;
    if (place === 'first') this.#lowest -= 2;
    else this.#highest += 2;
    const start: Event = { order, next: [], previous: [] };
    const finish: Event = { order: order + 1, next: [], previous: [start] };
    start.next.push(finish);
    const task: Task = { start, finish };
    this.#tasks.set(name, task);
    return task;
  }
}

/** What can be reached from `tip` no later than `tail` in the order, or null if that is `tail` itself: a cycle. */
function reachable(tip: Event, tail: Event): Event[] | null {
  return search(
    tip,
    (event) => event.next.filter(({ order }) => order <= tail.order),
    tip.order <= tail.order,
    tail,
  );
}

/** What leads to `tail` from no earlier than `tip`. */
function leading(tail: Event, tip: Event): Event[] {
  return search(tail, (event) => event.previous.filter(({ order }) => order >= tip.order), true, null) ?? [];
}

/** All events that `step` leads to from `first`, itself included; empty if not `begin`; null if `forbidden` is one. */
function search(
  first: Event,
  step: (event: Event) => readonly Event[],
  begin: boolean,
  forbidden: Event | null,
): Event[] | null {
  // A set takes what is added while it is walked.
  const found = new Set(begin ? [first] : []);
  for (const event of found) {
    if (event === forbidden) return null;
    for (const other of step(event)) found.add(other);
  }
  return [...found];
}

/** Hands the places of all these events out again, `before` ahead of `after`, each group in its own order. */
function reorder(before: readonly Event[], after: readonly Event[]): void {
  const byOrder = (a: Event, b: Event): number => a.order - b.order;
  const events = [...[...before].sort(byOrder), ...[...after].sort(byOrder)];
  const places = events.map(({ order }) => order).sort((a, b) => a - b);
  for (const [i, event] of events.entries()) event.order = places[i] as number;
}

function drop(events: Event[], event: Event): void {
  const at = events.indexOf(event);
  if (at !== -1) events.splice(at, 1);
}

/** The event that a link leaves: FS and FF from the finish, SS and SF from the start. */
function tailOf(task: Task, { link }: Link): Event {
  return link === 'FS' || link === 'FF' ? task.finish : task.start;
}

/** The event that a link enters: FS and SS the start, FF and SF the finish. */
function tipOf(task: Task, { link }: Link): Event {
  return link === 'FS' || link === 'SS' ? task.start : task.finish;
}
