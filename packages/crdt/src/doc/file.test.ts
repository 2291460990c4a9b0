import { describe, expect, it } from 'vitest';
import { DecodeError } from '../bytes/index.ts';
import { replicaId } from '../core/ids.ts';
import { counter, list, lww, map, text } from '../schema/builders.ts';
import { leaf, object, record } from '../schema/schema.ts';
import { forSeeds } from '../testing/random.ts';
import { tapeType } from '../testing/tape.ts';
import { Doc } from './doc.ts';
import { loadDoc, loadUndo, mergeFile, openDoc, saveDoc, saveUndo } from './file.ts';
import { at } from './history.ts';
import { readSections, writeSections } from './sections.ts';

const schema = object({
  title: lww(''),
  votes: counter(),
  body: text(),
  tape: leaf(tapeType),
  props: map<string>(),
  items: list<string>(),
  cards: record(object({ name: lww(''), note: text() })),
});
type FileDoc = Doc<typeof schema>;

let now = 1_700_000_000_000;
const options = (n: number) => ({ replica: replicaId(n.toString(16).padStart(16, '0')), now: () => now });
const replica = (n: number): FileDoc => new Doc(schema, options(n));
const sync = (from: FileDoc, to: FileDoc) => to.apply(from.changesSince(to.version).map((c) => c.bytes));

/** Three replicas have written a little of everything. */
function written(): FileDoc {
  const [a, b, c] = [replica(1), replica(2), replica(3)];
  for (let i = 0; i < 4; i++) {
    for (const [n, doc] of [a, b, c].entries()) {
      for (const letter of 'some letters ') doc.change((root) => root.body.insert(root.body.length, letter));
      doc.change((root) => {
        root.title.set(`title ${n}`);
        root.tape.append('tape');
        root.cards.add(`card ${i}`);
        root.cards.at(`card ${i}`).note.insert(0, 'note');
      });
      doc.change((root) => root.items.insert(0, `item ${n}`));
      doc.change((root) => root.props.set(`key ${i}`, 'value'));
      doc.change((root) => root.body.delete(2, 3));
      doc.change((root) => root.tape.cross(0));
      doc.change((root) => root.votes.increment(1));
      now += 20_000;
    }
    sync(a, b);
    sync(b, c);
    sync(c, a);
  }
  for (const from of [a, b, c]) sync(from, a);
  return a;
}

const bytesOf = (doc: FileDoc) =>
  doc.changesSince(new Map()).map((c) => [c.replica, c.from, c.to, [...c.bytes]]);

describe('a saved document', () => {
  it('comes back with its state, its history and its bytes', () => {
    const doc = written();
    const copy = loadDoc(schema, saveDoc(doc), options(1));
    expect(copy.view).toEqual(doc.view);
    expect(copy.stateHash()).toBe(doc.stateHash());
    expect(bytesOf(copy)).toEqual(bytesOf(doc));
    const again = replica(9);
    again.apply(copy.changesSince(new Map()).map((c) => c.bytes));
    expect(again.stateHash()).toBe(doc.stateHash());
  });

  it('is written on by its replica, and by another, as if it had never been saved', () => {
    for (const n of [1, 7]) {
      const doc = written();
      const copy = loadDoc(schema, saveDoc(doc), options(n));
      const other = replica(4);
      sync(doc, other);
      for (const letter of 'going on') {
        const change = copy.change((root) => {
          root.body.insert(0, letter);
          if (letter === 'o') root.votes.increment(1);
        });
        expect(other.apply(change?.bytes as Uint8Array)).toMatchObject({ applied: 1, rejected: [] });
      }
      copy.change((root) => root.tape.cross(1));
      sync(copy, other);
      expect(other.view).toEqual(copy.view);
      expect(loadDoc(schema, saveDoc(copy), options(n)).stateHash()).toBe(other.stateHash());
    }
  });

  it('is small: a long text costs little more than its letters deflated', () => {
    const doc = replica(1);
    for (let i = 0; i < 5000; i++)
      doc.change((root) => root.body.insert(i, 'lorem ipsum '[i % 12] as string));
    expect(saveDoc(doc).length).toBeLessThan(500);
  });

  it('keeps what it cannot read, and passes it on byte for byte', () => {
    const newer = object({ ...schema.fields, colour: lww('white'), essay: text(), tape2: leaf(tapeType) });
    const a = new Doc(newer, options(1));
    a.change((root) => root.essay.insert(0, 'an essay'));
    for (const letter of '!?') a.change((root) => root.essay.insert(0, letter));
    a.change((root) => {
      root.colour.set('red');
      root.title.set('both');
      root.tape2.append('ab');
      root.essay.delete(0, 2);
    });
    const old = new Doc(schema, options(2));
    old.apply(a.changesSince(new Map()).map((c) => c.bytes));
    const reloaded = loadDoc(schema, saveDoc(old), options(2));
    expect(reloaded.view.title).toBe('both');
    const upgraded = loadDoc(newer, saveDoc(reloaded), options(3));
    expect(upgraded.view).toEqual(a.view);
    const twice = loadDoc(newer, saveDoc(upgraded), options(3));
    expect(twice.view).toEqual(a.view);
    for (const doc of [reloaded, upgraded, twice]) {
      const copy = new Doc(newer, options(4));
      copy.apply(doc.changesSince(new Map()).map((c) => c.bytes));
      expect(copy.stateHash()).toBe(a.stateHash());
      expect(
        doc
          .changesSince(new Map())
          .map((c) => c.bytes)
          .at(-1),
      ).toEqual(
        a
          .changesSince(new Map())
          .map((c) => c.bytes)
          .at(-1),
      );
    }
  });

  it('a field that somebody wrote with a newer strategy is read-only', () => {
    const newer = object({ title: leaf({ ...lww('').type, kind: 'lww@2' }), votes: counter() });
    const a = new Doc(newer);
    a.change((root) => (root.title as { set(value: string): void }).set('new'));
    const doc = replica(1);
    doc.apply(a.changesSince(new Map()).map((c) => c.bytes));
    expect(() => doc.change((root) => root.title.set('old'))).toThrow('lww@2: it is read-only here');
    doc.change((root) => root.votes.increment(1));
    expect(() => loadDoc(schema, saveDoc(doc)).change((root) => root.title.set('old'))).toThrow('read-only');
  });

  it('without history shows the same, can be written on, and tells what came since', () => {
    const doc = written();
    const shallow = loadDoc(schema, saveDoc(doc, { history: false }), options(5));
    expect(shallow.view).toEqual(doc.view);
    expect(shallow.stateHash()).toBe(doc.stateHash());
    expect(saveDoc(doc, { history: false }).length).toBeLessThan(saveDoc(doc).length);
    expect(() => shallow.changesSince(new Map())).toThrow(RangeError);
    expect(() => at(shallow, new Map())).toThrow(RangeError);
    expect(shallow.hasHistory()).toBe(false);
    expect(shallow.hasHistory(doc.version)).toBe(true);
    shallow.change((root) => {
      root.body.insert(0, 'new ');
      root.title.set('new');
    });
    expect(() =>
      shallow.change((root) => {
        root.body.insert(0, 'lost ');
        throw new Error('boom');
      }),
    ).toThrow('boom');
    sync(shallow, doc);
    expect(doc.view).toEqual(shallow.view);
    doc.change((root) => root.body.delete(0, 2));
    sync(doc, shallow);
    expect(loadDoc(schema, saveDoc(shallow), options(6)).stateHash()).toBe(doc.stateHash());
    expect(() => mergeFile(replica(8), saveDoc(shallow))).toThrow(DecodeError);
  });

  it('is merged into another, which lacks some of it and has more', () => {
    const doc = written();
    const other = replica(4);
    other.apply(
      doc
        .changesSince(new Map())
        .slice(0, 20)
        .map((c) => c.bytes),
    );
    other.change((root) => root.body.insert(0, 'mine '));
    expect(mergeFile(other, saveDoc(doc))).toMatchObject({ rejected: [], parked: 0 });
    sync(other, doc);
    expect(other.stateHash()).toBe(doc.stateHash());
  });
});

describe('undo steps', () => {
  it('survive a reload, in the file or beside it, under another replica', () => {
    const doc = written();
    const before = doc.view;
    doc.closeUndoStep();
    doc.change((root) => root.body.insert(0, 'Hello'), { label: 'Typing' });
    doc.change((root) => root.title.set('changed'), { label: 'Title' });
    doc.change((root) => root.items.delete(0), { label: 'Delete' });
    const after = doc.view;
    doc.undo();
    const inFile = loadDoc(schema, saveDoc(doc, { undo: true }), options(11));
    const beside = loadDoc(schema, saveDoc(doc), options(12));
    expect(beside.canUndo).toBe(false);
    loadUndo(beside, saveUndo(doc));
    for (const copy of [inFile, beside]) {
      expect([copy.undoLabel, copy.redoLabel]).toEqual(['Title', 'Delete']);
      copy.undo();
      copy.undo();
      expect(copy.view).toEqual(before);
      for (let i = 0; i < 3; i++) copy.redo();
      expect(copy.view).toEqual(after);
    }
  });

  it('are taken back by container', () => {
    const doc = replica(1);
    doc.change((root) => root.cards.at('a').name.set('A'), { label: 'a' });
    doc.change((root) => root.cards.at('b').name.set('B'), { label: 'b' });
    doc.change((root) => root.title.set('T'), { label: 't' });
    expect(doc.undo({ scope: 'cards/a' })).toEqual({ label: 'a' });
    expect(doc.undo({ scope: 'cards' })).toEqual({ label: 'b' });
    expect(doc.undo({ scope: 'cards' })).toBeNull();
    expect(doc.view.title).toBe('T');
    expect(doc.redo({ scope: 'cards/b' })).toEqual({ label: 'b' });
    expect(doc.undo()).toEqual({ label: 'b' });
  });

  it('of a file that does not know what they are about are left out', () => {
    const doc = written();
    const early = saveDoc(doc);
    doc.change((root) => root.body.insert(0, 'later'), { label: 'later' });
    const copy = loadDoc(schema, early, options(13));
    loadUndo(copy, saveUndo(doc));
    expect(copy.undoLabel).not.toBe('later');
    expect(() => loadUndo(copy, new Uint8Array([200, 1, 2]))).toThrow(DecodeError);
  });
});

describe('damage', () => {
  const doc = written();
  const file = saveDoc(doc, { undo: true });
  const { sections } = readSections(file, 1 << 30);

  it('of any single bit is noticed, and never thrown', () => {
    let flips = 0;
    for (let at = 0; at < file.length; at++) {
      for (const bit of at < 64 || at % 7 === 0 || at > file.length - 64 ? [0, 3, 7] : [at & 7]) {
        const broken = file.slice();
        broken[at] = (broken[at] as number) ^ (1 << bit);
        expect(isWhole(broken)).toBe(false);
        flips++;
      }
    }
    expect(flips).toBeGreaterThan(file.length);
    expect(isWhole(file)).toBe(true);
  });

  it('in one section leaves the others readable', () => {
    const other = (name: string) =>
      writeSections(
        [...sections].map(([each, section]) => [
          each,
          each === name ? new Uint8Array([250]) : section.read(),
        ]),
      );
    const seen: string[] = [];
    for (const name of sections.keys()) {
      // As a flipped bit, and as bytes with a right checksum that say nothing.
      for (const broken of [flipIn(file, name), other(name)]) {
        const { doc: copy, damage } = openDoc(schema, broken);
        if (damage.length > 0) seen.push(name);
        if (name !== 'meta' && !name.includes('.')) expect(copy.view.body.text).toBe(doc.view.body.text);
        if (name === 'undo') expect(copy.isReadOnly).toBe(false);
        else if (damage.length > 0)
          expect(() => copy.change((root) => root.title.set('x'))).toThrow('read-only');
        expect(copy.view).toBeDefined();
        expect(JSON.stringify(copy.view)).toContain('title');
        expect(() => loadDoc(schema, flipIn(file, name))).toThrow(DecodeError);
      }
    }
    expect(new Set(seen).size).toBe(sections.size);
  });

  it('at the end cuts off no more than what is missing', () => {
    for (let length = file.length - 1; length > 0; length -= 13) {
      const { doc: copy, damage } = openDoc(schema, file.subarray(0, length));
      expect(damage.length).toBeGreaterThan(0);
      expect(copy.view).toBeDefined();
      if (length > file.length - 20) {
        expect(copy.view).toEqual(doc.view);
        expect(copy.isReadOnly).toBe(false);
      }
    }
    expect(openDoc(schema, new Uint8Array(20)).damage[0]?.reason).toBe('not a Concord document');
  });

  it('of any kind, with or without right checksums, neither throws nor hangs (fuzz)', () => {
    let opened = 0;
    forSeeds(400, (random) => {
      const parts = [...sections].map(([name, section]): [string, Uint8Array] => [
        name,
        section.read().slice(),
      ]);
      const [, bytes] = random.pick(parts);
      for (let n = random.int(3); n >= 0 && bytes.length > 0; n--)
        bytes[random.int(bytes.length)] = random.int(256);
      const { doc: copy, damage } = openDoc(schema, writeSections(parts), options(20));
      expect(copy.view).toBeDefined();
      if (damage.length > 0 || copy.isReadOnly) return;
      opened++;
      attempt(() => copy.change((root) => root.body.insert(0, 'x')));
      attempt(() => copy.changesSince(new Map()).map((c) => c.bytes));
    });
    expect(opened).toBeGreaterThan(20);
  });

  it('that claims to be large takes no room', () => {
    const bomb = writeSections([['meta', new Uint8Array(50 << 20)]]);
    expect(bomb.length).toBeLessThan(100_000);
    expect(openDoc(schema, bomb, { limit: 1 << 20 }).damage).toContainEqual({
      section: 'meta',
      reason: 'larger than the limit when inflated',
    });
  });
});

/** Are all its checksums right? */
function isWhole(file: Uint8Array): boolean {
  return readSections(file, Number.POSITIVE_INFINITY).damage.length === 0;
}

function flipIn(file: Uint8Array, name: string): Uint8Array {
  const broken = file.slice();
  const label = new TextEncoder().encode(name);
  const at = broken.findIndex(
    (_, i) =>
      broken[i] === 0x53 &&
      broken[i + 1] === label.length * 2 &&
      label.every((unit, k) => broken[i + 2 + k] === unit),
  );
  const last = at + label.length + 6;
  broken[last] = (broken[last] as number) ^ 4;
  return broken;
}

/** What cannot be told any more may be said so, in the words of the formats. */
function attempt(run: () => void): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof DecodeError || error instanceof RangeError || error instanceof Error)) throw error;
  }
}
