import type { Patch } from './trace.ts';

/** One replica of a text. Updates and files are bytes as they would go over a wire or to a disk. */
export interface TextDoc {
  /** One transaction that nobody asks the update of. */
  edit(patches: readonly Patch[]): void;
  /** One transaction, and the update that the others get. */
  editWithUpdate(patches: readonly Patch[]): Uint8Array;
  apply(update: Uint8Array): void;
  applyAll(updates: readonly Uint8Array[]): void;
  text(): string;
  /** With the full history where the library keeps one. */
  save(): Uint8Array;
  /** The state without deleted text, where the library can. */
  saveShallow?(): Uint8Array;
  /** The update as it goes over a line that knows its author. */
  bare?(update: Uint8Array): Uint8Array;
  /** Gives memory outside of the heap back. */
  free?(): void;
}

export interface ListDoc {
  insert(index: number, value: number): Uint8Array;
  values(): readonly unknown[];
}

export interface MovableListDoc extends ListDoc {
  /** The item at `from` goes; then it comes to stand at `to`. */
  move(from: number, to: number): Uint8Array;
}

export interface MapDoc {
  set(key: string, value: number): Uint8Array;
  size(): number;
}

/** Nodes are numbered in the order of their making. */
export interface TreeDoc {
  add(parent: number | null): void;
  move(node: number, parent: number | null): Uint8Array;
  parentOf(node: number): number | null;
}

export interface MarkedDoc {
  mark(start: number, end: number, key: string, value: string | boolean): Uint8Array;
  apply(update: Uint8Array): void;
  /** The text with its marks, for comparison of two replicas. */
  shown(): unknown;
}

export interface GraphDoc {
  add(from: string, to: string): Uint8Array;
  /** The edges that are in effect. */
  active(): readonly (readonly [from: string, to: string])[];
}

/** A library under test. What it lacks is left out, and shown as such. */
export interface Peer {
  /** False for what can only follow one author. */
  readonly merges?: false;
  readonly text: {
    create(author: number): TextDoc;
    load(file: Uint8Array): TextDoc;
  };
  list?(): ListDoc;
  movableList?(): MovableListDoc;
  map?(): MapDoc;
  tree?(): TreeDoc;
  /** `author` 0 writes `text`; author 1 starts from what author 0 wrote. */
  marked?(text: string): readonly [author: MarkedDoc, reader: MarkedDoc];
  graph?(): GraphDoc;
}

export const PEERS = [
  'concord',
  'yjs',
  'automerge',
  'loro',
  'json-joy',
  'diamond-types',
  'list-positions',
  'ywasm',
  'floor',
] as const;
export type PeerName = (typeof PEERS)[number];

/** 32 bits that look random, other ones for each author: ids as large as in life, the same in every process. */
export function idOf(author: number): number {
  return Math.imul(author + 1, 0x9e37_79b1) >>> 0;
}
