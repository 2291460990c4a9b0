import { Doc, lww, object } from '@concord/crdt';
import type { Session } from '@concord/sync';
import { expect, test } from 'vitest';
import type { TitledSchema } from '../definition.ts';
import { socialSchema } from './schema.ts';
import { authorOf, signChanges } from './social.ts';

const made = () => {
  const document = { doc: new Doc(object({ title: lww('') })) } as unknown as Session<TitledSchema>;
  const social = { doc: new Doc(socialSchema) } as unknown as Session<typeof socialSchema>;
  return { document, social };
};
const write = ({ doc }: Session<TitledSchema>, title: string) => doc.change((root) => root.title.set(title));

test('who writes signs once, and again under another name', () => {
  const { document, social } = made();
  let self = { name: 'Ana', colour: 3 };
  signChanges(document, social, () => self);
  const { replica } = document.doc;
  expect(authorOf(social, replica)).toBeNull();
  write(document, 'a');
  expect(authorOf(social, replica)).toEqual({ name: 'Ana', colour: 3 });
  const signed = social.doc.version;
  write(document, 'b');
  expect(social.doc.version).toEqual(signed);
  self = { name: 'Anna', colour: 3 };
  write(document, 'c');
  expect(authorOf(social, replica)?.name).toBe('Anna');
});

test('a reader signs nothing, and nothing is signed after the end', () => {
  const reader = made();
  reader.social.doc.isLocked = true;
  signChanges(reader.document, reader.social, () => ({ name: 'Ana', colour: 0 }));
  write(reader.document, 'a');
  expect(reader.social.doc.version.size).toBe(0);
  const { document, social } = made();
  signChanges(document, social, () => ({ name: 'Ana', colour: 0 }))();
  write(document, 'a');
  expect(social.doc.version.size).toBe(0);
});
