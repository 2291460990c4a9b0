import { Doc, object, ROOT, replicaId, tree } from '../../src/index.ts';
import { seededRandom } from '../../src/testing/random.ts';
import type { Cell, Figure } from '../lib/cell.ts';
import { cpu } from '../lib/measure.ts';
import type { TextDoc } from '../lib/peer.ts';

/*
 * Growth curves: nanoseconds of CPU per element while a document grows to `size` elements in the way that hurts most.
 * A structure with a quadratic case shows ten times the figure at ten times the size.
 */

function expectLength(doc: TextDoc, due: number): void {
  const { length } = doc.text();
  if (length !== due) throw new Error(`the text has ${length} characters instead of ${due}`);
}

/** Each character goes between the two that were typed last. */
export function* middle({ peer, size }: Cell): Iterable<Figure> {
  const doc = peer.text.create(0);
  const took = cpu(() => {
    for (let i = 0; i < size; i++) doc.edit([[(i + 1) >> 1, 0, 'x']]);
  });
  expectLength(doc, size);
  yield { work: 'growth-middle', unit: 'ns', value: (took * 1e6) / size };
}

export function* random({ peer, size }: Cell): Iterable<Figure> {
  const chance = seededRandom(1);
  const doc = peer.text.create(0);
  const took = cpu(() => {
    for (let i = 0; i < size; i++) doc.edit([[chance.int(i + 1), 0, 'x']]);
  });
  expectLength(doc, size);
  yield { work: 'growth-random', unit: 'ns', value: (took * 1e6) / size };
}

export function* prepend({ peer, size }: Cell): Iterable<Figure> {
  const doc = peer.text.create(0);
  const took = cpu(() => {
    for (let i = 0; i < size; i++) doc.edit([[0, 0, 'x']]);
  });
  expectLength(doc, size);
  yield { work: 'growth-prepend', unit: 'ns', value: (took * 1e6) / size };
}

/** Everything but every hundredth character is deleted piece by piece; then people type on among the tombstones. */
export function* tombstones({ peer, size }: Cell): Iterable<Figure> {
  const doc = peer.text.create(0);
  const took = cpu(() => {
    for (let i = 0; i < size; i += 100) doc.edit([[i, 0, 'x'.repeat(100)]]);
    for (let i = 0; i < size / 100; i++) {
      for (let k = 0; k < 9; k++) doc.edit([[i + 1, 11, '']]);
    }
    for (let i = 0; i < size / 100; i++) doc.edit([[2 * i + 1, 0, 'y']]);
  });
  expectLength(doc, (2 * size) / 100);
  yield { work: 'growth-tombstones', unit: 'ns', value: (took * 1e6) / size };
}

/** A thousand replicas take turns, each with `size / 1000` characters; one more replica hears them all. */
export function* replicas({ peer, size }: Cell): Iterable<Figure> {
  const REPLICAS = 1000;
  const docs = Array.from({ length: REPLICAS }, (_, i) => peer.text.create(i));
  const chance = seededRandom(1);
  const updates: Uint8Array[] = [];
  const lengths = new Array<number>(REPLICAS).fill(0);
  for (let i = 0; i < size; i++) {
    const who = i % REPLICAS;
    const at = chance.int((lengths[who] as number) + 1);
    lengths[who] = (lengths[who] as number) + 1;
    updates.push((docs[who] as TextDoc).editWithUpdate([[at, 0, 'x']]));
  }
  for (const doc of docs) doc.free?.();
  const reader = peer.text.create(REPLICAS + 1);
  const took = cpu(() => {
    for (const update of updates) reader.apply(update);
  });
  expectLength(reader, size);
  yield { work: 'growth-replicas', unit: 'ns', value: (took * 1e6) / size };
}

const outline = object({ outline: tree() });
const author = (index: number) => replicaId((index + 1).toString(16).padStart(16, '0'));

/**
 * Two replicas move nodes of one tree without hearing of each other, then one takes all of the other's moves: they go
 * into the middle of its history, so that it must take back and do again.
 */
export function* treeMerge({ size }: Cell): Iterable<Figure> {
  const nodes = Math.max(100, size / 10);
  const docs = [0, 1].map((index) => new Doc(outline, { replica: author(index) }));
  const [mine, theirs] = docs as [Doc<typeof outline>, Doc<typeof outline>];
  const base = mine.change((root) => {
    for (let i = 0; i < nodes; i++) root.outline.move(String(i), ROOT, 0);
  });
  theirs.apply([base?.bytes as Uint8Array]);
  const moves = docs.map((doc, who) => {
    const chance = seededRandom(who + 1);
    const made: Uint8Array[] = [];
    for (let i = 0; i < size / 2; i++) {
      const node = chance.int(nodes);
      const parent = chance.int(nodes);
      const change = doc.change(({ outline }) => {
        if (!outline.isUnder(String(parent), String(node))) outline.move(String(node), String(parent), 0);
      });
      if (change) made.push(change.bytes);
    }
    return made;
  });
  const took = cpu(() => void mine.apply(moves[1] as Uint8Array[]));
  theirs.apply(moves[0] as Uint8Array[]);
  if (
    JSON.stringify(mine.view.outline.parent[0]) !== JSON.stringify(theirs.view.outline.parent[0]) ||
    mine.stateHash() !== theirs.stateHash()
  )
    throw new Error('the trees differ');
  yield { work: 'growth-tree-merge', unit: 'ns', value: (took * 1e6) / size };
}

/** `size` moves are undone one by one, then redone. */
export function* treeUndo({ size }: Cell): Iterable<Figure> {
  const nodes = 1000;
  let now = 0;
  const doc = new Doc(outline, { replica: author(0), now: () => now });
  doc.change(
    (root) => {
      for (let i = 0; i < nodes; i++) root.outline.move(String(i), ROOT, 0);
    },
    { undoable: false },
  );
  const chance = seededRandom(1);
  let moves = 0;
  while (moves < size) {
    const node = String(chance.int(nodes));
    const parent = String(chance.int(nodes));
    now += 1000;
    const change = doc.change(({ outline }) => {
      if (!outline.isUnder(parent, node)) outline.move(node, parent, 0);
    });
    if (change) moves++;
  }
  const due = JSON.stringify(doc.view.outline.parent);
  let undone = 0;
  const took = cpu(() => {
    while (doc.canUndo && doc.undo() !== null) undone++;
    while (doc.canRedo && doc.redo() !== null);
  });
  if (undone < Math.min(size, 50)) throw new Error(`only ${undone} moves were undone`);
  if (JSON.stringify(doc.view.outline.parent) !== due) throw new Error('undo and redo are not neutral');
  yield { work: 'growth-tree-undo', unit: 'ns', value: (took * 1e6) / undone };
}
