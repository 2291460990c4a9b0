import type { LinkType } from './op.ts';

/*
 * The graph in which a set of dependencies is free of cycles or not. Every task has two events, its start and its
 * finish, and start → finish; FS, SS, FF and SF join events of two tasks. So "A starts when B starts" and "B finishes
 * when A finishes" do not exclude each other, while they would as arrows between tasks.
 *
 * Reaching costs O(events + links) of the part that it walks; it walks from both ends at once, so a new task at either
 * end of a long chain costs little. Left out: an online topological order (Pearce and Kelly 2006), which dense graphs
 * would want.
 */

export interface Link {
  readonly from: string;
  readonly to: string;
  readonly link: LinkType;
}

/** `s` or `f`, for start or finish, and the task. */
type Event = string;

export class EventGraph<L extends Link> {
  readonly #out = new Map<Event, Set<L>>();
  readonly #in = new Map<Event, Set<L>>();

  add(link: L): void {
    put(this.#out, headOf(link), link);
    put(this.#in, tipOf(link), link);
  }

  delete(link: L): void {
    drop(this.#out, headOf(link), link);
    drop(this.#in, tipOf(link), link);
  }

  /** True if `link`, which joins two tasks, would close a cycle with the links here. */
  wouldCycle(link: Link): boolean {
    const forward = new Search(tipOf(link), (event) => this.#after(event));
    const backward = new Search(headOf(link), (event) => this.#before(event));
    // The side that has walked less goes on. If either runs dry there is no way.
    while (forward.open && backward.open) {
      const [near, far] = forward.walked <= backward.walked ? [forward, backward] : [backward, forward];
      if (near.step(far)) return true;
    }
    return false;
  }

  *#after(event: Event): Generator<Event> {
    if (event.startsWith('s')) yield `f${event.slice(1)}`;
    for (const link of this.#out.get(event) ?? []) yield tipOf(link);
  }

  *#before(event: Event): Generator<Event> {
    if (event.startsWith('f')) yield `s${event.slice(1)}`;
    for (const link of this.#in.get(event) ?? []) yield headOf(link);
  }
}

/** One side of a search that meets in the middle. */
class Search {
  readonly #seen: Set<Event>;
  readonly #open: Event[];
  readonly #next: (event: Event) => Iterable<Event>;

  constructor(start: Event, next: (event: Event) => Iterable<Event>) {
    this.#seen = new Set([start]);
    this.#open = [start];
    this.#next = next;
  }

  get open(): boolean {
    return this.#open.length > 0;
  }

  get walked(): number {
    return this.#seen.size;
  }

  /** Looks at the neighbours of one event; true if the other side has been at one of them. */
  step(other: Search): boolean {
    const event = this.#open.pop();
    if (event === undefined) return false;
    for (const neighbour of this.#next(event)) {
      if (other.#seen.has(neighbour)) return true;
      if (this.#seen.has(neighbour)) continue;
      this.#seen.add(neighbour);
      this.#open.push(neighbour);
    }
    return false;
  }
}

/** The event that a link leaves: FS and FF from the finish, SS and SF from the start. */
function headOf({ link, from }: Link): Event {
  return (link === 'FS' || link === 'FF' ? 'f' : 's') + from;
}

/** The event that a link enters: FS and SS the start, FF and SF the finish. */
function tipOf({ link, to }: Link): Event {
  return (link === 'FS' || link === 'SS' ? 's' : 'f') + to;
}

function put<L>(map: Map<Event, Set<L>>, event: Event, link: L): void {
  const links = map.get(event);
  if (links === undefined) map.set(event, new Set([link]));
  else links.add(link);
}

function drop<L>(map: Map<Event, Set<L>>, event: Event, link: L): void {
  const links = map.get(event);
  links?.delete(link);
  if (links?.size === 0) map.delete(event);
}
