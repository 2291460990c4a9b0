import type { LinkType } from './op.ts';

/*
 * The graph in which a set of dependencies is free of cycles or not. Every task has two events, its start and its
 * finish, and start → finish; FS, SS, FF and SF join events of two tasks. So "A starts when B starts" and "B finishes
 * when A finishes" do not exclude each other, while they would as arrows between tasks.
 *
 * The events are kept in a topological order, after Pearce and Kelly 2006, "A dynamic topological sort algorithm for
 * directed acyclic graphs": a link that goes with the order costs O(1), one against it a search among the events
 * between its ends. State: the order of each event, and the links at it. Tasks are never forgotten.
 */

export interface Event<L> {
  /** Its place in the topological order; unique. */
  order: number;
  readonly next: L[];
  readonly previous: L[];
  /** A start's finish, which always comes after it; null for a finish. */
  finish: Event<L> | null;
  /** A finish's start; null for a start. */
  readonly start: Event<L> | null;
  /** The last search that came by. */
  mark: number;
  /** The link by which that search came, or null if from the task's start. */
  via: L | null;
}

export interface Task<L> {
  readonly start: Event<L>;
  readonly finish: Event<L>;
}

/** An arrow between events of two tasks. */
export interface Link<L> {
  readonly tail: Event<L>;
  readonly tip: Event<L>;
}

export class EventGraph<L extends Link<L>> {
  #lowest = 0;
  #highest = 0;
  #searches = 0;

  /** A task without links. One that waits for nothing goes to the end where its first link wants it. */
  newTask(place: 'first' | 'last'): Task<L> {
    const order = place === 'first' ? this.#lowest - 2 : this.#highest;
    if (place === 'first') this.#lowest -= 2;
    else this.#highest += 2;
    const start: Event<L> = { order, next: [], previous: [], finish: null, start: null, mark: 0, via: null };
    const finish: Event<L> = {
      order: order + 1,
      next: [],
      previous: [],
      finish: null,
      start,
      mark: 0,
      via: null,
    };
    start.finish = finish;
    return { start, finish };
  }

  /** The links that would close a cycle with `link`, from its tip to its tail, or null; only those that `counts`. */
  cycle({ tail, tip }: Link<L>, counts?: (link: L) => boolean): L[] | null {
    return tip.order < tail.order && this.#forward(tip, tail, counts) === null ? pathTo(tail, tip) : null;
  }

  /** Adds a link; unless it would close a cycle: then it changes nothing and returns the other links of one. */
  add(link: L): L[] | null {
    const { tail, tip } = link;
    if (tip.order < tail.order) {
      const after = this.#forward(tip, tail);
      if (after === null) return pathTo(tail, tip);
      reorder(this.#backward(tail, tip), after);
    }
    tail.next.push(link);
    tip.previous.push(link);
    return null;
  }

  /** Takes out a link that is here. */
  delete(link: L): void {
    drop(link.tail.next, link);
    drop(link.tip.previous, link);
  }

  /** What can be reached from `tip` no later than `tail` in the order, or null if that is `tail` itself: a cycle. */
  #forward(tip: Event<L>, tail: Event<L>, counts?: (link: L) => boolean): Event<L>[] | null {
    const search = ++this.#searches;
    const bound = tail.order;
    // A list grows while it is walked.
    const found = [tip];
    tip.mark = search;
    for (let i = 0; i < found.length; i++) {
      const event = found[i] as Event<L>;
      const { finish } = event;
      if (finish !== null && finish.mark !== search && finish.order <= bound) {
        finish.via = null;
        if (finish === tail) return null;
        finish.mark = search;
        found.push(finish);
      }
      for (const link of event.next) {
        const other = link.tip;
        if (other.mark === search || other.order > bound || (counts !== undefined && !counts(link))) continue;
        other.via = link;
        if (other === tail) return null;
        other.mark = search;
        found.push(other);
      }
    }
    return found;
  }

  /** What leads to `tail` from no earlier than `tip`. */
  #backward(tail: Event<L>, tip: Event<L>): Event<L>[] {
    const search = ++this.#searches;
    const bound = tip.order;
    const found = [tail];
    tail.mark = search;
    for (let i = 0; i < found.length; i++) {
      const event = found[i] as Event<L>;
      const { start } = event;
      if (start !== null && start.mark !== search && start.order >= bound) {
        start.mark = search;
        found.push(start);
      }
      for (const link of event.previous) {
        const other = link.tail;
        if (other.mark === search || other.order < bound) continue;
        other.mark = search;
        found.push(other);
      }
    }
    return found;
  }
}

/** The links by which the last search came from `tip` to `tail`. */
function pathTo<L extends Link<L>>(tail: Event<L>, tip: Event<L>): L[] {
  const path: L[] = [];
  for (let event: Event<L> | null = tail; event !== null && event !== tip; ) {
    if (event.via !== null) path.push(event.via);
    event = event.via === null ? event.start : event.via.tail;
  }
  return path;
}

/** Hands the places of all these events out again, `before` ahead of `after`, each group in its own order. */
function reorder<L>(before: Event<L>[], after: Event<L>[]): void {
  const events = before.sort(byOrder).concat(after.sort(byOrder));
  const places = events.map(({ order }) => order).sort((a, b) => a - b);
  for (let i = 0; i < events.length; i++) (events[i] as Event<L>).order = places[i] as number;
}

function byOrder(a: Event<unknown>, b: Event<unknown>): number {
  return a.order - b.order;
}

function drop<L>(links: L[], link: L): void {
  const at = links.indexOf(link);
  const last = links.pop();
  if (at < links.length && last !== undefined) links[at] = last;
}

/** The event that a link leaves: FS and FF from the finish, SS and SF from the start. */
export function tailOf<L>(task: Task<L>, link: LinkType): Event<L> {
  return link === 'FS' || link === 'FF' ? task.finish : task.start;
}

/** The event that a link enters: FS and SS the start, FF and SF the finish. */
export function tipOf<L>(task: Task<L>, link: LinkType): Event<L> {
  return link === 'FS' || link === 'SS' ? task.start : task.finish;
}
