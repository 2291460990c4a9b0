import { describe, expect, test } from 'vitest';
import { Doc } from '../../doc/doc.ts';
import { loadDoc, loadUndo, saveDoc, saveUndo } from '../../doc/file.ts';
import { forSeeds, type Random } from '../../testing/random.ts';
import { testReplicaId, viewText } from '../../testing/replicas.ts';
import { edit, Intent } from '../edits.ts';
import { everyType } from '../every-type.ts';

type Everything = Doc<typeof everyType>;

/** Minutes pass between edits, so that each is a step of its own. */
function clock(): () => number {
  let now = 1_700_000_000_000;
  return () => {
    now += 60_000;
    return now;
  };
}

function tell(from: Everything, to: Everything): void {
  to.apply(from.changesSince(to.version).map(({ bytes }) => bytes));
}

/** Two people at work; returns the first, with steps to undo and to redo. */
function game(random: Random): Everything {
  const intent = new Intent();
  const now = clock();
  const [ann, bob] = [0, 1].map((i) => new Doc(everyType, { replica: testReplicaId(i), now })) as [
    Everything,
    Everything,
  ];
  for (let i = 0; i < 24; i++) {
    const kind = random.int(10);
    if (kind < 5) ann.change((root) => edit(root, random, intent), { label: `step ${i}` });
    else if (kind < 7) bob.change((root) => edit(root, random, intent));
    else if (kind === 7) ann.undo();
    else if (kind === 8) ann.redo();
    else {
      tell(ann, bob);
      tell(bob, ann);
    }
  }
  tell(bob, ann);
  if (random.chance(0.5)) ann.undo();
  return ann;
}

/** As after a reload: all that the store has, and the steps beside it. */
function reload(doc: Everything): Everything {
  const options = { replica: doc.replica, now: clock() };
  const again = loadDoc(everyType, saveDoc(doc), options);
  loadUndo(again, saveUndo(doc));
  return again;
}

describe('undo across a reload', () => {
  test('[U4] every undo and redo after it does what it would have done without it', () => {
    let steps = 0;
    forSeeds(60, (random) => {
      const ann = game(random);
      const again = reload(ann);
      for (let i = 0; i < 12; i++) {
        expect([again.undoLabel, again.redoLabel]).toEqual([ann.undoLabel, ann.redoLabel]);
        const way = random.pick(['undo', 'undo', 'redo'] as const);
        const [did, didAgain] = [ann[way](), again[way]()];
        expect(didAgain).toEqual(did);
        expect(viewText(again.view)).toBe(viewText(ann.view));
        expect(again.stateHash()).toBe(ann.stateHash());
        if (did !== null) steps++;
      }
    });
    expect(steps).toBeGreaterThan(300);
  });

  test('[U4] all of it can be taken back and done again, a reload between any two steps', () => {
    forSeeds(25, (random) => {
      let doc = game(random);
      while (doc.redo()) doc = reload(doc);
      const before = viewText(doc.view);
      let undone = 0;
      while (doc.undo()) {
        undone++;
        doc = reload(doc);
      }
      while (doc.redo()) {
        undone--;
        doc = reload(doc);
      }
      expect(undone).toBe(0);
      expect(viewText(doc.view)).toBe(before);
    });
  });

  test('[U6] an event tells which step was undone or redone', () => {
    const doc = new Doc(everyType, { now: clock() });
    const told: unknown[] = [];
    doc.subscribe(({ origin, step }) => told.push(origin, step));
    doc.change((root) => root.body.insert(0, 'a'), { label: 'Begin' });
    doc.undo();
    doc.redo();
    expect(told).toEqual([
      ...['local', undefined],
      ...['undo', { direction: 'undo', label: 'Begin' }],
      ...['undo', { direction: 'redo', label: 'Begin' }],
    ]);
  });

  test('[U5] steps that name what the document does not know are left out, and the others stay', () => {
    const now = clock();
    const ann = new Doc(everyType, { replica: testReplicaId(0), now });
    ann.change((root) => root.body.insert(0, 'known'), { label: 'known' });
    const known = saveDoc(ann);
    ann.change((root) => root.body.insert(5, ' lost'), { label: 'lost' });
    const again = loadDoc(everyType, known, { replica: testReplicaId(0), now });
    loadUndo(again, saveUndo(ann));
    expect([again.undo()?.label, again.view.body.text, again.canUndo]).toEqual(['known', '', false]);
  });
});
