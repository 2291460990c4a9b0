import { describe, expect, test } from 'vitest';
import { Doc } from '../../doc/doc.ts';
import {
  clockLww,
  counter,
  disableWinsFlag,
  enableWinsFlag,
  growOnlyCounter,
  lww,
  map,
  max,
  min,
  multiValue,
  removeWinsSet,
  set,
  text,
} from '../../schema/builders.ts';
import { object } from '../../schema/schema.ts';
import { testReplicaId } from '../../testing/replicas.ts';
import { meet, pair, tell } from './people.ts';

const schema = object({
  title: lww(''),
  stamped: clockLww(''),
  count: counter(),
  total: growOnlyCounter(),
  tags: set<string>(),
  bans: removeWinsSet<string>(),
  on: enableWinsFlag(),
  off: disableWinsFlag(),
  both: multiValue<string>(),
  high: max(0),
  low: min(0),
  fields: map<number>(),
  body: text(),
});

describe('registers, sets, counters', () => {
  test('[R1] the later in ≺ wins, key by key', () => {
    const [ann, bob] = pair(schema);
    ann.change((root) => root.fields.set('a', 1));
    ann.change((root) => root.fields.set('b', 1));
    bob.change((root) => root.fields.set('a', 2));
    bob.change((root) => root.fields.set('c', 2));
    meet([ann, bob]);
    expect(ann.view.fields).toEqual({ a: 2, b: 1, c: 2 });
  });

  test('[R1] with clockLww the later clock wins, however much the other wrote', () => {
    const [ann, bob] = [1000, 2000].map(
      (now, i) => new Doc(schema, { replica: testReplicaId(1 - i), now: () => now }),
    ) as [Doc<typeof schema>, Doc<typeof schema>];
    for (const word of ['a', 'b', 'c']) ann.change((root) => root.stamped.set(word));
    bob.change((root) => root.stamped.set('later'));
    meet([ann, bob]);
    expect(ann.view.stamped).toBe('later');
  });

  test('[R2] increments add up', () => {
    const [ann, bob] = pair(schema);
    ann.change((root) => {
      root.count.increment(5);
      root.total.increment(1);
    });
    bob.change((root) => {
      root.count.increment(-2);
      root.total.increment(2);
    });
    meet([ann, bob]);
    meet([ann, bob]);
    expect([ann.view.count, ann.view.total]).toEqual([3, 3]);
  });

  test('[R3] add ∥ remove', () => {
    const [ann, bob] = pair(schema);
    ann.change((root) => {
      root.tags.add('x');
      root.bans.add('x');
      root.on.enable();
      root.off.enable();
    });
    meet([ann, bob]);
    ann.change((root) => {
      root.tags.remove('x');
      root.bans.remove('x');
      root.on.disable();
      root.off.disable();
    });
    bob.change((root) => {
      root.tags.add('x');
      root.bans.add('x');
      root.on.enable();
      root.off.enable();
    });
    meet([ann, bob]);
    expect(ann.view).toMatchObject({ tags: ['x'], bans: [], on: true, off: false });
  });

  test('[R3] what was removed before may be added again', () => {
    const [ann, bob] = pair(schema);
    for (const edit of ['add', 'remove', 'add'] as const) {
      ann.change((root) => {
        root.tags[edit]('x');
        root.bans[edit]('x');
      });
    }
    meet([ann, bob]);
    expect(bob.view).toMatchObject({ tags: ['x'], bans: ['x'] });
  });

  test('[R4] every write that no other has seen shows', () => {
    const [ann, bob] = pair(schema);
    ann.change((root) => root.both.set('old'));
    meet([ann, bob]);
    ann.change((root) => root.both.set('ann'));
    bob.change((root) => root.both.set('bob'));
    meet([ann, bob]);
    expect([...ann.view.both].sort()).toEqual(['ann', 'bob']);
    bob.change((root) => root.both.set('settled'));
    meet([ann, bob]);
    expect(ann.view.both).toEqual(['settled']);
  });

  test('[R5] the greatest, the least', () => {
    const [ann, bob] = pair(schema);
    ann.change((root) => {
      root.high.raise(5);
      root.low.lower(-5);
    });
    bob.change((root) => {
      root.high.raise(3);
      root.low.lower(-7);
    });
    meet([ann, bob]);
    expect([ann.view.high, ann.view.low]).toEqual([5, -7]);
  });
});

describe('undo', () => {
  test('[U1] n undos and n redos of everything at once', () => {
    let now = 0;
    const doc = new Doc(schema, { replica: testReplicaId(0), now: () => now });
    const views = [JSON.stringify(doc.view)];
    for (let i = 1; i <= 5; i++) {
      now += 10_000;
      doc.change((root) => {
        root.title.set(`t${i}`);
        root.count.increment(i);
        root.total.increment(i);
        root.tags.add(`t${i}`);
        root.bans.add(`t${i}`);
        if (i % 2) root.on.enable();
        else root.on.disable();
        root.both.set(`b${i}`);
        root.high.raise(i);
        root.low.lower(-i);
        root.fields.set(`k${i % 2}`, i);
        root.body.insert(Math.min(2, root.body.length), `${i}`);
        if (i > 2) root.body.delete(0, 1);
      });
      views.push(JSON.stringify(doc.view));
    }
    for (let i = 4; i >= 0; i--) {
      doc.undo();
      expect(JSON.stringify(doc.view)).toBe(views[i]);
    }
    expect(doc.canUndo).toBe(false);
    for (let i = 1; i <= 5; i++) {
      doc.redo();
      expect(JSON.stringify(doc.view)).toBe(views[i]);
    }
    expect(doc.canRedo).toBe(false);
  });

  test('[U2] undo takes back what was done here alone', () => {
    const [ann, bob] = pair(schema);
    ann.change((root) => root.body.insert(0, 'mine'));
    meet([ann, bob]);
    bob.change((root) => root.body.insert(4, ' and yours'));
    bob.change((root) => root.count.increment(2));
    ann.change((root) => root.count.increment(5));
    meet([ann, bob]);
    while (ann.canUndo) ann.undo();
    meet([ann, bob]);
    expect([bob.view.body.text, bob.view.count]).toEqual([' and yours', 2]);
  });

  test('[U3] undone and redone text is the same text: what others typed into it stays in its place', () => {
    const [ann, bob] = pair(schema);
    ann.change((root) => root.body.insert(0, 'left right'));
    meet([ann, bob]);
    bob.change((root) => root.body.insert(5, 'middle '));
    meet([ann, bob]);
    const id = ann.query((root) => root.body.idAt(0));
    ann.undo();
    tell(ann, bob);
    expect(bob.view.body.text).toBe('middle ');
    ann.redo();
    tell(ann, bob);
    expect(bob.view.body.text).toBe('left middle right');
    expect(bob.query((root) => root.body.idAt(0))).toBe(id);
  });
});
