import { Doc, replicaId } from '@concord/crdt';
import { expect, test } from 'vitest';
import { socialSchema } from '../social/schema.ts';
import type { Subject } from './subject.ts';
import {
  deleteMessage,
  editMessage,
  LONGEST_MESSAGE,
  moveThread,
  reopen,
  reply,
  resolve,
  restoreMessage,
  type SocialMut,
  startThread,
  type Thread,
  threadsOf,
} from './threads.ts';

const CARD: Subject = { type: 'item', id: 'card' };

function room(index = 0) {
  const doc = new Doc(socialSchema, { replica: replicaId(String(index).padStart(16, '0')) });
  const threads = () => threadsOf(doc.view);
  const change = (edit: (root: SocialMut) => void) => doc.change(edit);
  return { doc, threads, change };
}

function begun() {
  const made = room();
  let id = '';
  made.change((root) => {
    id = startThread(root, CARD, 'Paint', { by: 'ana', at: 1000, text: '  Which colour? ' });
  });
  return { ...made, id };
}

const deliver = (from: Doc<typeof socialSchema>, to: Doc<typeof socialSchema>): void => {
  to.apply(from.changesSince(to.version).map((change) => change.bytes));
};
const texts = (thread: Thread | undefined) => thread?.messages.map(({ text }) => text);

test('a thread is about something, quotes it, and keeps what is said in its order', () => {
  const { id, threads, change } = begun();
  change((root) => reply(root, id, { by: 'bo', at: 3000, text: 'Red' }));
  change((root) => reply(root, id, { by: 'cy', at: 2000, text: 'Blue' }));
  const [thread] = threads();
  expect(thread).toMatchObject({ id, subjects: [CARD], quote: 'Paint', resolved: null });
  expect(texts(thread)).toEqual(['Which colour?', 'Blue', 'Red']);
});

test('who replies to what was resolved takes it up again', () => {
  const { id, threads, change } = begun();
  change((root) => resolve(root, id, { by: 'bo', at: 5 }));
  expect(threads()[0]?.resolved).toEqual({ by: 'bo', at: 5 });
  change((root) => reopen(root, id));
  expect(threads()[0]?.resolved).toBeNull();
  change((root) => resolve(root, id, { by: 'bo', at: 6 }));
  change((root) => reply(root, id, { by: 'ana', at: 7, text: 'No' }));
  expect(threads()[0]?.resolved).toBeNull();
});

test('a message says that it was edited; a deleted one can be brought back; without any there is no thread', () => {
  const { id, threads, change } = begun();
  const message = threads()[0]?.messages[0];
  if (!message) throw new Error('no message');
  change((root) => editMessage(root, id, message.id, { text: 'Which tone?', at: 9 }));
  expect(threads()[0]?.messages[0]).toMatchObject({ text: 'Which tone?', edited: true, at: 1000 });
  change((root) => deleteMessage(root, id, message.id));
  expect(threads()).toEqual([]);
  change((root) => restoreMessage(root, id, message));
  expect(texts(threads()[0])).toEqual(['Which tone?']);
});

test('a reply that is written while the last message is deleted is not lost', () => {
  const { id, doc, change, threads } = begun();
  const other = room(1);
  deliver(doc, other.doc);
  const message = threads()[0]?.messages[0]?.id ?? '';
  change((root) => deleteMessage(root, id, message));
  other.change((root) => reply(root, id, { by: 'bo', at: 4000, text: 'Red' }));
  deliver(other.doc, doc);
  deliver(doc, other.doc);
  expect(texts(threads()[0])).toEqual(['Red']);
  expect(other.threads()).toEqual(threads());
});

test('a thread remembers every place that it stood at, the newest last', () => {
  const { id, threads, change } = begun();
  for (let i = 0; i < 12; i++) change((root) => moveThread(root, id, { type: 'item', id: `c${i}` }));
  expect(threads()[0]?.subjects.map((subject) => subject.type === 'item' && subject.id)).toEqual([
    'card',
    ...Array.from({ length: 12 }, (_, i) => `c${i}`),
  ]);
});

test('nothing and too much are refused, and then nothing is written', () => {
  const { doc, threads, change } = begun();
  const { version } = doc;
  const start = (text: string) => change((root) => startThread(root, CARD, 'x', { by: 'ana', at: 1, text }));
  expect(() => start('   ')).toThrow(RangeError);
  expect(() => start('x'.repeat(LONGEST_MESSAGE + 1))).toThrow(RangeError);
  expect(doc.version).toEqual(version);
  expect(threads()).toHaveLength(1);
});

test('what makes no sense is left out', () => {
  const { doc, id, threads } = begun();
  doc.change((root) => {
    root.threads.at(id).subjects.set('1', { type: 'text', start: { id: 'x', side: 'up' } });
    root.threads.at(id).subjects.set('2', 'card');
    root.threads.at(id).resolved.set([1]);
    root.threads.create();
  });
  expect(threads()).toMatchObject([{ id, subjects: [CARD], resolved: null }]);
});

test('a thread that did not change is the same object', () => {
  const { id, threads, change } = begun();
  change((root) => startThread(root, CARD, 'Paint', { by: 'bo', at: 2000, text: 'And when?' }));
  const [first, second] = threads();
  change((root) => reply(root, id, { by: 'bo', at: 3000, text: 'Red' }));
  expect(threads()[0]).not.toBe(first);
  expect(threads()[1]).toBe(second);
});

test('a message keeps whom it names, and an edit says it anew', () => {
  const { id, threads, change } = begun();
  let key = '';
  change((root) => {
    key = reply(root, id, { by: 'bo', at: 2000, text: '@Cy', named: { cy: 'Cy' } });
  });
  expect(threads()[0]?.messages.map(({ named }) => named)).toEqual([{}, { cy: 'Cy' }]);
  change((root) => editMessage(root, id, key, { text: 'Nobody', at: 3000, named: {} }));
  expect(threads()[0]?.messages.at(-1)?.named).toEqual({});
});
