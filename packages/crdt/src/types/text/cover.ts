import type { Json } from '../../bytes/index.ts';
import { compareStamps, type Id, type Stamp } from '../../core/ids.ts';
import type { AnchorSlot, Marks } from './op.ts';

/** What lies between two slots. */
export interface Stretch {
  readonly start: AnchorSlot;
  readonly end: AnchorSlot;
}

/** A mark op as it came. */
export interface Mark {
  readonly type: 'mark';
  readonly stamp: Stamp;
  readonly key: string;
  readonly value: Json | null;
  readonly start: AnchorSlot;
  readonly end: AnchorSlot;
  /** The op that took it back. */
  retracted: Id | null;
  /** Where it decided when it was taken back. */
  decided: readonly Stretch[];
}

/**
 * The set of live mark ops that cover a character, and the marks that result. Covers of one text are a trie in the
 * order ≺: equal sets are the same object, and a cover differs from its parent by its greatest op, which wins its key.
 */
export interface Cover {
  readonly parent: Cover | null;
  readonly mark: Mark | null;
  readonly marks: Marks;
  readonly children: Map<Mark, Cover>;
  /** Its place in `Covers.all`. */
  readonly number: number;
}

/** The covers of one text. */
export class Covers {
  readonly all: Cover[] = [];
  readonly none: Cover;
  readonly #interned = new Map<string, Marks>();
  /** What interned marks become by one key and value. */
  readonly #changes = new Map<Marks, Map<string, Marks>>();

  constructor() {
    this.none = this.#add(null, null, this.#intern({}));
  }

  #add(parent: Cover | null, mark: Mark | null, marks: Marks): Cover {
    const cover = { parent, mark, marks, children: new Map(), number: this.all.length };
    this.all.push(cover);
    return cover;
  }

  with(cover: Cover, mark: Mark): Cover {
    const { base, above } = this.#descend(cover, mark);
    return base.mark === mark ? cover : this.#climb(this.#child(base, mark), above);
  }

  without(cover: Cover, mark: Mark): Cover {
    const { base, above } = this.#descend(cover, mark);
    return base.mark === mark ? this.#climb(base.parent ?? this.none, above) : cover;
  }

  /** The part of `cover` up to `mark`, and the marks after it, the greatest first. */
  #descend(cover: Cover, mark: Mark): { base: Cover; above: Mark[] } {
    const above: Mark[] = [];
    let base = cover;
    while (base.mark !== null && base.parent !== null && compareStamps(base.mark.stamp, mark.stamp) > 0) {
      above.push(base.mark);
      base = base.parent;
    }
    return { base, above };
  }

  #climb(base: Cover, above: readonly Mark[]): Cover {
    let cover = base;
    for (let i = above.length - 1; i >= 0; i--) cover = this.#child(cover, above[i] as Mark);
    return cover;
  }

  #child(parent: Cover, mark: Mark): Cover {
    let child = parent.children.get(mark);
    if (child === undefined) {
      child = this.#add(parent, mark, this.#marksWith(parent.marks, mark.key, mark.value));
      parent.children.set(mark, child);
    }
    return child;
  }

  /** Marks with one key more, or another value of it, or without it (null). */
  #marksWith(marks: Marks, key: string, value: Json | null): Marks {
    let changes = this.#changes.get(marks);
    if (changes === undefined) {
      changes = new Map();
      this.#changes.set(marks, changes);
    }
    const change = `${key} ${stable(value)}`;
    let changed = changes.get(change);
    if (changed === undefined) {
      const { [key]: _, ...others } = marks;
      changed = this.#intern(value === null ? others : { ...others, [key]: value });
      changes.set(change, changed);
    }
    return changed;
  }

  /** Equal marks become the same object, with their keys in order. */
  #intern(marks: Marks): Marks {
    const key = stable(marks);
    let known = this.#interned.get(key);
    if (known === undefined) {
      known = Object.fromEntries(Object.entries(marks).sort(([a], [b]) => (a < b ? -1 : 1)));
      this.#interned.set(key, known);
    }
    return known;
  }
}

/** JSON text that does not depend on the order of object keys. */
function stable(value: Json): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(stable).join()}]`;
  const entries = Object.entries(value as { readonly [key: string]: Json });
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${stable(item)}`).join()}}`;
}

/** The value of a mark, or null if it is not there. Own keys only: a key may be called `constructor`. */
export function markOf(marks: Marks, key: string): Json | null {
  return Object.hasOwn(marks, key) ? (marks[key] ?? null) : null;
}

/** The op that decides `key` in a cover: the greatest of those that name it. */
export function winnerOf(cover: Cover, key: string): Mark | null {
  for (let at: Cover | null = cover; at !== null; at = at.parent) if (at.mark?.key === key) return at.mark;
  return null;
}
