import { describe, expect, it } from 'vitest';
import { replicaId } from '../core/ids.ts';
import type { VersionVector } from '../core/version.ts';
import { list, lww, text } from '../schema/builders.ts';
import { leaf, object } from '../schema/schema.ts';
import { textType } from '../types/text/text.ts';
import { Doc } from './doc.ts';
import { loadDoc, mergeFile, openDoc, saveDoc } from './file.ts';
import { at } from './history.ts';

const newer = object({ title: lww(''), body: text(), items: list<string>() });
const older = object({ title: lww('') });
const NONE: VersionVector = new Map();
const options = (n: number) => ({
  replica: replicaId(n.toString(16).padStart(16, '0')),
  now: () => 1_700_000_000_000,
});
const bytesOf = (changes: readonly { readonly bytes: Uint8Array }[]) => changes.map(({ bytes }) => bytes);

/** A document with all sorts of changes to what only the newer app knows. */
function written(): Doc<typeof newer> {
  const doc = new Doc(newer, options(1));
  for (let i = 0; i < 3; i++) {
    for (const letter of 'abc') doc.change((root) => root.body.insert(root.body.length, letter));
    doc.change((root) => {
      root.title.set(`${i}`);
      root.body.insert(0, 'one');
      root.items.insert(0, 'item');
      root.body.delete(1, 1);
    });
    doc.change((root) => root.body.mark(0, 2, 'bold', true));
  }
  return doc;
}

describe('apps of two versions', () => {
  it('an older app that opens the file of a newer one saves, hands on and goes on with all that is in it', () => {
    const doc = written();
    const old = loadDoc(older, saveDoc(doc), options(2));
    const byWire = new Doc(older, options(3));
    byWire.apply(bytesOf(doc.changesSince(NONE)));
    expect(old.stateHash()).toBe(byWire.stateHash());
    old.change((root) => root.title.set('old'));
    doc.apply(bytesOf(old.changesSince(doc.version)));
    doc.change((root) => root.body.insert(0, 'later'));
    old.apply(bytesOf(doc.changesSince(old.version)));
    expect(() =>
      old.change((root) => {
        root.title.set('never');
        throw new Error('taken back');
      }),
    ).toThrow('taken back');
    const merged = new Doc(older, options(4));
    mergeFile(merged, saveDoc(doc));
    for (const each of [old, loadDoc(older, saveDoc(old)), merged]) {
      expect(each.view).toEqual({ title: 'old' });
      const copy = new Doc(newer, options(9));
      copy.apply(bytesOf(each.changesSince(NONE)));
      expect(copy.stateHash()).toBe(doc.stateHash());
      expect(loadDoc(newer, saveDoc(each)).stateHash()).toBe(doc.stateHash());
    }
  });

  it('a file with a text of a kind that nobody here can read is not to be written on', () => {
    const type = { ...textType(), kind: 'text@2' as const };
    const doc = new Doc(object({ title: lww(''), body: leaf(type) }), options(1));
    doc.change((root) => root.body.insert(0, 'a'));
    const { doc: old, damage } = openDoc(older, saveDoc(doc));
    expect(damage[0]?.reason).toBe('only a newer app can read text@2');
    expect(old.isReadOnly).toBe(true);
  });

  it('a newer app that opens the file of an older one shows its past as it was', () => {
    const doc = written();
    const old = new Doc(older, options(2));
    old.apply(bytesOf(doc.changesSince(NONE)));
    const loaded = loadDoc(newer, saveDoc(old));
    expect(loaded.view).toEqual(doc.view);
    expect(at(loaded, loaded.version)).toEqual(doc.view);
  });
});
