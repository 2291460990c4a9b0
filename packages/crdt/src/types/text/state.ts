import { type Json, jsonEqual } from '../../bytes/index.ts';
import {
  compareStamps,
  formatId,
  type Id,
  type IdRange,
  type OpId,
  type ReplicaId,
  type Stamp,
} from '../../core/ids.ts';
import { type ContentRules, Sequence, type Spot } from '../../sequence/index.ts';
import { type Cover, Covers, type Mark } from './cover.ts';
import type { Attrs, MarkSpec, TextView } from './op.ts';

/** Attributes as LWW registers, each won by the greatest stamp in ≺. */
export class Registers {
  readonly #entries = new Map<string, { readonly value: Json | null; readonly stamp: Stamp }>();
  #attrs: Attrs | null = null;

  constructor(attrs: Attrs, stamp: Stamp) {
    for (const [key, value] of Object.entries(attrs)) this.set(key, value, stamp);
  }

  /** Returns whether the value is another one now. */
  set(key: string, value: Json | null, stamp: Stamp): boolean {
    const old = this.#entries.get(key);
    if (old !== undefined && compareStamps(old.stamp, stamp) > 0) return false;
    this.#entries.set(key, { value, stamp });
    if (jsonEqual(old?.value ?? null, value)) return false;
    this.#attrs = null;
    return true;
  }

  get(key: string): Json | null {
    return this.#entries.get(key)?.value ?? null;
  }

  /** Plain and immutable, the keys in order; the same object until a value changes. */
  get attrs(): Attrs {
    if (this.#attrs === null) {
      const present: [string, Json][] = [];
      for (const [key, { value }] of this.entries()) if (value !== null) present.push([key, value]);
      this.#attrs = Object.fromEntries(present);
    }
    return this.#attrs;
  }

  /** Every register, the absent values included, by key. */
  entries(): [string, { readonly value: Json | null; readonly stamp: Stamp }][] {
    return [...this.#entries].sort(([a], [b]) => (a < b ? -1 : 1));
  }
}

/** What a block of the sequence holds: characters, or one block marker or embed. */
export type Content =
  | { readonly type: 'text'; readonly text: string; readonly cover: Cover }
  | {
      readonly type: 'block' | 'embed';
      readonly id: OpId;
      readonly registers: Registers;
      readonly cover: Cover;
    };

const rules: ContentRules<Content> = {
  split(content, at) {
    if (content.type !== 'text') throw new RangeError('an element cannot be split');
    const { text, cover } = content;
    return [
      { type: 'text', text: text.slice(0, at), cover },
      { type: 'text', text: text.slice(at), cover },
    ];
  },
  join(left, right) {
    if (left.type !== 'text' || right.type !== 'text' || left.cover !== right.cover) return null;
    return { type: 'text', text: left.text + right.text, cover: left.cover };
  },
};

/** A delete op as it came. */
export interface Deletion {
  readonly type: 'delete';
  readonly ranges: readonly IdRange[];
  retracted: boolean;
}

/** The live marks that start or end in the slot after an element: what decides how text grows there. */
export interface Edge {
  readonly starts: Set<Mark>;
  readonly ends: Set<Mark>;
}

/** A map from ids, without a string for each. */
export class IdMap<V> {
  readonly #byReplica = new Map<ReplicaId | null, Map<number, V>>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(id: Id | null): V | undefined {
    return this.#byReplica.get(id?.replica ?? null)?.get(id?.seq ?? 0);
  }

  set(id: Id | null, value: V): void {
    const replica = id?.replica ?? null;
    let values = this.#byReplica.get(replica);
    if (values === undefined) {
      values = new Map();
      this.#byReplica.set(replica, values);
    }
    this.#size -= values.size;
    values.set(id?.seq ?? 0, value);
    this.#size += values.size;
  }

  delete(id: Id | null): void {
    if (this.#byReplica.get(id?.replica ?? null)?.delete(id?.seq ?? 0)) this.#size--;
  }

  *values(): Generator<V> {
    for (const values of this.#byReplica.values()) yield* values.values();
  }
}

/** A rich text. Private to this type. */
export interface TextState {
  readonly specs: Readonly<Record<string, MarkSpec>>;
  readonly elements: Sequence<Content>;
  readonly covers: Covers;
  /** The ops that a retract may name. */
  readonly targets: IdMap<Mark | Deletion>;
  /** By the element before the slot; null is the start of the text. */
  readonly edges: IdMap<Edge>;
  /** Attributes of the permanent first block. */
  readonly origin: Registers;
  view: TextView | null;
}

export function createText(specs: Readonly<Record<string, MarkSpec>>): TextState {
  return {
    specs,
    elements: new Sequence(rules),
    covers: new Covers(),
    targets: new IdMap(),
    edges: new IdMap(),
    origin: new Registers({}, { id: { replica: '' as ReplicaId, seq: 0 }, lamport: 0 }),
    view: null,
  };
}

/** The element at `spot` as a view names it. */
export function opIdAt(spot: Spot<Content>): OpId {
  return formatId(spot.block.idAt(spot.offset));
}
