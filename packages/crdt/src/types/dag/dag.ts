import { type Json, jsonEqual, type Writer, writeJson } from '../../bytes/index.ts';
import { type CrdtType, InvalidOp, type MutContext } from '../../core/crdt-type.ts';
import { asOpId, formatId, type OpId, parseId, type Stamp } from '../../core/ids.ts';
import { compareText, plain } from '../plain.ts';
import { wins, writeStamp } from '../register.ts';
import { decode, encode } from './codec.ts';
import { byRank, type EdgeState } from './edge.ts';
import type { DagMut, DagOp, DagPatch, DagView, Edge, LinkType } from './op.ts';
import { DagState } from './state.ts';

/*
 * A graph of dependencies that is free of cycles on every replica, whatever was drawn concurrently. Of the edges that
 * are there, a greedy pass in ≺ suspends each one that would close a cycle with earlier ones. A suspended edge is kept
 * and shown, and takes effect when the cycle breaks. Removing a node makes its edges dormant; restoring it brings them
 * back.
 *
 * An edge that is removed and comes back by undo keeps its id, its attributes and its rank in ≺. If two users removed
 * it, both must take that back.
 */

export function dagType(): CrdtType<DagState, DagOp, DagView, DagMut, DagPatch> {
  return {
    kind: 'dag@1',
    create: () => new DagState(),
    width: () => 1,
    apply,
    invert,
    retracts: (op) => (op.type === 'retract' ? op.target : null),
    contested(op) {
      if (op.type === 'attr') return `${formatId(op.edge)} ${op.key}`;
      return op.type === 'node' ? op.node : null;
    },
    view: (state) => state.view(),
    mutate: (context) => new Drawing(context),
    encode,
    decode,
    canonical,
  };
}

function apply(state: DagState, op: DagOp, stamp: Stamp): readonly DagPatch[] {
  switch (op.type) {
    case 'add':
      if (op.from === op.to) throw new InvalidOp('an edge from a node to itself');
      return state.draw(stamp, op.from, op.to, op.link);
    case 'remove':
      return state.remove(state.edge(op.edge), stamp.id);
    case 'retract':
      return state.retract(state.removedBy(op.target), op.target);
    case 'attr': {
      const edge = state.edge(op.edge);
      if (wins(edge.attrs.get(op.key), stamp)) state.setAttr(edge, op.key, { value: op.value, stamp });
      return [];
    }
    case 'node':
      return state.setNode(op.node, { value: op.removed, stamp });
  }
}

function invert(state: DagState, op: DagOp, stamp: Stamp): readonly DagOp[] {
  switch (op.type) {
    case 'add':
      return [{ type: 'remove', edge: stamp.id }];
    case 'remove':
      return [{ type: 'retract', target: stamp.id }];
    case 'retract':
      return [{ type: 'remove', edge: state.removedBy(op.target).stamp.id }];
    case 'attr': {
      const before = state.edge(op.edge).attrs.get(op.key)?.value ?? null;
      return jsonEqual(before, op.value) ? [] : [{ ...op, value: before }];
    }
    case 'node': {
      const before = state.isRemoved(op.node);
      return before === op.removed ? [] : [{ ...op, removed: before }];
    }
  }
}

function canonical(state: DagState, w: Writer): void {
  const edges = [...state.edges].sort(byRank);
  w.varint(edges.length);
  for (const edge of edges) {
    writeStamp(w, edge.stamp);
    encode({ type: 'add', from: edge.from.name, to: edge.to.name, link: edge.link }, w);
    w.string(edge.status ?? '');
    writeRegisters(w, edge.attrs);
  }
  const flags = [...state.nodes.values()].flatMap(({ name, flag }) => (flag ? [[name, flag] as const] : []));
  writeRegisters(w, new Map(flags));
}

function writeRegisters(
  w: Writer,
  registers: ReadonlyMap<string, { readonly value: Json; readonly stamp: Stamp }>,
) {
  w.varint(registers.size);
  for (const [key, { value, stamp }] of [...registers].sort(([a], [b]) => compareText(a, b))) {
    w.string(key);
    writeStamp(w, stamp);
    writeJson(w, value);
  }
}

class Drawing implements DagMut {
  readonly #context: MutContext<DagState, DagOp>;

  constructor(context: MutContext<DagState, DagOp>) {
    this.#context = context;
  }

  add(from: string, to: string, link: LinkType, attrs: Readonly<Record<string, Json>> = {}): OpId {
    if (from === to) throw new RangeError(`an edge from a node to itself: ${from}`);
    const id = this.#context.emit({ type: 'add', from, to, link });
    for (const [key, value] of Object.entries(plain(attrs))) {
      if (value !== null) this.#context.emit({ type: 'attr', edge: id, key, value });
    }
    return formatId(id);
  }

  /** Nothing is written if the edge is removed already. Throws RangeError if it never was. */
  remove(edge: OpId): void {
    if (this.#known(edge).status !== null) this.#context.emit({ type: 'remove', edge: parseId(edge) });
  }

  setAttr(edge: OpId, key: string, value: Json | null): void {
    const next = plain(value);
    if (jsonEqual(this.#known(edge).attrs.get(key)?.value ?? null, next)) return;
    this.#context.emit({ type: 'attr', edge: parseId(edge), key, value: next });
  }

  removeNode(node: string): void {
    this.#setRemoved(node, true);
  }

  restoreNode(node: string): void {
    this.#setRemoved(node, false);
  }

  wouldCycle(from: string, to: string, link: LinkType): boolean {
    return this.#context.state.wouldCycle(from, to, link);
  }

  edges(): readonly Edge[] {
    return this.#context.state.view().edges;
  }

  #setRemoved(node: string, removed: boolean): void {
    if (this.#context.state.isRemoved(node) !== removed) this.#context.emit({ type: 'node', node, removed });
  }

  #known(id: OpId): EdgeState {
    const { state } = this.#context;
    const edge = asOpId(id) === null ? undefined : state.find(parseId(id));
    if (edge === undefined) throw new RangeError(`no such edge: ${id}`);
    return edge;
  }
}
