import { describe, expect, it } from 'vitest';
import { replicaId } from '../core/ids.ts';
import type { VersionVector } from '../core/version.ts';
import { counter, list, lww, map, text, tree } from '../schema/builders.ts';
import { object, record, type View } from '../schema/schema.ts';
import { forSeeds } from '../testing/random.ts';
import { testReplicaId, viewText } from '../testing/replicas.ts';
import { Doc } from './doc.ts';
import { loadDoc, saveDoc } from './file.ts';
import { at, blame, compare, diff, history, recall } from './history.ts';

const schema = object({
  title: lww('untitled'),
  votes: counter(),
  body: text(),
  props: map<string>(),
  items: list<string>(),
  outline: tree(),
  cards: record(object({ name: lww(''), note: text() })),
});
type PastDoc = Doc<typeof schema>;

let now = 1_700_000_000_000;
const replica = (n: number): PastDoc =>
  new Doc(schema, { replica: replicaId(n.toString(16).padStart(16, '0')), now: () => now });
const sync = (from: PastDoc, to: PastDoc) => to.apply(from.changesSince(to.version).map((c) => c.bytes));

describe('the past', () => {
  it('is what was seen then, for every version of every replica (fuzz)', () => {
    let looks = 0;
    forSeeds(25, (random) => {
      const docs = [replica(1), replica(2), replica(3)];
      const seen: { version: VersionVector; view: View<typeof schema> }[] = [];
      for (let step = 0; step < 60; step++) {
        const doc = random.pick(docs);
        const roll = random.int(9);
        const key = `k${random.int(3)}`;
        if (roll < 3)
          doc.change((root) =>
            root.body.insert(random.int(root.body.length + 1), 'some'.slice(random.int(3))),
          );
        else if (roll === 3) doc.change((root) => root.body.length > 2 && root.body.delete(1, 2));
        else if (roll === 4)
          doc.change(
            (root) => root.body.length > 2 && root.body.mark(0, 2, 'bold', random.chance(0.7) || null),
          );
        else if (roll === 5)
          doc.change((root) => {
            root.title.set(key);
            root.props.set(key, `${step}`);
            root.cards.add(key);
            root.cards.at(key).note.insert(0, 'n');
          });
        else if (roll === 6)
          doc.change((root) => (root.items.length > 2 ? root.items.move(0, 2) : root.items.insert(0, key)));
        else if (roll === 7) doc.undo();
        else sync(random.pick(docs), doc);
        now += random.int(40_000);
        seen.push({ version: new Map(doc.version), view: doc.view });
      }
      for (const to of docs) for (const from of docs) sync(from, to);
      const doc = random.pick(docs);
      const text = viewText(doc.view);
      for (const { version, view } of seen) {
        expect(viewText(at(doc, version))).toBe(viewText(view));
        looks++;
      }
      expect(viewText(at(doc, doc.version))).toBe(text);
      const loaded = loadDoc(schema, saveDoc(doc));
      for (const { version, view } of seen.slice(0, 10))
        expect(viewText(at(loaded, version))).toBe(viewText(view));
    });
    expect(looks).toBe(25 * 60);
  });

  it('tells the same when versions were recalled before, in part or wholly, while more came (fuzz)', () => {
    forSeeds(10, (random) => {
      const [a, b] = [replica(1), replica(2)] as const;
      const seen: { version: VersionVector; view: View<typeof schema> }[] = [];
      const write = (steps: number): void => {
        for (let step = 0; step < steps; step++) {
          a.change(({ body }) => body.insert(random.int(body.length + 1), `${step}`));
          a.change((root) => root.props.set(`k${random.int(3)}`, `${step}`));
          if (random.chance(0.3)) b.change(({ body }) => body.insert(0, 'b'));
          if (random.chance(0.2)) a.undo();
          if (random.chance(0.2)) sync(b, a);
          seen.push({ version: new Map(a.version), view: a.view });
        }
      };
      write(30);
      const recalled = recall(
        a,
        seen.slice(5, 25).map(({ version }) => version),
        random.chance(0.5) ? seen.slice(0, 5).map(({ version }) => version) : [],
      );
      for (let n = random.int(15); n > 0; n--) recalled.next();
      write(10);
      if (random.chance(0.5)) for (const _ of recalled);
      for (const { version, view } of [...seen].reverse())
        expect(viewText(at(a, version))).toBe(viewText(view));
    });
  });

  it('is recalled in as many steps as its way has stops; from near by, or once held, in no more than it needs', () => {
    const doc = replica(1);
    const seen: { version: VersionVector; text: string }[] = [];
    for (let i = 0; i < 100; i++) {
      doc.change(({ body }) => body.insert(body.length >> 1, `${i % 10}`));
      seen.push({ version: new Map(doc.version), text: doc.view.body.text });
    }
    const versionsOf = (...moments: readonly number[]) => moments.map((i) => seen[i]?.version ?? new Map());
    const steps = (to: number): number => {
      const stops = [0, 20, 40, 60, 80].filter((stop) => stop < to);
      return [...recall(doc, versionsOf(to - 1, to), versionsOf(...stops))].length;
    };
    // Taking in the history is one step, and reading each version another.
    expect(steps(90)).toBe(1 + 5 + 2);
    expect(steps(91)).toBe(2);
    expect(steps(90)).toBe(2);
    expect(steps(50)).toBe(3 + 2);
    for (const to of [90, 91, 50, 49, 3])
      expect((at(doc, seen[to]?.version ?? new Map()) as View<typeof schema>).body.text).toBe(seen[to]?.text);
  });

  it('knows nothing of a change that was looked at and refused', () => {
    const doc: Doc<typeof schema> = new Doc(schema, {
      replica: testReplicaId(1),
      admit: () => {
        const before = new Map(doc.version).set(doc.replica, 5);
        if (diff(doc, before, doc.version).some(({ path }) => path === 'title')) throw new RangeError();
      },
    });
    doc.change(({ body }) => body.insert(0, 'first'));
    const first = doc.version;
    expect(() => doc.change(({ title }) => title.set('no'))).toThrow(RangeError);
    doc.change(({ body }) => body.insert(5, '!'));
    const second = doc.version;
    doc.change(({ body }) => body.delete(0, 6));
    expect(at(doc, first)).toMatchObject({ title: 'untitled', body: { text: 'first' } });
    expect(at(doc, second)).toMatchObject({ title: 'untitled', body: { text: 'first!' } });
  });

  it('names what differs between two versions', () => {
    const doc = replica(1);
    doc.change((root) => root.body.insert(0, 'Hello'));
    const before = new Map(doc.version);
    doc.change((root) => root.body.insert(5, ' world'));
    doc.change((root) => root.votes.increment(2));
    doc.change((root) => root.title.set('x'));
    doc.change((root) => root.title.set('untitled'));
    const differences = diff(doc, before, doc.version);
    expect(differences.map(({ path }) => path)).toEqual(['body', 'votes']);
    expect(differences[0]).toMatchObject({
      kind: 'text@1',
      before: { text: 'Hello' },
      after: { text: 'Hello world' },
    });
    expect(diff(doc, doc.version, before).map(({ after }) => after)).toMatchObject([{ text: 'Hello' }, 0]);
    expect(diff(doc, before, before)).toEqual([]);
  });

  it('tells how a text became what it is, element by element (fuzz)', () => {
    let changed = 0;
    forSeeds(20, (random) => {
      const [a, b] = [replica(1), replica(2)] as const;
      const seen: { version: VersionVector; text: string }[] = [];
      for (let step = 0; step < 40; step++) {
        const doc = random.pick([a, b]);
        doc.change(({ body }) => {
          if (body.length > 4 && random.chance(0.4)) body.delete(random.int(body.length - 3), 3);
          else body.insert(random.int(body.length + 1), `${step}`);
        });
        if (random.chance(0.2)) doc.undo();
        if (random.chance(0.3)) sync(a, b);
        if (random.chance(0.3)) sync(b, a);
        seen.push({ version: doc.version, text: doc.view.body.text });
      }
      sync(a, b);
      sync(b, a);
      for (let n = 0; n < 20; n++) {
        const [before, after] = [random.pick(seen), random.pick(seen)];
        let [was, is] = ['', ''];
        let [i, j] = [0, 0];
        for (const { kind, count } of compare(random.pick([a, b]), 'body', before.version, after.version)) {
          if (kind !== 'added') {
            was += before.text.slice(i, i + count);
            i += count;
          }
          if (kind !== 'removed') {
            is += after.text.slice(j, j + count);
            if (kind === 'kept') expect(after.text.slice(j, j + count)).toBe(before.text.slice(i - count, i));
            j += count;
          }
          if (kind !== 'kept') changed++;
        }
        expect([was, is]).toEqual([before.text, after.text]);
      }
    });
    expect(changed).toBeGreaterThan(1000);
    const [a, b] = [replica(1), replica(2)];
    a.change((root) => root.body.insert(0, 'Hello'));
    const start = a.version;
    sync(a, b);
    b.change((root) => root.body.insert(5, '!'));
    a.change((root) => root.body.delete(0, 1));
    sync(b, a);
    expect(compare(a, 'body', start, a.version)).toEqual([
      { kind: 'removed', count: 1, replica: a.replica },
      { kind: 'kept', count: 4, replica: a.replica },
      { kind: 'added', count: 1, replica: b.replica },
    ]);
    expect(() => compare(a, 'title', start, start)).toThrow(RangeError);
  });

  it('tells who wrote what, and when', () => {
    const [a, b] = [replica(1), replica(2)];
    const start = now;
    for (const [i, letter] of [...'Hello'].entries()) a.change((root) => root.body.insert(i, letter));
    sync(a, b);
    now += 100_000;
    b.change((root) => root.body.insert(5, ' big'));
    b.change((root) => root.body.insert(2, '!'));
    sync(b, a);
    const second = (ms: number) => Math.floor(ms / 1000) * 1000;
    expect(a.view.body.text).toBe('He!llo big');
    expect(blame(a, 'body', 0, 10)).toEqual([
      { from: 0, to: 2, replica: a.replica, time: second(start), change: { from: 0, to: 5 } },
      { from: 2, to: 3, replica: b.replica, time: second(now), change: { from: 0, to: 5 } },
      { from: 3, to: 6, replica: a.replica, time: second(start), change: { from: 0, to: 5 } },
      { from: 6, to: 10, replica: b.replica, time: second(now), change: { from: 0, to: 5 } },
    ]);
    expect(blame(a, 'body', 3, 4)).toHaveLength(1);
    expect(() => blame(a, 'title', 0, 1)).toThrow(RangeError);
    expect(() => blame(a, 'nowhere', 0, 1)).toThrow(RangeError);
  });

  it('named versions are everybody’s', () => {
    const [a, b] = [replica(1), replica(2)];
    a.change((root) => root.body.insert(0, 'first'));
    a.nameVersion('Draft');
    a.change((root) => root.body.insert(0, 'not the '));
    sync(a, b);
    expect(Object.keys(b.versions)).toEqual(['Draft']);
    expect(at(b, b.versions.Draft as VersionVector).body.text).toBe('first');
    const loaded = loadDoc(schema, saveDoc(b));
    expect(loaded.versions).toEqual(b.versions);
    expect(a.canUndo && a.undoLabel).toBe('Edit');
    b.nameVersion('Draft', null);
    sync(b, a);
    expect(a.versions).toEqual({});
    expect(a.stateHash()).toBe(b.stateHash());
  });
});

describe('history', () => {
  it('walks changes in a causal order, with who, when and where', () => {
    const [a, b] = [replica(1), replica(2)];
    a.change((root) => root.title.set('x'));
    sync(a, b);
    b.change((root) => {
      root.title.set('y');
      root.body.insert(0, 'text');
    });
    sync(b, a);
    const walk = [...history(a)].map(({ replica: by, from, to, paths, deps }) => ({
      by,
      from,
      to,
      paths,
      deps,
    }));
    expect(walk).toEqual([
      { by: a.replica, from: 0, to: 1, paths: ['title'], deps: [] },
      { by: b.replica, from: 0, to: 5, paths: ['title', 'body'], deps: [{ replica: a.replica, seq: 0 }] },
    ]);
    expect([...history(a, a.version)]).toEqual([]);
  });

  it('of a hundred thousand changes takes no longer than to look at them', () => {
    const doc = replica(1);
    for (let i = 0; i < 100_000; i++) doc.change((root) => root.votes.increment(1), { undoable: false });
    const start = process.cpuUsage();
    let count = 0;
    for (const change of history(doc)) count += change.to - change.from;
    expect(count).toBe(100_000);
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(1000);
    expect(doc.changesSince(new Map([[doc.replica, 99_990]]))).toHaveLength(10);
  });
});
