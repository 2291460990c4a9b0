import { describe, expect, it } from 'vitest';
import { DecodeError } from '../bytes/index.ts';
import { changeHeader } from '../core/change-header.ts';
import { replicaId } from '../core/ids.ts';
import type { VersionVector } from '../core/version.ts';
import { list, lww, text } from '../schema/builders.ts';
import { object } from '../schema/schema.ts';
import { forSeeds, type Random } from '../testing/random.ts';
import { Doc } from './doc.ts';
import { loadDoc, mergeFile, saveDoc } from './file.ts';
import { at } from './history.ts';
import { readSections, writeSections } from './sections.ts';

const schema = object({ title: lww(''), body: text(), items: list<string>() });
/** An older app, which knows nothing of the texts. */
const older = object({ title: lww('') });
type NewDoc = Doc<typeof schema>;
type AnyDoc = NewDoc | Doc<typeof older>;

const options = (n: number) => ({
  replica: replicaId(n.toString(16).padStart(16, '0')),
  now: () => 1_700_000_000_000,
});
const replica = (n: number): NewDoc => new Doc(schema, options(n));
const bytesOf = (changes: readonly { readonly bytes: Uint8Array }[]) => changes.map(({ bytes }) => bytes);
const NONE: VersionVector = new Map();

function type(doc: NewDoc, letters: string): void {
  for (const letter of letters) doc.change((root) => root.body.insert(root.body.length, letter));
}

/** Some version on the way from nothing to `doc`'s, as cuts in runs make them possible. */
function somewhere(doc: AnyDoc, random: Random): VersionVector {
  return new Map([...doc.version].map(([id, next]) => [id, random.int(next + 1)] as const));
}

describe('versions and slices', () => {
  it('a version that was handed out stays as it is', () => {
    const doc = replica(1);
    type(doc, 'a');
    const then = doc.version;
    expect(doc.version).toBe(then);
    type(doc, 'b');
    expect(doc.version.get(doc.replica)).toBe(2);
    expect(then.get(doc.replica)).toBe(1);
    expect(doc.changesSince(then)).toHaveLength(1);
    expect(at(doc, then).body.text).toBe('a');
  });

  it('the changes up to a version end there, in the middle of a run', () => {
    const doc = replica(1);
    type(doc, 'ab');
    const then = doc.version;
    const hash = doc.stateHash();
    type(doc, 'cd');
    doc.change((root) => {
      root.title.set('two');
      root.body.insert(0, 'at once');
    });
    const copy = replica(2);
    copy.apply(bytesOf(doc.changesSince(NONE, then)));
    expect(copy.stateHash()).toBe(hash);
    expect(doc.changesSince(then, then)).toEqual([]);
    // What was one change is not cut.
    const half = new Map([[doc.replica, 5]]);
    copy.apply(bytesOf(doc.changesSince(NONE, half)));
    expect(copy.version.get(doc.replica)).toBe(4);
  });

  it('a change says the ids of its bytes, also when a part of it had come before and none of it could be read', () => {
    const doc = replica(1);
    const old = new Doc(older, options(2));
    type(doc, 'abc');
    old.apply(bytesOf(doc.changesSince(NONE)));
    type(doc, 'def');
    old.apply(bytesOf(doc.changesSince(NONE)));
    for (const each of [old, loadDoc(older, saveDoc(old))]) {
      const changes = each.changesSince(NONE);
      expect(changes.map(({ replica, from, to }) => ({ replica, from, to }))).toEqual(
        bytesOf(changes).map(changeHeader),
      );
      const copy = replica(3);
      expect(copy.apply(bytesOf(changes)).rejected).toEqual([]);
      expect(copy.stateHash()).toBe(doc.stateHash());
    }
  });

  it('however a history is sliced on its way, all end in one state (fuzz)', () => {
    forSeeds(60, (random) => {
      const writers = [replica(1), replica(2)];
      const all: AnyDoc[] = [...writers, replica(3), new Doc(older, options(4)), replica(5)];
      const pass = (from: AnyDoc, to: AnyDoc, isCut: boolean): void => {
        // What the other may know already, in other slices, and no further than somewhere.
        const changes = isCut
          ? from.changesSince(somewhere(to, random), somewhere(from, random))
          : from.changesSince(to.version);
        for (const { replica, from: first, to: end, bytes } of changes)
          expect(changeHeader(bytes)).toEqual({ replica, from: first, to: end });
        const batch = bytesOf(changes);
        // What is one change cannot be cut: it comes whole another time.
        for (const { reason, detail } of to.apply(random.chance(0.3) ? random.shuffle(batch) : batch)
          .rejected)
          expect(`${reason} ${detail}`).toMatch(/^overlap /);
      };
      for (let i = 0; i < 40; i++) {
        const doc = random.pick(writers);
        doc.change((root) => {
          const roll = random.int(12);
          const { length } = root.body;
          if (roll < 6) root.body.insert(length, 'x');
          else if (roll === 6) root.body.insert(random.int(length + 1), 'pasted');
          else if (roll < 9 && length > 0) root.body.delete(random.int(length), 1);
          else if (roll === 9 && length > 1) root.body.mark(0, random.int(length) + 1, 'bold', true);
          else if (roll === 10) root.items.insert(0, 'item');
          else root.title.set(`${i}`);
          if (random.chance(0.1)) root.body.insert(0, 'more');
        });
        if (random.chance(0.6)) pass(random.pick(all), random.pick(all), true);
        if (random.chance(0.1)) {
          const at = 2 + random.int(3);
          const file = saveDoc(all[at] as Doc<typeof schema>);
          all[at] = at === 3 ? loadDoc(older, file, options(4)) : loadDoc(schema, file, options(at + 1));
        }
      }
      for (let round = 0; round < 2; round++)
        for (const from of all) for (const to of all) if (from !== to) pass(from, to, false);
      const [first] = writers as [NewDoc];
      for (const doc of all) {
        expect(doc.version).toEqual(first.version);
        expect(doc.parked).toBe(0);
        // The older app has no text to make a hash of: what it hands on has.
        const copy = replica(9);
        expect(copy.apply(bytesOf(doc.changesSince(NONE))).rejected).toEqual([]);
        expect(copy.stateHash()).toBe(first.stateHash());
      }
    });
  });
});

it('a file that was made to do harm, all checksums right, merges or is refused, and the document goes on (fuzz)', () => {
  const made = replica(1);
  const peer = replica(2);
  for (let i = 0; i < 4; i++) {
    type(made, 'some letters');
    made.change((root) => root.body.delete(2, 3));
    made.change((root) => root.body.mark(0, 4, 'bold', true));
    peer.apply(bytesOf(made.changesSince(peer.version)));
    peer.change((root) => root.body.insert(3, 'peer'));
    made.apply(bytesOf(peer.changesSince(made.version)));
    made.change((root) => root.items.insert(0, 'item'));
  }
  const { sections } = readSections(saveDoc(made), Number.POSITIVE_INFINITY);
  const whole = [...sections].map(([name, section]) => [name, section.read()] as const);
  let refused = 0;
  forSeeds(600, (random) => {
    const bad = random.int(whole.length);
    const forged = whole.map(([name, bytes], i) => {
      const copy = bytes.slice();
      if (i === bad) for (let n = random.int(3); n >= 0; n--) copy[random.int(copy.length)] = random.int(256);
      return [name, copy] as const;
    });
    const doc = replica(3);
    try {
      mergeFile(doc, writeSections(forged));
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      refused++;
    }
    doc.change((root) => root.body.insert(0, 'goes on'));
    expect(doc.view.body.text.startsWith('goes on')).toBe(true);
    expect(loadDoc(schema, saveDoc(doc)).stateHash()).toBe(doc.stateHash());
  });
  expect(refused).toBeGreaterThan(50);
});
