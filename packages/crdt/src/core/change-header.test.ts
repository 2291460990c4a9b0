import { expect, it } from 'vitest';
import { DecodeError } from '../bytes/index.ts';
import { Doc } from '../doc/doc.ts';
import { text } from '../schema/builders.ts';
import { object } from '../schema/schema.ts';
import { changeHeader, withoutReplica, withReplica } from './change-header.ts';
import { replicaId } from './ids.ts';

const schema = object({ body: text() });
const replica = replicaId('00000000000000aa');

it('a keystroke takes at most 16 bytes, and at most 12 on a line that knows its replica', () => {
  const doc = new Doc(schema, { replica, now: () => 1000 });
  let longest = 0;
  for (let i = 0; i < 20_000; i++) {
    const change = doc.change((root) => {
      if (i % 9 === 8) root.body.delete(i % 5, 1);
      else root.body.insert(i % 7 === 6 ? 3 : root.body.length, 'x');
    });
    const bytes = change?.bytes as Uint8Array;
    // The first names the container.
    if (i > 0) longest = Math.max(longest, bytes.length);
    const short = withoutReplica(bytes);
    expect(short.length).toBe(bytes.length - 8);
    expect(withReplica(short, replica)).toEqual(bytes);
    expect(changeHeader(bytes)).toEqual({ replica, from: i, to: i + 1 });
  }
  expect(longest).toBeLessThanOrEqual(16);
});

it('says what is no header', () => {
  const doc = new Doc(schema, { replica });
  const bytes = doc.change((root) => root.body.insert(0, 'hello'))?.bytes as Uint8Array;
  expect(changeHeader(bytes)).toEqual({ replica, from: 0, to: 5 });
  for (let length = 0; length < 11; length++)
    expect(() => changeHeader(bytes.subarray(0, length))).toThrow(DecodeError);
  const short = withoutReplica(bytes);
  expect(() => changeHeader(short)).toThrow(DecodeError);
  expect(() => withoutReplica(short)).toThrow(DecodeError);
  expect(() => withReplica(bytes, replica)).toThrow(DecodeError);
  expect(new Doc(schema).apply(short).rejected).toMatchObject([{ reason: 'malformed-change' }]);
});
