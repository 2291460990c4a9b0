import { describe, expect, it } from 'vitest';
import { Doc } from '../doc/doc.ts';
import { loadDoc, saveDoc } from '../doc/file.ts';
import { seededRandom } from '../testing/random.ts';
import { testReplicaId } from '../testing/replicas.ts';
import { counter, lww } from './builders.ts';
import { object, optional, record, type SchemaNode, tuple } from './schema.ts';

const schema = object({
  draft: optional(object({ title: lww(''), votes: counter() })),
  point: tuple(lww(0), lww(0), optional(lww('x'))),
  cards: record(optional(tuple(counter(), counter()))),
});

const root = optional(tuple(counter()));

function replicas<S extends SchemaNode>(node: S, count: number): Doc<S>[] {
  return Array.from({ length: count }, (_, i) => new Doc(node, { replica: testReplicaId(i), now: () => 0 }));
}

function settle(docs: readonly Doc<typeof schema>[]): void {
  for (const to of docs)
    for (const from of docs) to.apply(from.changesSince(to.version).map(({ bytes }) => bytes));
  expect(new Set(docs.map((doc) => doc.stateHash())).size).toBe(1);
}

describe('optional', () => {
  it('is null until it is added, and gives its child’s operations', () => {
    const [doc] = replicas(schema, 1) as [Doc<typeof schema>];
    expect(doc.view.draft).toBeNull();
    doc.change(({ draft }) => {
      expect(draft.has()).toBe(false);
      draft.add().title.set('a');
      expect(draft.has()).toBe(true);
    });
    expect(doc.view.draft).toEqual({ title: 'a', votes: 0 });
  });

  it('means one child where two replicas add it at once', () => {
    const [a, b] = replicas(schema, 2) as [Doc<typeof schema>, Doc<typeof schema>];
    a.change(({ draft }) => draft.add().votes.increment(1));
    b.change(({ draft }) => draft.add().votes.increment(2));
    settle([a, b]);
    expect(a.view.draft?.votes).toBe(3);
  });

  it('stays where one removes it while another adds it; what was below shows again', () => {
    const [a, b] = replicas(schema, 2) as [Doc<typeof schema>, Doc<typeof schema>];
    a.change(({ draft }) => draft.add().title.set('kept'));
    settle([a, b]);
    a.change(({ draft }) => draft.remove());
    expect(a.view.draft).toBeNull();
    b.change(({ draft }) => void draft.add());
    settle([a, b]);
    expect(a.view.draft).toEqual({ title: 'kept', votes: 0 });
  });

  it('is gone where one removes it while another only edits below; the edit is kept', () => {
    const [a, b] = replicas(schema, 2) as [Doc<typeof schema>, Doc<typeof schema>];
    a.change(({ draft }) => void draft.add());
    settle([a, b]);
    a.change(({ draft }) => draft.remove());
    b.change(({ draft }) => draft.at().votes.increment(5));
    settle([a, b]);
    expect(b.view.draft).toBeNull();
    a.change(({ draft }) => void draft.add());
    expect(a.view.draft?.votes).toBe(5);
  });

  it('comes and goes with undo and redo', () => {
    const [doc] = replicas(schema, 1) as [Doc<typeof schema>];
    doc.change(({ draft }) => void draft.add());
    doc.closeUndoStep();
    doc.change(({ draft }) => draft.remove());
    doc.undo();
    expect(doc.view.draft).not.toBeNull();
    doc.undo();
    expect(doc.view.draft).toBeNull();
    doc.redo();
    expect(doc.view.draft).not.toBeNull();
  });
});

describe('tuple', () => {
  it('shows its children by place, and keeps the identity of what did not change', () => {
    const [doc] = replicas(schema, 1) as [Doc<typeof schema>];
    expect(doc.view.point).toEqual([0, 0, null]);
    doc.change(({ point }) => point[1].set(4));
    const { point } = doc.view;
    expect(point).toEqual([0, 4, null]);
    doc.change(({ draft }) => void draft.add());
    expect(doc.view.point).toBe(point);
    doc.change((root) => root.point[2].add().set('y'));
    expect(doc.view.point).toEqual([0, 4, 'y']);
    expect(point).toEqual([0, 4, null]);
  });
});

describe('compositions', () => {
  it('converge and load as they are, below each other and at the root', () => {
    const random = seededRandom(3);
    const docs = replicas(schema, 3);
    for (let step = 0; step < 200; step++) {
      random.pick(docs).change(({ cards, draft, point }) => {
        const card = random.pick(['a', 'b/c']);
        const kind = random.int(8);
        if (kind === 0) cards.add(card);
        else if (kind === 1) cards.remove(card);
        else if (kind === 2) cards.at(card).add()[random.int(2) as 0 | 1].increment(1);
        else if (kind === 3) cards.at(card).remove();
        else if (kind === 4) point[random.int(2) as 0 | 1].set(random.int(9));
        else if (kind === 5) point[2].add().set('z');
        else if (kind === 6) draft.add().votes.increment(1);
        else draft.remove();
      });
      if (random.chance(0.2)) random.pick(docs).undo();
    }
    settle(docs);
    const [doc] = docs as [Doc<typeof schema>];
    const loaded = loadDoc(schema, saveDoc(doc));
    expect(loaded.view).toEqual(doc.view);
    expect(loaded.stateHash()).toBe(doc.stateHash());

    const [a, b] = replicas(root, 2) as [Doc<typeof root>, Doc<typeof root>];
    a.change((top) => top.add()[0].increment(2));
    b.apply(a.changesSince(new Map()).map(({ bytes }) => bytes));
    expect(b.view).toEqual([2]);
  });

  it('set aside what a peer writes where there is nothing', () => {
    const wide = object({ point: tuple(lww(0), lww(0), lww(0), counter()), draft: record(lww('')) });
    const [stranger] = replicas(wide, 1) as [Doc<typeof wide>];
    const [doc] = replicas(schema, 1) as [Doc<typeof schema>];
    stranger.change(({ point, draft }) => {
      point[3].increment(1);
      draft.add('some');
      draft.at('some').set('x');
    });
    doc.apply(stranger.changesSince(new Map()).map(({ bytes }) => bytes));
    expect(doc.view.point).toEqual([0, 0, null]);
    expect(doc.view.draft).toBeNull();
  });
});
