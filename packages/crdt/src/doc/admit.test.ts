import { describe, expect, it } from 'vitest';
import { counter, list, lww, text } from '../schema/builders.ts';
import { object } from '../schema/schema.ts';
import { forSeeds } from '../testing/random.ts';
import { Doc } from './doc.ts';
import { revertTo } from './history.ts';

const schema = object({ title: lww(''), body: text(), items: list<string>(), clicks: counter() });

/** A document that makes no change of more than `most` bytes. */
function careful(most: number): Doc<typeof schema> {
  return new Doc(schema, {
    admit: ({ bytes }) => {
      if (bytes.length > most) throw new RangeError(`${bytes.length} bytes`);
    },
  });
}

describe('a change that is not admitted', () => {
  it('leaves the document, its ids and its undo steps as they were, and tells nobody', () => {
    const doc = careful(200);
    doc.change((root) => root.body.insert(0, 'a'));
    doc.change((root) => root.body.insert(1, 'b'), { label: 'b' });
    const before = { view: doc.view, version: doc.version, hash: doc.stateHash(), undo: doc.undoLabel };
    const events: unknown[] = [];
    doc.subscribe((event) => events.push(event));
    // One run of letters, one op of another type, several containers: they are taken back in different ways.
    const edits = [
      () => doc.change((root) => root.body.insert(2, 'x'.repeat(300))),
      () => doc.change((root) => root.title.set('y'.repeat(300))),
      () =>
        doc.change((root) => {
          root.items.insert(0, 'z'.repeat(300));
          root.clicks.increment(1);
          root.body.delete(0, 1);
        }),
    ];
    for (const edit of edits) {
      expect(edit).toThrow(/bytes/);
      expect({ view: doc.view, version: doc.version, hash: doc.stateHash(), undo: doc.undoLabel }).toEqual(
        before,
      );
    }
    expect(events).toEqual([]);
    doc.undo();
    expect(doc.view.body.text).toBe('a');
  });

  it('may be an undo, a redo or a return to a version: each is refused alike, and its step stays', () => {
    const kept = { most: Number.POSITIVE_INFINITY };
    const makers: string[] = [];
    const doc = new Doc(schema, {
      admit: ({ bytes }, by) => {
        makers.push(by);
        if (bytes.length > kept.most) throw new RangeError(`${bytes.length} bytes`);
      },
    });
    const step = (title: string): void => {
      doc.change((root) => root.title.set(title), { label: title.slice(0, 4) });
      doc.closeUndoStep();
    };
    step('long'.repeat(100));
    const long = doc.version;
    step('cut');
    step('last');
    doc.undo();
    const events: unknown[] = [];
    doc.subscribe((event) => events.push(event));
    const state = (): unknown => ({
      view: doc.view,
      version: doc.version,
      hash: doc.stateHash(),
      labels: [doc.undoLabel, doc.redoLabel],
    });
    const refuses = (act: () => unknown): void => {
      const before = state();
      kept.most = 100;
      expect(act).toThrow(/bytes/);
      kept.most = Number.POSITIVE_INFINITY;
      expect(state()).toEqual(before);
    };
    refuses(() => revertTo(doc, long));
    // What is brought back is as large as it was.
    refuses(() => doc.undo());
    refuses(() => doc.undo({ scope: 'title' }));
    expect(events).toEqual([]);
    expect(doc.undo()).toEqual({ label: 'cut' });
    expect(doc.undo()).toEqual({ label: 'long' });
    expect(doc.view.title).toBe('');
    refuses(() => doc.redo());
    for (const label of ['long', 'cut', 'last']) expect(doc.redo()).toEqual({ label });
    expect(doc.view.title).toBe('last');
    expect(new Set(makers)).toEqual(new Set(['edit', 'undo', 'redo', 'revert']));
    const other = new Doc(schema);
    expect(other.apply(doc.changesSince(new Map()).map(({ bytes }) => bytes)).rejected).toEqual([]);
    expect(other.stateHash()).toBe(doc.stateHash());
  });

  it('[U7] may be forgotten as a step to undo or redo: it stays done, and the one before it comes next', () => {
    const doc = careful(400);
    const step = (title: string): void => {
      doc.change((root) => root.title.set(title), { label: title });
      doc.closeUndoStep();
    };
    for (const title of ['one', 'two', 'three', 'four']) step(title);
    doc.undo();
    expect(doc.forgetStep('redo')).toBe('four');
    expect(doc.forgetStep('redo')).toBeNull();
    expect(doc.forgetStep('undo')).toBe('three');
    expect([doc.view.title, doc.undoLabel]).toEqual(['three', 'two']);
    expect(doc.undo()).toEqual({ label: 'two' });
    expect([doc.view.title, doc.undoLabel, doc.redoLabel]).toEqual(['one', 'one', 'two']);
    doc.redo();
    expect(doc.view.title).toBe('three');
    while (doc.canUndo) doc.undo();
    expect(doc.view.title).toBe('');
    expect(doc.forgetStep('undo')).toBeNull();
  });

  it('is made up for by smaller ones, which others take (fuzz)', () => {
    forSeeds(30, (random) => {
      const [doc, peer, other] = [careful(60), careful(60), new Doc(schema)];
      let refused = 0;
      for (let i = 0; i < 40; i++) {
        const writer = random.pick([doc, peer]);
        const { length } = writer.view.body.text;
        const size = random.chance(0.3) ? 100 : 1 + random.int(5);
        try {
          writer.change((root) => {
            root.body.insert(random.int(root.body.length + 1), 'q'.repeat(size));
            if (random.chance(0.5)) root.clicks.increment(1);
          });
        } catch (error) {
          if (!(error instanceof RangeError)) throw error;
          refused++;
          expect(writer.view.body.text.length).toBe(length);
        }
        if (random.chance(0.4)) {
          const [from, to] = random.chance(0.5) ? [doc, peer] : [peer, doc];
          to.apply(from.changesSince(to.version).map(({ bytes }) => bytes));
        }
      }
      for (const from of [doc, peer, doc])
        for (const to of [peer, other, doc])
          expect(to.apply(from.changesSince(to.version).map(({ bytes }) => bytes)).rejected).toEqual([]);
      expect(refused).toBeGreaterThan(0);
      expect([doc.stateHash(), doc.parked]).toEqual([other.stateHash(), 0]);
      expect(peer.stateHash()).toBe(other.stateHash());
    });
  });
});
