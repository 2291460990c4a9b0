import { describe, expect, test } from 'vitest';
import { Doc } from '../../doc/doc.ts';
import { loadDoc, saveDoc } from '../../doc/file.ts';
import { counter, lww, map, text } from '../../schema/builders.ts';
import { object } from '../../schema/schema.ts';
import { seededRandom } from '../../testing/random.ts';
import { rawChange } from '../../testing/raw-change.ts';
import { testReplicaId } from '../../testing/replicas.ts';
import { meet, pair, people, tell } from './people.ts';

const schema = object({ title: lww(''), body: text(), fields: map<number>() });

describe('every type', () => {
  test('[S1] between equals the greater replica id is later; whoever knew more is later in any case', () => {
    const [ann, bob] = pair(schema);
    ann.change((root) => root.title.set('ann'));
    bob.change((root) => root.title.set('bob'));
    meet([ann, bob]);
    expect(ann.view.title).toBe('bob');
    // Ann has seen Bob's write; a third who has seen nothing writes with the greatest id of all.
    ann.change((root) => root.title.set('ann again'));
    const late = new Doc(schema, { replica: testReplicaId(9) });
    late.change((root) => root.title.set('late'));
    meet([ann, bob, late]);
    expect(late.view.title).toBe('ann again');
  });

  test('[S1] who overwrites what they have seen is later, though it is their first write and their id the smallest', () => {
    const [ann, bob] = pair(schema);
    bob.change((root) => root.title.set('bob'));
    tell(bob, ann);
    ann.change((root) => root.title.set('ann'));
    meet([ann, bob]);
    expect(bob.view.title).toBe('ann');
  });

  test('[S1] the time of an operation counts every id before it, also those of other containers', () => {
    const [ann, bob] = pair(schema);
    ann.change((root) => {
      root.body.insert(0, 'many ids');
      root.title.set('ann');
    });
    bob.change((root) => root.title.set('bob'));
    meet([ann, bob]);
    expect(ann.view.title).toBe('ann');
  });

  test('[S2] an edit that throws leaves nothing, and what came before it stays', () => {
    const [doc, other] = pair(schema);
    doc.change((root) => root.body.insert(0, 'kept'));
    const version = new Map(doc.version);
    const before = doc.stateHash();
    const breaking = () =>
      doc.change((root) => {
        root.body.insert(4, ' and lost');
        root.title.set('lost');
        root.body.delete(0, 2);
        throw new Error('a bug');
      });
    expect(breaking).toThrow('a bug');
    expect(doc.view).toMatchObject({ title: '', body: { text: 'kept' } });
    expect([doc.stateHash(), doc.version]).toEqual([before, version]);
    doc.change((root) => root.body.insert(4, '!'));
    meet([doc, other]);
    expect(other.view.body.text).toBe('kept!');
  });

  test('[S2] a change of several operations arrives whole', () => {
    const [doc, other] = pair(schema);
    doc.change((root) => root.body.insert(0, 'abc'));
    const change = doc.change((root) => {
      root.title.set('t');
      root.body.insert(3, 'd');
      root.fields.set('n', 1);
    });
    expect(other.apply([change?.bytes as Uint8Array])).toMatchObject({ applied: 0, parked: 1 });
    expect(other.view).toMatchObject({ title: '', fields: {} });
    tell(doc, other);
    expect(other.view).toMatchObject({ title: 't', body: { text: 'abcd' }, fields: { n: 1 } });
  });

  test('[S3] backwards, twice and shuffled', () => {
    const [doc] = pair(schema);
    const changes = Array.from({ length: 40 }, (_, i) => {
      const random = seededRandom(i);
      const change = doc.change((root) => {
        root.body.insert(random.int(root.body.length + 1), `${i} `);
        if (i % 3 === 0) root.fields.set(`k${i % 5}`, i);
      });
      return change?.bytes as Uint8Array;
    });
    const orders = [
      changes.toReversed(),
      [...changes, ...changes],
      seededRandom(7).shuffle([...changes, ...changes]),
    ];
    for (const order of orders) {
      const other = new Doc(schema, { replica: testReplicaId(5) });
      for (const bytes of order) other.apply([bytes]);
      expect([other.stateHash(), other.parked]).toEqual([doc.stateHash(), 0]);
    }
  });

  test('[S3] what is partly known is taken from where it is new', () => {
    const [doc, other] = pair(schema);
    for (const letter of 'ab') doc.change((root) => root.body.insert(root.body.length, letter));
    tell(doc, other);
    for (const letter of 'cd') doc.change((root) => root.body.insert(root.body.length, letter));
    other.apply(doc.changesSince(new Map()).map(({ bytes }) => bytes));
    expect(other.view.body.text).toBe('abcd');
    other.apply(doc.changesSince(new Map()).map(({ bytes }) => bytes));
    expect(other.view.body.text).toBe('abcd');
  });

  test('[S4] nonsense among good changes is reported, and the good ones are taken', () => {
    const [doc, other] = pair(schema);
    const good = doc.change((root) => root.title.set('good'))?.bytes as Uint8Array;
    const noise = new Uint8Array(40).fill(255);
    const report = other.apply([noise, good, new Uint8Array()]);
    expect(report.applied).toBe(1);
    expect(report.rejected.length).toBe(2);
    expect(other.view.title).toBe('good');
  });

  test('[S4] an operation that cannot be read leaves the rest of its change in force', () => {
    const [doc] = pair(schema);
    const other = new Doc(schema, { replica: testReplicaId(3) });
    const bad = rawChange(testReplicaId(8), [
      { path: 'title', kind: 'lww@1', width: 1, payload: Uint8Array.of(255, 255, 255) },
    ]);
    expect(doc.apply([bad]).rejected.map(({ reason }) => reason)).toEqual(['malformed-op']);
    doc.change((root) => root.title.set('on'));
    tell(doc, other);
    expect(other.view.title).toBe('on');
  });

  test('[S5] two who edit a field first, at the same time, edit the same field', () => {
    const [ann, bob] = pair(schema);
    ann.change((root) => root.body.insert(0, 'ann '));
    bob.change((root) => root.body.insert(0, 'bob '));
    ann.change((root) => root.fields.set('a', 1));
    bob.change((root) => root.fields.set('b', 2));
    meet([ann, bob]);
    expect(ann.view.body.text.split(' ').sort().join(' ').trim()).toBe('ann bob');
    expect(ann.view.fields).toEqual({ a: 1, b: 2 });
  });

  test('[S7] what a schema lacks is kept and passed on', () => {
    const wide = object({ title: lww(''), votes: counter() });
    const narrow = object({ title: lww('') });
    const author = new Doc(wide, { replica: testReplicaId(0) });
    author.change((root) => {
      root.title.set('t');
      root.votes.increment(3);
    });
    author.change((root) => root.votes.increment(4));
    const between = new Doc(narrow, { replica: testReplicaId(1) });
    between.apply(author.changesSince(between.version).map(({ bytes }) => bytes));
    expect(between.view).toEqual({ title: 't' });
    for (const carrier of [between, loadDoc(narrow, saveDoc(between), { replica: testReplicaId(2) })]) {
      const reader = new Doc(wide, { replica: testReplicaId(3) });
      reader.apply(carrier.changesSince(reader.version).map(({ bytes }) => bytes));
      expect(reader.view).toEqual({ title: 't', votes: 7 });
    }
  });

  test('[S6] five people in a partition that heals', () => {
    const all = people(schema, 5);
    const random = seededRandom(11);
    for (let step = 0; step < 200; step++) {
      const doc = random.pick(all);
      doc.change((root) => {
        const { length } = root.body;
        if (length > 3 && random.chance(0.3)) root.body.delete(random.int(length - 2), 2);
        else root.body.insert(random.int(length + 1), String(step));
        if (random.chance(0.2)) root.fields.set(random.pick(['a', 'b']), step);
      });
      const side = step < 150 ? random.pick([all.slice(0, 2), all.slice(2)]) : all;
      tell(random.pick(side), random.pick(side));
    }
    meet(all);
  });
});

describe('bytes', () => {
  test('[E1] a loaded document has the same state, tells the same changes, and goes on', () => {
    const [ann, bob] = pair(schema);
    ann.change((root) => root.body.insert(0, 'hello'));
    tell(ann, bob);
    bob.change((root) => root.body.mark(0, 5, 'bold', true));
    ann.change((root) => root.body.delete(1, 2));
    meet([ann, bob]);
    const loaded = loadDoc(schema, saveDoc(ann), { replica: testReplicaId(7) });
    expect([loaded.stateHash(), loaded.view]).toEqual([ann.stateHash(), ann.view]);
    loaded.change((root) => root.body.insert(1, 'x'));
    const fresh = new Doc(schema, { replica: testReplicaId(8) });
    meet([loaded, ann, bob, fresh]);
    expect(fresh.view.body.text).toBe('hxlo');
  });

  test('[E2] every flipped bit of a file is noticed', () => {
    const [doc] = pair(schema);
    doc.change((root) => root.body.insert(0, 'some text'));
    doc.change((root) => root.title.set('title'));
    doc.change((root) => root.body.delete(2, 3));
    const file = saveDoc(doc);
    for (let bit = 0; bit < file.length * 8; bit++) {
      const damaged = Uint8Array.from(file);
      damaged[bit >> 3] = (damaged[bit >> 3] as number) ^ (1 << (bit & 7));
      expect(() => loadDoc(schema, damaged), `bit ${bit}`).toThrow();
    }
  });

  test('[E2] a file that ends early is noticed', () => {
    const [doc] = pair(schema);
    doc.change((root) => root.body.insert(0, 'some text'));
    const file = saveDoc(doc);
    for (let length = 0; length < file.length; length++) {
      expect(() => loadDoc(schema, file.subarray(0, length)), `${length} bytes`).toThrow();
    }
  });

  test('[E4] a keystroke takes at most 20 bytes', () => {
    const [doc] = pair(schema);
    const sizes = Array.from({ length: 3000 }, (_, i) => {
      const change = doc.change((root) => {
        if (i % 10 === 9) root.body.delete(root.body.length - 1, 1);
        else root.body.insert(i % 50 === 0 ? 0 : root.body.length, 'x');
      });
      return change?.bytes.length ?? 0;
    });
    // The first one names the field.
    expect(Math.max(...sizes.slice(1))).toBeLessThanOrEqual(20);
  });
});
