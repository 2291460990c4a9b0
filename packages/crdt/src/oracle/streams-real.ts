import type { Id, Stamp } from '../core/ids.ts';
import { formatId } from '../core/ids.ts';
import { testEnv } from '../testing/env.ts';
import { testReplicaId } from '../testing/replicas.ts';
import { FRONT } from '../types/list/slots.ts';
import { textType } from '../types/text/index.ts';
import type { TextOp } from '../types/text/op.ts';
import { ROOT as TREE_ROOT, TRASH as TREE_TRASH, type TreeOp } from '../types/tree/op.ts';
import { treeType } from '../types/tree/tree.ts';
import { type Change, type Page, ROOT, TRASH } from './streams-model.ts';

/*
 * The histories of the streams model, told to the real text and the real tree: what the model shows must be what they
 * show, whatever the order of delivery.
 */

type Op = { readonly stamp: Stamp } & ({ readonly text: TextOp } | { readonly tree: TreeOp });

const text = textType();
const tree = treeType();

/** The real ops of each change, with ids that are dense for each author. */
export function realOps(changes: readonly Change[]): readonly (readonly Op[])[] {
  const next = new Map<number, number>();
  const ids = new Map<number, Id>();
  return changes.map(({ author, inserts, deletes, moves, lamport, end }) => {
    const first = next.get(author) ?? 0;
    next.set(author, first + end - lamport + 1);
    const at = (time: number): Stamp => ({
      id: { replica: testReplicaId(author), seq: first + time - lamport },
      lamport: time,
    });
    const ops: Op[] = [];
    for (const element of inserts) {
      const stamp = at(element.lamport);
      ids.set(element.id, stamp.id);
      const origin = { parent: ids.get(element.parent) ?? null, side: element.side };
      ops.push(
        element.char === null
          ? { stamp, text: { type: 'element', origin, element: 'block', attrs: {} } }
          : { stamp, text: { type: 'insert', origin, text: element.char } },
      );
    }
    for (const move of moves) {
      const name = (node: number): string =>
        node === ROOT ? TREE_ROOT : node === TRASH ? TREE_TRASH : nameOf(ids, node);
      const op: TreeOp = { type: 'move', node: name(move.node), parent: name(move.parent), slot: FRONT };
      ops.push({ stamp: at(move.lamport), tree: op });
    }
    const taken = new Set(ops.map(({ stamp }) => stamp.lamport));
    let time = lamport;
    for (const id of deletes) {
      while (taken.has(time)) time++;
      const target = ids.get(id);
      if (target === undefined) throw new Error(`a delete of nothing: ${id}`);
      ops.push({ stamp: at(time++), text: { type: 'delete', ranges: [{ ...target, length: 1 }] } });
    }
    return ops.sort((a, b) => a.stamp.lamport - b.stamp.lamport);
  });
}

/** What the model's page looks like, for comparison. */
export function modelText(page: Page, changes: readonly Change[]): string {
  const ids = new Map<number, Id>();
  realOps(changes).forEach((ops, i) => {
    const elements = changes[i]?.inserts ?? [];
    elements.forEach(({ id, lamport }) => {
      const op = ops.find(({ stamp }) => stamp.lamport === lamport);
      if (op !== undefined) ids.set(id, op.stamp.id);
    });
  });
  const blocks = [...page.segments].map(
    ([marker, chars]) => `${marker < 0 ? '' : nameOf(ids, marker)}:${chars.map(({ char }) => char).join('')}`,
  );
  const name = (node: number): string =>
    node === ROOT ? TREE_ROOT : node === TRASH ? TREE_TRASH : nameOf(ids, node);
  const parents = [...page.parent].map(([node, parent]) => `${name(node)}<${name(parent)}`).sort();
  return `${blocks.join(' ')} | ${parents.join(' ')}`;
}

/** The same of the real types after these changes, delivered in this order. */
export function realText(delivered: readonly (readonly Op[])[]): string {
  const env = testEnv();
  const stream = text.create(env);
  const outline = tree.create(env);
  for (const ops of delivered) {
    for (const op of ops) {
      if ('text' in op) text.apply(stream, op.text, op.stamp);
      else tree.apply(outline, op.tree, op.stamp);
    }
  }
  const blocks = [['', '']];
  for (const span of text.view(stream).spans) {
    if (span.type === 'block') blocks.push([span.id, '']);
    else if (span.type === 'text') (blocks.at(-1) as string[])[1] += span.text;
  }
  const parents = Object.entries(tree.view(outline).parent).map(([node, parent]) => `${node}<${parent}`);
  return `${blocks.map((block) => block.join(':')).join(' ')} | ${parents.sort().join(' ')}`;
}

function nameOf(ids: ReadonlyMap<number, Id>, node: number): string {
  const id = ids.get(node);
  if (id === undefined) throw new Error(`no such block: ${node}`);
  return formatId(id);
}
