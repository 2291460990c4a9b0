/*
 * Text in blocks, as small as it can be modelled: a stream of characters and markers (an insertion tree with Fugue's
 * side bit), and a tree of blocks named by their markers (moves in ≺, a ring is skipped). A block's content runs from
 * its marker to the next live one. Ops are sets, so a page is a function of the changes that a replica has; delivery
 * orders matter only through that set. Knows nothing of the real types: they are compared with it.
 */

export const ROOT = -1;
export const TRASH = -2;

interface Element {
  readonly id: number;
  readonly lamport: number;
  readonly author: number;
  /** −1 is the origin. */
  readonly parent: number;
  readonly side: 'L' | 'R';
  /** null: a marker. */
  readonly char: string | null;
}

interface Move {
  readonly node: number;
  readonly parent: number;
  readonly lamport: number;
  readonly author: number;
}

/** What its author meant by an insert: after `left` and before `right`, elements that were live then (−1: the end). */
interface Meant {
  readonly id: number;
  readonly left: number;
  readonly right: number;
}

export interface Change {
  readonly author: number;
  readonly lamport: number;
  /** Lamport time of the last op. */
  readonly end: number;
  /** Bits of the changes that its author had. */
  readonly sees: number;
  readonly inserts: readonly Element[];
  readonly deletes: readonly number[];
  readonly moves: readonly Move[];
  readonly meant: readonly Meant[];
  /** Whether it sends text to the trash. */
  readonly removes: boolean;
  readonly label: string;
}

export interface Page {
  /** All elements in order, dead ones included. */
  readonly order: readonly Element[];
  readonly place: ReadonlyMap<number, number>;
  readonly dead: ReadonlySet<number>;
  /** Live characters by live marker; −1: before the first. */
  readonly segments: ReadonlyMap<number, readonly Element[]>;
  readonly parent: ReadonlyMap<number, number>;
}

export interface Rules {
  /** False lets rings through: only to see that the checks notice. */
  readonly skipRings: boolean;
}

const before = (a: Element | Move, b: Element | Move): number => a.lamport - b.lamport || a.author - b.author;

/** The page of a replica that has the changes in `mask`. */
export function pageOf(changes: readonly Change[], mask: number, rules: Rules = { skipRings: true }): Page {
  const lefts = new Map<number, Element[]>();
  const rights = new Map<number, Element[]>();
  const dead = new Set<number>();
  const moves: Move[] = [];
  for (const [i, change] of changes.entries()) {
    if (!(mask & (1 << i))) continue;
    for (const element of change.inserts) {
      const side = element.side === 'L' ? lefts : rights;
      const siblings = side.get(element.parent);
      if (siblings === undefined) side.set(element.parent, [element]);
      else siblings.push(element);
    }
    for (const id of change.deletes) dead.add(id);
    moves.push(...change.moves);
  }
  const order: Element[] = [];
  const walk = (element: Element): void => {
    for (const child of (lefts.get(element.id) ?? []).sort(before)) walk(child);
    order.push(element);
    for (const child of (rights.get(element.id) ?? []).sort((a, b) => before(b, a))) walk(child);
  };
  for (const top of (rights.get(-1) ?? []).sort((a, b) => before(b, a))) walk(top);

  const place = new Map<number, number>();
  const segments = new Map<number, Element[]>([[-1, []]]);
  let current = segments.get(-1) as Element[];
  for (const [i, element] of order.entries()) {
    place.set(element.id, i);
    if (dead.has(element.id)) continue;
    if (element.char === null) {
      current = [];
      segments.set(element.id, current);
    } else current.push(element);
  }
  return { order, place, dead, segments, parent: replay(moves, rules) };
}

function replay(moves: Move[], { skipRings }: Rules): Map<number, number> {
  const parent = new Map<number, number>();
  for (const move of moves.sort(before)) {
    let at: number | undefined = move.parent;
    while (skipRings && at !== undefined && at !== move.node) at = parent.get(at);
    if (at !== move.node) parent.set(move.node, move.parent);
  }
  return parent;
}

export function isUnder(page: Page, node: number, ancestor: number): boolean {
  let at: number | undefined = node;
  for (let steps = 0; at !== undefined && at !== ancestor; steps++) {
    if (steps > page.parent.size) throw new Error('a ring in the tree');
    at = page.parent.get(at);
  }
  return at === ancestor;
}

/** One change of one author while it is made. Reads the page as it was before. */
export class Pen {
  readonly #page: Page;
  readonly #author: number;
  readonly #firstId: number;
  readonly #from: number;
  #lamport: number;
  readonly #inserts: Element[] = [];
  readonly #deletes: number[] = [];
  readonly #moves: Move[] = [];
  readonly #meant: Meant[] = [];
  #removes = false;

  constructor(page: Page, author: number, lamport: number, firstId: number) {
    this.#page = page;
    this.#author = author;
    this.#from = lamport;
    this.#lamport = lamport;
    this.#firstId = firstId;
  }

  /** Inserts right after a live element (−1: at the start), by Fugue's rule. Returns the new id. */
  insertAfter(left: number, char: string | null): number {
    const { order, place, dead } = this.#page;
    const id = this.#firstId + this.#inserts.length;
    const own = this.#inserts.some((element) => element.id === left);
    const at = (place.get(left) ?? -1) + 1;
    const next = order[at];
    const hasRight = order.some(({ parent, side }) => parent === left && side === 'R');
    const hangsLeft = !own && hasRight && next !== undefined;
    const origin = hangsLeft ? { parent: next.id, side: 'L' as const } : { parent: left, side: 'R' as const };
    this.#inserts.push({ id, lamport: this.#lamport++, author: this.#author, ...origin, char });
    const right = own ? -1 : (order.slice(at).find((element) => !dead.has(element.id))?.id ?? -1);
    this.#meant.push({ id, left, right });
    return id;
  }

  delete(id: number): void {
    this.#deletes.push(id);
    this.#lamport++;
  }

  move(node: number, parent: number): void {
    this.#moves.push({ node, parent, lamport: this.#lamport++, author: this.#author });
    if (parent === TRASH) this.#removes = true;
  }

  done(sees: number, label: string): Change {
    return {
      author: this.#author,
      lamport: this.#from,
      end: this.#lamport - 1,
      sees,
      inserts: this.#inserts,
      deletes: this.#deletes,
      moves: this.#moves,
      meant: this.#meant,
      removes: this.#removes,
      label,
    };
  }
}
