import { formatId } from '../core/ids.ts';
import type { DagOp, DagView, Edge, EdgeStatus, LinkType } from '../types/dag/op.ts';
import { byCodeUnits, inOrder, lastWrites, type Model, nameOf, present, retracted } from './stamped.ts';

type Link = Pick<Edge, 'from' | 'to' | 'link'>;

/** Greedy over the live edges in ≺: an edge that would close a cycle with those taken before it is suspended. */
export const dagModel: Model<DagOp, DagView> = (ops) => {
  const sorted = inOrder(ops);
  const off = retracted(sorted);
  const gone = new Set(
    sorted.flatMap((op) => (op.op.type === 'remove' && !off.has(nameOf(op)) ? [formatId(op.op.edge)] : [])),
  );
  const flags = lastWrites(
    sorted.flatMap(({ op }) => (op.type === 'node' ? [{ key: op.node, value: op.removed }] : [])),
  );
  const attrsOf = (edge: string) =>
    present(
      lastWrites(sorted.flatMap(({ op }) => (op.type === 'attr' && formatId(op.edge) === edge ? [op] : []))),
    );
  const taken: Link[] = [];
  const edges: Edge[] = [];
  for (const entry of sorted) {
    const { op } = entry;
    const id = nameOf(entry);
    if (op.type !== 'add' || gone.has(id)) continue;
    let status: EdgeStatus = 'active';
    if (flags.get(op.from) || flags.get(op.to)) status = 'dormant';
    else if (hasCycle([...taken, op])) status = 'suspended';
    else taken.push(op);
    edges.push({ id, from: op.from, to: op.to, link: op.link, attrs: attrsOf(id), status });
  }
  const removedNodes = [...flags].flatMap(([node, removed]) => (removed ? [node] : [])).sort(byCodeUnits);
  return { edges, removedNodes };
};

const ENDS: Readonly<Record<LinkType, readonly [string, string]>> = {
  FS: ['finish', 'start'],
  SS: ['start', 'start'],
  FF: ['finish', 'finish'],
  SF: ['start', 'finish'],
};

/** Every node starts before it finishes; a link orders an event of one node before an event of another. */
export function hasCycle(links: readonly Link[]): boolean {
  const arrows = links.flatMap(({ from, to, link }) => [
    [`start ${from}`, `finish ${from}`],
    [`start ${to}`, `finish ${to}`],
    [`${ENDS[link][0]} ${from}`, `${ENDS[link][1]} ${to}`],
  ]);
  const done = new Set<string>();
  const open = new Set<string>();
  const visit = (event: string): boolean => {
    if (open.has(event)) return true;
    if (done.has(event)) return false;
    open.add(event);
    const ring = arrows.some(([a, b]) => a === event && visit(b as string));
    open.delete(event);
    done.add(event);
    return ring;
  };
  return arrows.some(([event]) => visit(event as string));
}
