import { describe, expect, it } from 'vitest';
import { changeHeader } from '../core/change-header.ts';
import { replicaId } from '../core/ids.ts';
import { counter, lww } from '../schema/builders.ts';
import { leaf, object } from '../schema/schema.ts';
import { forSeeds, type Random } from '../testing/random.ts';
import { tapeType } from '../testing/tape.ts';
import { Doc } from './doc.ts';
import type { DocEvent } from './events.ts';
import { history } from './history.ts';

const schema = object({ a: leaf(tapeType), b: leaf(tapeType), title: lww(''), votes: counter() });
type TapeDoc = Doc<typeof schema>;

let now = 1_700_000_000_000;
const replica = (n: number): TapeDoc =>
  new Doc(schema, { replica: replicaId(n.toString(16).padStart(16, '0')), now: () => now });

const all = (doc: TapeDoc): Uint8Array[] => doc.changesSince(new Map()).map((change) => change.bytes);
const sync = (from: TapeDoc, to: TapeDoc) => to.apply(from.changesSince(to.version).map((c) => c.bytes));

describe('typing into a journaled container', () => {
  it('is one run, cut anywhere', () => {
    const doc = replica(1);
    for (const letter of 'hello world') doc.change((root) => root.a.append(letter));
    const cuts = doc.changesSince(new Map());
    expect(cuts.map(({ from, to }) => [from, to])).toEqual([[0, 11]]);
    const from5 = doc.changesSince(new Map([[doc.replica, 5]]));
    expect(from5.map(({ from, to }) => [from, to])).toEqual([[5, 11]]);
    const other = replica(2);
    other.apply(doc.changesSince(new Map()).map(({ bytes }) => bytes));
    expect(other.view.a).toBe('hello world');
    expect(changeHeader(from5[0]?.bytes as Uint8Array)).toEqual({ replica: doc.replica, from: 5, to: 11 });
  });

  it('costs a keystroke’s update no name, no clock and no length', () => {
    const doc = replica(1);
    doc.change((root) => root.a.append('h'));
    const bytes = doc.change((root) => root.a.append('i'))?.bytes;
    // flags, replica, from, op.
    expect(bytes).toHaveLength(1 + 8 + 1 + 3);
  });

  it('begins anew after a minute, after others were seen, in another container, and with a name', () => {
    const [a, b] = [replica(1), replica(2)];
    const ranges = () =>
      [...history(a)].filter((c) => c.replica === a.replica).map(({ from, to }) => [from, to]);
    a.change((root) => root.a.append('x'));
    a.change((root) => root.a.append('x'));
    now += 61_000;
    a.change((root) => root.a.append('y'));
    a.change((root) => root.a.append('y'));
    b.change((root) => root.a.append('z'));
    sync(b, a);
    a.change((root) => root.a.append('u'));
    a.change((root) => root.a.append('u'));
    a.change((root) => root.b.append('v'));
    a.change((root) => root.a.append('w'));
    a.change((root) => root.a.append('w'));
    expect(ranges()).toEqual([
      [0, 2],
      [2, 4],
      [4, 6],
      [6, 7],
      [7, 9],
    ]);
    a.change((root) => root.a.append('x'));
    // Names B's letter, which the change header has to define: a dep has done so already.
    a.change((root) => root.a.cross(a.view.a.indexOf('z')));
    sync(a, b);
    expect(b.view).toEqual(a.view);
  });
});

describe('a change of several ops', () => {
  it('to one journaled container is never cut', () => {
    const doc = replica(1);
    doc.change((root) => {
      root.a.append('ab');
      root.a.append('c');
    });
    doc.change((root) => root.a.append('d'));
    const cuts = doc.changesSince(new Map([[doc.replica, 1]]));
    expect(cuts.map(({ from, to }) => [from, to])).toEqual([
      [0, 3],
      [3, 4],
    ]);
  });

  it('to journaled and other containers stays one change', () => {
    const doc = replica(1);
    doc.change((root) => {
      root.a.append('ab');
      root.title.set('x');
      root.b.append('c');
      root.b.append('d');
      root.votes.increment(1);
    });
    const other = replica(2);
    const events: DocEvent[] = [];
    other.subscribe((event) => events.push(event));
    expect(other.apply(all(doc))).toMatchObject({ applied: 1, rejected: [] });
    expect(other.view).toEqual(doc.view);
    expect([...(events[0]?.patches ?? [])].map(([path, patches]) => [path, patches.length])).toEqual([
      ['a', 2],
      ['title', 1],
      ['b', 2],
      ['votes', 1],
    ]);
    expect(all(other)).toEqual(all(doc));
    expect([...history(other)].flatMap((c) => c.ops().map(({ path, seq }) => [path, seq]))).toEqual([
      ['a', 0],
      ['a', 1],
      ['title', 2],
      ['b', 3],
      ['b', 4],
      ['votes', 5],
    ]);
  });

  it('that throws leaves nothing behind in a journal', () => {
    const doc = replica(1);
    doc.change((root) => root.a.append('kept'));
    const lazy = doc.change((root) => root.a.append('!'));
    const before = [doc.stateHash(), doc.view.a];
    expect(() =>
      doc.change((root) => {
        root.a.append('lost');
        root.a.cross(0);
        throw new Error('boom');
      }),
    ).toThrow('boom');
    expect([doc.stateHash(), doc.view.a]).toEqual(before);
    doc.change((root) => root.a.append('?'));
    const other = replica(2);
    other.apply(doc.changesSince(new Map([[doc.replica, 100]])).map((c) => c.bytes));
    sync(doc, other);
    expect(other.view.a).toBe('kept!?');
    // A change that was made before, and whose bytes nobody wanted until now.
    const bytes = lazy?.bytes as Uint8Array;
    expect(changeHeader(bytes)).toEqual({ replica: doc.replica, from: 4, to: 5 });
    expect(other.apply(bytes)).toMatchObject({ known: 1 });
  });
});

it('a run of which the first part is known is taken from there', () => {
  const [a, b] = [replica(1), replica(2)];
  for (const letter of 'hello') a.change((root) => root.a.append(letter));
  sync(a, b);
  for (const letter of ' world') a.change((root) => root.a.append(letter));
  expect(b.apply(all(a))).toMatchObject({ applied: 1, rejected: [] });
  expect(b.view.a).toBe('hello world');
  expect(b.apply(all(a))).toMatchObject({ applied: 0, known: 1 });
  expect(all(b)).toEqual(all(a));
});

it('undo takes back keystrokes by their ids, redo brings them back', () => {
  const doc = replica(1);
  doc.change((root) => root.a.append('ab'));
  doc.closeUndoStep();
  for (const letter of 'cd') doc.change((root) => root.a.append(letter));
  expect(doc.undo()).toEqual({ label: 'Edit' });
  expect(doc.view.a).toBe('ab');
  doc.undo();
  expect(doc.view.a).toBe('');
});

it('lazy bytes say the same whenever they are asked for', () => {
  forSeeds(40, (random) => {
    const [eager, lazy] = [replica(1), replica(1)];
    const [other, late] = [replica(2), replica(3)];
    const changes: (() => Uint8Array | undefined)[] = [];
    const bytes: (Uint8Array | undefined)[] = [];
    for (let i = 0; i < 40; i++) {
      if (random.chance(0.2)) {
        other.change((root) => root.a.append('o'));
        for (const doc of [eager, lazy]) sync(other, doc);
      }
      const seed = random.int(1000);
      const left = eager.change((root) => write(root, seed));
      const right = lazy.change((root) => write(root, seed));
      bytes.push(left?.bytes);
      changes.push(() => right?.bytes);
      if (random.chance(0.1)) now += 30_000;
    }
    const order = random.shuffle(changes.map((_, i) => i));
    for (const i of order) expect(changes[i]?.()).toEqual(bytes[i]);
    late.apply(random.shuffle([...bytes.filter((each) => each !== undefined), ...all(other)]));
    expect(late.view).toEqual(eager.view);
    expect(late.stateHash()).toBe(eager.stateHash());
  });
});

type TapeRoot = Parameters<Parameters<TapeDoc['change']>[0]>[0];

function write(root: TapeRoot, seed: number): void {
  const tape = seed % 5 === 0 ? root.b : root.a;
  if (seed % 7 === 0) root.title.set(`${seed}`);
  if (seed % 3 === 0 && tape.length > 0) tape.cross(seed % tape.length);
  else tape.append('abcdef'.slice(0, 1 + (seed % 3)));
  if (seed % 11 === 0) tape.append('!');
}

it('replicas that cut each other’s runs in any way converge (fuzz)', () => {
  let cut = 0;
  forSeeds(150, (random) => {
    const docs = [replica(1), replica(2), replica(3)];
    for (let step = 0; step < 80; step++) {
      const doc = random.pick(docs);
      if (random.chance(0.6)) doc.change((root) => write(root, random.int(1000)));
      else if (random.chance(0.1)) now += 45_000;
      else cut += pull(doc, random.pick(docs), random);
    }
    for (const to of docs) for (const from of docs) sync(from, to);
    for (const to of docs) for (const from of docs) sync(from, to);
    for (const doc of docs) {
      expect(doc.view).toEqual(docs[0]?.view);
      expect(doc.stateHash()).toBe(docs[0]?.stateHash());
      expect(doc.parked).toBe(0);
      // The same ranges, cut by another replica, are the same bytes.
      const theirs = new Map(
        doc.changesSince(new Map()).map((c) => [`${c.from}-${c.to}@${c.replica}`, c.bytes]),
      );
      for (const change of docs[0]?.changesSince(new Map()) ?? [])
        expect(theirs.get(`${change.from}-${change.to}@${change.replica}`)).toEqual(change.bytes);
    }
  });
  expect(cut).toBeGreaterThan(100);
});

/** Some of what `from` has, from any place on, in any order. */
function pull(to: TapeDoc, from: TapeDoc, random: Random): number {
  const version = new Map([...to.version].map(([id, next]) => [id, Math.max(0, next - random.int(4))]));
  const changes = from.changesSince(version).filter(() => random.chance(0.9));
  const { rejected } = to.apply(random.shuffle(changes).map((c) => c.bytes));
  expect(rejected.filter(({ reason }) => reason !== 'overlap')).toEqual([]);
  return changes.filter((c) => c.from > 0).length;
}
