import { describe, expect, test } from 'vitest';
import { dagPatches, treePatches } from '../../doc/events.ts';
import { dag, list, placement, text, tree } from '../../schema/builders.ts';
import { object } from '../../schema/schema.ts';
import { forSeeds } from '../../testing/random.ts';
import { ROOT, TRASH } from '../../types/tree/op.ts';
import { meet, pair, people } from './people.ts';

const board = object({ cards: placement() });
const items = object({ items: list<string>() });
const outline = object({ outline: tree(), note: text() });
const plan = object({ links: dag() });

/** Two people with the same document. */
function both<S extends typeof board | typeof items | typeof outline | typeof plan>(
  schema: S,
  edit: (root: Parameters<Parameters<ReturnType<typeof pair<S>>[0]['change']>[0]>[0]) => void,
) {
  const docs = pair(schema);
  docs[0].change(edit, { undoable: false });
  meet(docs);
  return docs;
}

describe('lists', () => {
  test('[L1] two move one card to different lists', () => {
    const [ann, bob] = both(board, ({ cards }) => {
      for (const card of ['c', 'b', 'a']) cards.place(card, 'todo', 0);
    });
    ann.change(({ cards }) => cards.place('b', 'doing', 0));
    bob.change(({ cards }) => cards.place('b', 'done', 0));
    meet([ann, bob]);
    // At equal times the greater replica id, Bob's, is the later in ≺.
    expect(ann.view.cards.byParent).toEqual({ todo: ['a', 'c'], done: ['b'] });
    expect(ann.view.cards.parentOf).toEqual({ a: 'todo', b: 'done', c: 'todo' });
  });

  test('[L1] move ∥ remove leaves one or none, never a half', () => {
    const [ann, bob] = both(board, ({ cards }) => cards.place('a', 'todo', 0));
    ann.change(({ cards }) => cards.place('a', 'doing', 0));
    bob.change(({ cards }) => cards.remove('a'));
    meet([ann, bob]);
    expect(ann.view.cards).toEqual({ byParent: {}, parentOf: {} });
  });

  test('[L2] cards that people add into one gap', () => {
    forSeeds(20, (random) => {
      // So many that some choose the same digits.
      const all = people(board, 9);
      all[0]?.change(({ cards }) => {
        cards.place('first', 'l', 0);
        cards.place('last', 'l', 1);
      });
      meet(all);
      const backwards = random.chance(0.5);
      all.forEach((doc, person) => {
        for (let i = 0; i < 5; i++) {
          // Names that sort the other way round: the order must come from the places.
          const card = `${'edcba'[backwards ? 4 - i : i]}${person}`;
          doc.change(({ cards }) => cards.place(card, 'l', backwards ? 1 : 1 + i));
        }
      });
      meet(all);
      const order = all[0]?.view.cards.byParent.l ?? [];
      expect(order.length).toBe(2 + 9 * 5);
      for (const person of all.keys()) {
        const first = order.indexOf(`e${person}`);
        expect(order.slice(first, first + 5)).toEqual(Array.from('edcba', (letter) => `${letter}${person}`));
      }
    });
  });

  test('[L3] move ∥ move leaves one item, move ∥ set does both', () => {
    const [ann, bob] = both(items, (root) => root.items.push('a', 'b', 'c', 'd'));
    ann.change((root) => root.items.move(0, 3));
    bob.change((root) => root.items.move(0, 1));
    bob.change((root) => root.items.set(1, 'A'));
    meet([ann, bob]);
    expect([...ann.view.items].sort()).toEqual(['A', 'b', 'c', 'd']);
    ann.change((root) => root.items.move(root.items.values().indexOf('A'), 0));
    bob.change((root) => root.items.delete(root.items.values().indexOf('A')));
    meet([ann, bob]);
    expect([...ann.view.items].sort()).toEqual(['b', 'c', 'd']);
  });

  test('[L3] an item is the same wherever it moves', () => {
    const [ann, bob] = both(items, (root) => root.items.push('a', 'b', 'c'));
    const id = ann.query((root) => root.items.idAt(2));
    ann.change((root) => root.items.move(2, 0));
    meet([ann, bob]);
    expect(bob.query((root) => [root.items.indexOf(id), root.items.get(0)])).toEqual([0, 'c']);
  });
});

describe('tree', () => {
  const three = ({
    outline: t,
  }: {
    outline: { move(node: string, parent: string, index: number): void };
  }) => {
    for (const node of ['c', 'b', 'a']) t.move(node, ROOT, 0);
  };

  test('[T1] X under A ∥ X under B', () => {
    const [ann, bob] = both(outline, three);
    ann.change((root) => root.outline.move('c', 'a', 0));
    bob.change((root) => root.outline.move('c', 'b', 0));
    meet([ann, bob]);
    expect(ann.view.outline).toEqual({
      children: { [ROOT]: ['a', 'b'], b: ['c'], [TRASH]: [] },
      parent: { a: ROOT, b: ROOT, c: 'b' },
    });
  });

  test('[T2] A under B ∥ B under A', () => {
    const [ann, bob] = both(outline, three);
    const skipped: string[][] = [[], []];
    [ann, bob].forEach((doc, i) => {
      doc.subscribe((event) => {
        for (const patch of treePatches(event, 'outline')) {
          if (patch.type === 'skipped') skipped[i]?.push(`${patch.node} under ${patch.parent}`);
        }
      });
    });
    ann.change((root) => root.outline.move('a', 'b', 0));
    bob.change((root) => root.outline.move('b', 'a', 0));
    meet([ann, bob]);
    expect(ann.view.outline.parent).toMatchObject({ a: 'b', b: ROOT });
    expect(skipped).toEqual([['b under a'], ['b under a']]);
  });

  test('[T3] delete P ∥ move C out of P', () => {
    const [ann, bob] = both(outline, (root) => {
      three(root);
      root.outline.move('c', 'a', 0);
    });
    ann.change((root) => root.outline.remove('a'));
    bob.change((root) => root.outline.move('c', ROOT, 0));
    meet([ann, bob]);
    expect(ann.view.outline.parent).toEqual({ a: TRASH, b: ROOT, c: ROOT });
  });

  test('[T3] delete P ∥ make N and move B below P', () => {
    const [ann, bob] = both(outline, three);
    ann.change((root) => root.outline.remove('a'));
    bob.change((root) => root.outline.move('n', 'a', 0));
    bob.change((root) => root.outline.move('b', 'n', 0));
    meet([ann, bob]);
    expect(ann.view.outline.parent).toEqual({ a: TRASH, b: 'n', c: ROOT, n: 'a' });
    ann.change((root) => root.outline.move('a', ROOT, 0));
    meet([ann, bob]);
    expect(bob.view.outline.children).toMatchObject({ [ROOT]: ['a', 'c'], a: ['n'], n: ['b'] });
  });

  test('[T4] after any moves at all, everything hangs somewhere and nothing below itself', () => {
    forSeeds(60, (random) => {
      const all = people(outline, 4);
      const names = ['a', 'b', 'c', 'd', 'e', 'f'];
      all[0]?.change((root) => names.forEach((node) => void root.outline.move(node, ROOT, 0)));
      meet(all);
      for (let step = 0; step < 60; step++) {
        random.pick(all).change(({ outline: t }) => {
          const node = random.pick(names);
          const parent = random.pick([ROOT, ...names]);
          if (random.chance(0.1)) t.remove(node);
          else if (parent === ROOT || !t.isUnder(parent, node)) t.move(node, parent, 0);
        });
        if (random.chance(0.3)) meet(random.shuffle(all).slice(0, 2));
      }
      meet(all);
      const { parent } = (all[0] as (typeof all)[number]).view.outline;
      for (const name of names) {
        let at: string | undefined = name;
        for (let steps = 0; at !== ROOT && at !== TRASH; steps++) {
          expect(steps, `${name} hangs in a ring`).toBeLessThan(names.length + 1);
          at = parent[at as string];
          expect(at, `${name} hangs nowhere`).toBeDefined();
        }
      }
    });
  });
});

describe('graph', () => {
  const statuses = (doc: ReturnType<typeof pair<typeof plan>>[0]) =>
    Object.fromEntries(doc.view.links.edges.map(({ from, to, status }) => [`${from}→${to}`, status]));

  test('[D1] the later of two links that close a cycle is suspended, and shown as such', () => {
    const [ann, bob] = both(plan, ({ links }) => void links.add('a', 'b', 'FS'));
    const told: unknown[] = [];
    ann.subscribe((event) => told.push(...dagPatches(event, 'links').map(({ after }) => after)));
    ann.change(({ links }) => void links.add('b', 'c', 'FS'));
    bob.change(({ links }) => void links.add('c', 'a', 'FS'));
    meet([ann, bob]);
    expect(statuses(ann)).toEqual({ 'a→b': 'active', 'b→c': 'active', 'c→a': 'suspended' });
    expect(told).toEqual(['active', 'suspended']);
  });

  test('[D1] an earlier link that comes late takes the place of a later one', () => {
    const [ann, bob] = both(plan, ({ links }) => void links.add('a', 'b', 'FS'));
    // Ann writes more first, so her link is later in ≺ although her replica id is smaller.
    ann.change(({ links }) => void links.add('x', 'y', 'FS'));
    ann.change(({ links }) => void links.add('b', 'c', 'FS'));
    expect(statuses(ann)['b→c']).toBe('active');
    bob.change(({ links }) => void links.add('c', 'a', 'FS'));
    meet([ann, bob]);
    expect(statuses(ann)).toMatchObject({ 'c→a': 'active', 'b→c': 'suspended' });
  });

  test('[D2] a suspended link takes effect when the cycle breaks', () => {
    const [ann, bob] = both(plan, ({ links }) => void links.add('a', 'b', 'FS'));
    bob.change(({ links }) => void links.add('b', 'a', 'FS'));
    expect(statuses(bob)['b→a']).toBe('suspended');
    meet([ann, bob]);
    ann.change(({ links }) => links.remove(links.edges()[0]?.id as Parameters<typeof links.remove>[0]));
    meet([ann, bob]);
    expect(statuses(bob)).toEqual({ 'b→a': 'active' });
  });

  test('[D3] removing a node, and restoring it', () => {
    const [ann, bob] = both(plan, ({ links }) => {
      links.add('a', 'b', 'FS');
      links.add('b', 'c', 'SS');
    });
    ann.change(({ links }) => links.removeNode('b'));
    bob.change(({ links }) => void links.add('c', 'a', 'FS'));
    meet([ann, bob]);
    expect(statuses(bob)).toEqual({ 'a→b': 'dormant', 'b→c': 'dormant', 'c→a': 'active' });
    bob.change(({ links }) => links.restoreNode('b'));
    meet([ann, bob]);
    expect(statuses(ann)).toEqual({ 'a→b': 'active', 'b→c': 'active', 'c→a': 'suspended' });
  });
});
