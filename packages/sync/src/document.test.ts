import { Doc, mergeFile, object, saveDoc, text } from '@concord/crdt';
import { DecodeError } from '@concord/crdt/bytes';
import { expect, it } from 'vitest';
import { hashAt } from './document.ts';
import { Inbound } from './inbound.ts';

const schema = object({ body: text() });
const typed = (letters: string): Doc<typeof schema> => {
  const doc = new Doc(schema);
  for (const letter of letters) doc.change((root) => root.body.insert(root.body.length, letter));
  return doc;
};

it('[D19] the hash of a version in the midst of typing is the hash that the document had there', () => {
  const doc = typed('abc');
  const [version, hash] = [new Map(doc.version), doc.stateHash()];
  doc.change((root) => root.body.insert(3, 'd'));
  expect(doc.stateHash()).not.toBe(hash);
  expect(hashAt(doc, version)).toBe(hash);
  expect(hashAt(doc, new Map([[doc.replica, 9]]))).toBeNull();
});

it('[D19] a snapshot that somebody saved without its history is refused, and nothing is lost', () => {
  const file = saveDoc(typed('abc'), { history: false });
  const doc = typed('x');
  const inbound = new Inbound(doc, () => {});
  expect(() => mergeFile(doc, file)).toThrow(DecodeError);
  inbound.snapshotFromRelay(file, new Map());
  expect(inbound.unreadable).toBe(1);
  expect(doc.view.body.text).toBe('x');
});
