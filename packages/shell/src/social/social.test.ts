import { Doc, type Json, lww, object } from '@concord/crdt';
import type { Session } from '@concord/sync';
import { expect, test } from 'vitest';
import type { TitledSchema } from '../definition.ts';
import { socialSchema } from './schema.ts';
import { authorOf, peopleOf, signChanges } from './social.ts';

const made = () => {
  const document = { doc: new Doc(object({ title: lww('') })) } as unknown as Session<TitledSchema>;
  const social = { doc: new Doc(socialSchema) } as unknown as Session<typeof socialSchema>;
  return { document, social };
};
const write = ({ doc }: Session<TitledSchema>, title: string) => doc.change((root) => root.title.set(title));

test('who writes signs once, and again under another name', () => {
  const { document, social } = made();
  let self = { name: 'Ana', colour: 3 };
  signChanges(document, social, () => self, 'ana');
  const { replica } = document.doc;
  expect(authorOf(social, replica)).toBeNull();
  write(document, 'a');
  expect(authorOf(social, replica)).toEqual({ name: 'Ana', colour: 3 });
  expect(social.doc.view.people.ana).toEqual({ name: 'Ana', colour: 3 });
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
  signChanges(reader.document, reader.social, () => ({ name: 'Ana', colour: 0 }), 'ana');
  write(reader.document, 'a');
  expect(reader.social.doc.version.size).toBe(0);
  const { document, social } = made();
  signChanges(document, social, () => ({ name: 'Ana', colour: 0 }), 'ana')();
  write(document, 'a');
  expect(social.doc.version.size).toBe(0);
});

test('people are known by who they are: those who wrote or commented, and those who are only here', () => {
  const { social } = made();
  social.doc.change((root) => {
    root.people.set('ana', { name: 'Ana', colour: 1 });
    root.people.set('bo', { name: 'Bo', colour: 2 });
  });
  const peer = (name: string, data: Json) => ({ replica: name, name, colour: 0, data });
  const peers = [
    peer('Bobby', { person: 'bo' }),
    peer('Cy', { person: 'cy' }),
    peer('Dee', null),
    peer('Eli', { person: 7 }),
    peer('Fay', { person: 'x'.repeat(65) }),
  ];
  const session = { ...social, presence: { peers: () => peers } } as unknown as typeof social;
  expect(peopleOf(session)).toEqual({ ana: 'Ana', bo: 'Bobby', cy: 'Cy' });
});
