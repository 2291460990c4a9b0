import { describe, expect, it } from 'vitest';
import { Writer } from '../bytes/index.ts';
import { replicaId } from '../core/ids.ts';
import { covers } from '../core/version.ts';
import { counter, lww, map, set } from '../schema/builders.ts';
import { object, record } from '../schema/schema.ts';
import { forSeeds } from '../testing/random.ts';
import { rawChange } from '../testing/raw-change.ts';
import type { EncodedChange } from './change.ts';
import { Doc } from './doc.ts';
import type { DocEvent } from './events.ts';
import { loadDoc, saveDoc } from './file.ts';

const schema = object({
  title: lww(''),
  votes: counter(),
  tags: set<string>(),
  props: map<number>(),
  cards: record(object({ name: lww('untitled'), done: lww(false) })),
});

function replica(n: number): Doc<typeof schema> {
  return new Doc(schema, { replica: replicaId(n.toString(16).padStart(16, '0')), now: () => 1000 });
}

function sync(from: Doc<typeof schema>, to: Doc<typeof schema>): void {
  to.apply(from.changesSince(to.version).map((c) => c.bytes));
}

function bytesOf(change: EncodedChange | null): Uint8Array {
  if (change === null) throw new Error('nothing changed');
  return change.bytes;
}

describe('a change', () => {
  it('is atomic: one event, one step of the version vector', () => {
    const doc = replica(1);
    const events: DocEvent[] = [];
    doc.subscribe((event) => events.push(event));
    doc.change((root) => {
      root.title.set('Plan');
      root.votes.increment(2);
    });
    expect(doc.view).toMatchObject({ title: 'Plan', votes: 2 });
    expect(events).toHaveLength(1);
    expect([...(events[0] as DocEvent).patches.keys()]).toEqual(['title', 'votes']);
    expect(doc.version.get(doc.replica)).toBe(2);
  });

  it('that throws leaves the document as it was, and the error goes on', () => {
    const doc = replica(1);
    doc.change((root) => root.title.set('kept'));
    const before = doc.stateHash();
    expect(() =>
      doc.change((root) => {
        root.title.set('lost');
        root.cards.create();
        throw new Error('boom');
      }),
    ).toThrow('boom');
    expect(doc.view).toMatchObject({ title: 'kept', cards: {} });
    expect(doc.stateHash()).toBe(before);
    doc.change((root) => root.title.set('goes on'));
    expect(doc.view.title).toBe('goes on');
  });

  it('that does nothing is no change', () => {
    const doc = replica(1);
    expect(doc.change((root) => root.title.set(''))).toBeNull();
    expect(doc.canUndo).toBe(false);
  });

  it('cannot be made inside another, nor by a query', () => {
    const doc = replica(1);
    expect(() => doc.change(() => doc.change((root) => root.title.set('x')))).toThrow('change inside');
    expect(() => doc.query((root) => root.title.set('x'))).toThrow('outside of a change');
    expect(doc.view.title).toBe('');
  });

  it('made by a listener reaches all listeners after the one that caused it', () => {
    const doc = replica(1);
    const seen: string[] = [];
    doc.subscribe(() => {
      if (doc.view.votes === 0) doc.change((root) => root.votes.increment(1));
    });
    doc.subscribe((event) => seen.push([...event.patches.keys()].join()));
    doc.change((root) => root.title.set('x'));
    expect(seen).toEqual(['title', 'votes']);
  });
});

describe('views', () => {
  it('keep the identity of what did not change', () => {
    const doc = replica(1);
    doc.change((root) => {
      for (const key of ['a', 'b']) root.cards.add(key);
    });
    const before = doc.view;
    doc.change((root) => root.cards.at('a').name.set('first'));
    expect(doc.view).not.toBe(before);
    expect(doc.view.cards.b).toBe(before.cards.b);
    expect(doc.view.cards.a).not.toBe(before.cards.a);
    expect(doc.view.tags).toBe(before.tags);
  });

  it('take any key, however strange', () => {
    const doc = replica(1);
    const keys = ['__proto__', 'a/b', '%2F', '', 'constructor', '😀'];
    doc.change((root) => {
      for (const key of keys) {
        root.cards.add(key);
        root.cards.at(key).name.set(`name of ${key}`);
      }
    });
    const copy = loadDoc(schema, saveDoc(doc));
    expect(Object.keys(copy.view.cards)).toEqual(keys);
    for (const key of keys) expect(copy.view.cards[key]?.name).toBe(`name of ${key}`);
    expect(copy.stateHash()).toBe(doc.stateHash());
  });

  it('that were only looked at are no part of the state', () => {
    const doc = replica(1);
    const before = doc.stateHash();
    doc.query((root) => root.cards.at('nobody').name.get());
    expect(doc.stateHash()).toBe(before);
  });
});

describe('delivery', () => {
  it('parks what came too early, ignores what is known', () => {
    const a = replica(1);
    const b = replica(2);
    const one = bytesOf(a.change((root) => root.title.set('one')));
    const two = bytesOf(a.change((root) => root.title.set('two')));
    expect(b.apply([two])).toMatchObject({ applied: 0, parked: 1 });
    expect(b.view.title).toBe('');
    expect(b.apply([two, one])).toMatchObject({ applied: 2 });
    expect(b.parked).toBe(0);
    expect(b.view.title).toBe('two');
    expect(b.apply([one, two])).toMatchObject({ applied: 0, known: 2 });
  });

  it('waits for other replicas that a change builds on', () => {
    const [a, b, c] = [replica(1), replica(2), replica(3)];
    const base = bytesOf(a.change((root) => root.cards.add('x')));
    sync(a, b);
    const edit = bytesOf(b.change((root) => root.cards.at('x').done.set(true)));
    expect(c.apply([edit])).toMatchObject({ applied: 0, parked: 1 });
    expect(c.apply([base])).toMatchObject({ applied: 2 });
    expect(c.stateHash()).toBe(b.stateHash());
  });

  it('two people who answer each other a thousand times arrive one after the other', () => {
    const [a, b, c] = [replica(1), replica(2), replica(3)];
    for (let i = 0; i < 1000; i++) {
      a.change((root) => root.props.set('a', i));
      sync(a, b);
      b.change((root) => root.props.set('b', i));
      sync(b, a);
    }
    // As a store hands them out: by replica. Looking at all that waits for each that comes would take minutes.
    const bytes = a.changesSince(new Map()).toSorted((x, y) => (x.replica < y.replica ? 1 : -1));
    expect(c.apply(bytes.map((change) => change.bytes))).toMatchObject({ applied: 2000 });
    expect(c.stateHash()).toBe(a.stateHash());
  });

  it('a concurrent creation of one key means one card', () => {
    const [a, b] = [replica(1), replica(2)];
    a.change((root) => {
      root.cards.add('k');
      root.cards.at('k').name.set('named by a');
    });
    b.change((root) => {
      root.cards.add('k');
      root.cards.at('k').done.set(true);
    });
    sync(a, b);
    sync(b, a);
    expect(a.view.cards).toEqual({ k: { name: 'named by a', done: true } });
    expect(a.stateHash()).toBe(b.stateHash());
  });

  it('converges under any causal delivery (fuzz)', () => {
    forSeeds(60, (random) => {
      const docs = [replica(1), replica(2), replica(3)];
      const sent: EncodedChange[] = [];
      for (const doc of docs) {
        doc.subscribe((event) => {
          if (event.origin !== 'remote') sent.push(...event.changes);
        });
      }
      for (let step = 0; step < 60; step++) {
        const doc = random.pick(docs);
        const roll = random.int(8);
        if (roll < 4) edit(doc, roll, random.int(5));
        else if (roll === 4) doc.undo();
        else if (roll === 5) doc.redo();
        else if (sent.length > 0) {
          // Any subset in any order, with repeats.
          doc.apply(Array.from({ length: 4 }, () => random.pick(sent).bytes));
        }
      }
      for (const doc of docs) doc.apply(random.shuffle(sent).map((c) => c.bytes));
      for (const doc of docs) {
        expect(doc.parked).toBe(0);
        expect(doc.stateHash()).toBe((docs[0] as (typeof docs)[0]).stateHash());
        expect(doc.view).toEqual((docs[0] as (typeof docs)[0]).view);
        expect(loadDoc(schema, saveDoc(doc)).stateHash()).toBe(doc.stateHash());
      }
    });
  });
});

function edit(doc: Doc<typeof schema>, what: number, value: number): void {
  doc.change((root) => {
    const key = `k${value}`;
    if (what === 0) root.title.set(key);
    else if (what === 1) root.votes.increment(value + 1);
    else if (what === 2) {
      if (root.cards.has(key)) root.cards.remove(key);
      else root.cards.add(key);
    } else {
      root.cards.at(key).name.set(`${value}`);
      if (root.tags.has(key)) root.tags.remove(key);
      else root.tags.add(key);
    }
  });
}

describe('undo', () => {
  it('takes back one’s own steps only', () => {
    const [a, b] = [replica(1), replica(2)];
    a.change((root) => root.votes.increment(1), { label: 'Vote' });
    b.change((root) => root.votes.increment(10));
    sync(b, a);
    expect(a.undo()).toEqual({ label: 'Vote' });
    expect(a.view.votes).toBe(10);
    expect(a.undo()).toBeNull();
    expect(a.redo()).toEqual({ label: 'Vote' });
    expect(a.view.votes).toBe(11);
  });

  it('groups changes with one label that follow each other within 500 ms', () => {
    let now = 0;
    const doc = new Doc(schema, { now: () => now });
    for (const at of [0, 400, 800, 1400]) {
      now = at;
      doc.change((root) => root.votes.increment(1), { label: 'Vote' });
    }
    doc.undo();
    expect(doc.view.votes).toBe(3);
    doc.undo();
    expect(doc.view.votes).toBe(0);
    expect(doc.canUndo).toBe(false);
  });

  it('n undos and n redos are neutral, whatever others did in between', () => {
    const [a, b] = [replica(1), replica(2)];
    a.change((root) => root.title.set('one'), { label: '1' });
    a.change((root) => root.title.set('two'), { label: '2' });
    sync(a, b);
    b.change((root) => root.title.set('by b'));
    sync(b, a);
    a.undo();
    a.undo();
    expect(a.view.title).toBe('');
    a.redo();
    a.redo();
    expect(a.view.title).toBe('by b');
  });

  it('a new change forgets what could be redone', () => {
    const doc = replica(1);
    doc.change((root) => root.title.set('x'));
    doc.undo();
    doc.change((root) => root.votes.increment(1));
    expect(doc.canRedo).toBe(false);
  });
});

describe('bytes from outside', () => {
  it('an op for a field that this version does not know is kept and passed on', () => {
    const newer = object({ ...schema.fields, colour: lww('white') });
    const a = new Doc(newer);
    a.change((root) => {
      root.colour.set('red');
      root.title.set('both know');
    });
    const old = new Doc(schema);
    expect(old.apply(a.changesSince(new Map()).map((c) => c.bytes)).rejected).toEqual([]);
    expect(old.view.title).toBe('both know');
    const upgraded = loadDoc(newer, saveDoc(old));
    expect(upgraded.view.colour).toBe('red');
  });

  it('a path as long as a book, named by every op, costs no more than once', () => {
    const bytes = new Uint8Array();
    const path = `title${'/'.repeat(100_000)}`;
    const ops = Array.from({ length: 4000 }, () => ({ path, kind: 'lww@1', width: 1, payload: bytes }));
    expect(replica(1).apply(rawChange(replica(9).replica, ops))).toMatchObject({ applied: 1 });
  }, 10_000);

  it('nobody can use up the numbers of Lamport time', () => {
    const width = 2 ** 47;
    const op = { path: 'unknown', kind: 'any@1', width, payload: new Uint8Array() };
    const { rejected } = replica(1).apply([rawChange(replica(9).replica, [op])]);
    expect(rejected.map(({ reason }) => reason)).toEqual(['malformed-change']);
  });

  it('another strategy under the same path is set aside, the rest of the change counts', () => {
    const other = object({ title: counter(), votes: counter() });
    const a = new Doc(other);
    a.change((root) => {
      root.title.increment(1);
      root.votes.increment(5);
    });
    const doc = replica(1);
    const report = doc.apply(a.changesSince(new Map()).map((c) => c.bytes));
    expect(report.rejected.map((r) => r.reason)).toEqual(['kind-mismatch']);
    expect(doc.view).toMatchObject({ title: '', votes: 5 });
  });

  it('a value of another kind than the register holds is set aside', () => {
    const doc = replica(1);
    const wrong = new Doc(object({ title: lww<{ readonly a: number } | null>(null) }));
    const report = doc.apply([bytesOf(wrong.change((root) => root.title.set({ a: 1 })))]);
    expect(report.rejected.map((r) => r.reason)).toEqual(['malformed-op']);
    expect(typeof doc.view.title).toBe('string');
  });

  it('an op with malformed bytes is set aside, and the document goes on', () => {
    const doc = replica(1);
    const author = replicaId('00000000000000ff');
    const bad = { path: 'title', kind: 'lww@1', width: 1, payload: new Uint8Array([99]) };
    const w = new Writer();
    w.u8(5);
    w.string('fine');
    const good = { path: 'title', kind: 'lww@1', width: 1, payload: w.finish() };
    const bytes = rawChange(author, [bad, good]);
    expect(doc.apply([bytes]).rejected.map((r) => r.reason)).toEqual(['malformed-op']);
    expect(doc.view.title).toBe('fine');
    expect(doc.version.get(author)).toBe(2);
    // What could not be read is passed on as it came.
    expect(doc.changesSince(new Map())[0]?.bytes).toEqual(bytes);
  });

  it('mutations never throw, and hang nothing (fuzz)', () => {
    const a = replica(1);
    a.change((root) => {
      root.title.set('hello');
      root.cards.add('x');
      root.cards.at('x').name.set('card');
      root.props.set('n', 3);
      root.tags.add('t');
    });
    const good = a.changesSince(new Map())[0] as EncodedChange;
    let taken = 0;
    forSeeds(3000, (random) => {
      const body = good.bytes.slice();
      for (let n = random.int(3); n >= 0; n--) body[random.int(body.length)] = random.int(256);
      const doc = replica(2);
      taken += doc.apply(
        body.subarray(0, random.int(10) === 0 ? random.int(body.length) : body.length),
      ).applied;
      expect(doc.view).toBeDefined();
      expect(doc.stateHash()).toHaveLength(16);
      const copy = replica(3);
      copy.apply(doc.changesSince(new Map()).map(({ bytes }) => bytes));
      expect(copy.stateHash()).toBe(doc.stateHash());
    });
    expect(taken).toBeGreaterThan(500);
  });

  it('a change is cut anew as it came', () => {
    const a = replica(1);
    a.change((root) => root.cards.create());
    a.change((root) => root.title.set('x'));
    const bytes = a.changesSince(new Map()).map((change) => change.bytes);
    const b = replica(2);
    b.apply(bytes);
    expect(b.changesSince(new Map()).map((change) => change.bytes)).toEqual(bytes);
  });
});

it('a version covers another iff it knows all of it', () => {
  const [a, b] = [replica(1), replica(2)];
  a.change((root) => root.title.set('x'));
  expect(covers(a.version, b.version)).toBe(true);
  expect(covers(b.version, a.version)).toBe(false);
});
