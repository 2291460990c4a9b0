import type { Doc } from '../doc/doc.ts';
import type { TextOp } from '../types/text/op.ts';
import { ROOT, TRASH } from '../types/tree/op.ts';
import { hasCycle } from './dag.ts';
import type { OpLog } from './document.ts';
import type { EveryView, everyType } from './every-type.ts';
import type { Stamped } from './stamped.ts';
import { textCells } from './text.ts';

/** What must hold of any state, whoever decided how concurrent edits merge. */
export function checkIntentions(doc: Doc<typeof everyType>, log: OpLog): void {
  const { view } = doc;
  onePlaceEach(view);
  oneTree(view);
  if (hasCycle(view.links.edges.filter(({ status }) => status === 'active')))
    throw new Error('active edges in a ring');
  checkAnchors(doc, (log.get('body')?.ops ?? []) as readonly Stamped<TextOp>[]);
}

function onePlaceEach({ places }: EveryView): void {
  const placed = Object.values(places.byParent).flat();
  if (new Set(placed).size !== placed.length) throw new Error(`an entity in two places: ${placed}`);
  if (placed.length !== Object.keys(places.parentOf).length) throw new Error('an entity without a place');
}

function oneTree({ outline }: EveryView): void {
  const found: string[] = [];
  const walk = (parent: string): void => {
    for (const node of outline.children[parent] ?? []) {
      if (found.includes(node)) throw new Error(`${node} hangs twice`);
      if (outline.parent[node] !== parent) throw new Error(`${node} hangs below ${parent}, not its parent`);
      found.push(node);
      walk(node);
    }
  };
  walk(ROOT);
  walk(TRASH);
  const nodes = Object.keys(outline.parent);
  if (found.length !== nodes.length)
    throw new Error(`out of reach: ${nodes.filter((n) => !found.includes(n))}`);
}

/** Every element's slots, the deleted ones' too, are where counting says. */
function checkAnchors(doc: Doc<typeof everyType>, ops: readonly Stamped<TextOp>[]): void {
  doc.query(({ body }) => {
    let index = 0;
    for (const { id, visible } of textCells(ops)) {
      const before = index;
      if (visible) index++;
      const is = [
        body.indexOf({ id, side: 'before' }),
        body.indexOf({ id, side: 'after' }),
        body.indexOfElement(id),
        visible ? body.idAt(before) : null,
      ];
      const due = [before, index, visible ? before : null, visible ? id : null];
      if (is.join() !== due.join()) throw new Error(`anchors of ${id} are at ${is}, not ${due}`);
    }
  });
}
