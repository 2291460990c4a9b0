import { describe, expect, it } from 'vitest';
import { Writer } from '../bytes/index.ts';
import { FLAG } from '../core/change-header.ts';
import { replicaId } from '../core/ids.ts';
import { lww, text } from '../schema/builders.ts';
import { object } from '../schema/schema.ts';
import { Doc } from './doc.ts';
import { loadDoc, saveDoc } from './file.ts';

const schema = object({ title: lww(''), body: text() });
const ANA = replicaId('00000000000000aa');
const MALLORY = new Uint8Array(8).fill(0xee);

interface Forged {
  readonly from: number;
  readonly width: number;
  /** Kind and path of what it names for the first time, all kinds new. */
  readonly names?: readonly (readonly [kind: string, path: string])[];
  /** The number of the container it writes to. */
  readonly target: number;
}

/** A change by Mallory whose op says nothing that anybody can read. */
function forged({ from, width, names = [], target }: Forged): Uint8Array {
  const w = new Writer();
  w.u8(names.length > 0 ? FLAG.defines : 0);
  w.raw(MALLORY);
  w.varint(from);
  w.varint(width);
  if (names.length > 0) {
    w.varint(0);
    w.varint(names.length);
    names.forEach(([kind, path], i) => {
      w.varint(i);
      w.string(kind);
      w.string(path);
    });
  }
  w.varint(target);
  w.u8(0);
  return w.finish();
}

describe('changes made to do harm', () => {
  it('cannot use up the Lamport time of a text', () => {
    const doc = new Doc(schema, { replica: ANA });
    const width = 2 ** 26;
    for (let i = 0; i < 40; i++)
      doc.apply(forged({ from: i * width, width, target: 0, ...(i === 0 && { names: [['x@1', 'x']] }) }));
    expect(doc.version.size).toBe(1);
    doc.change((root) => root.body.insert(0, 'a'));
    doc.change((root) => root.body.insert(0, 'b'));
    const other = new Doc(schema);
    other.apply(doc.changesSince(new Map()).map(({ bytes }) => bytes));
    const loaded = loadDoc(schema, saveDoc(doc));
    for (const each of [doc, other, loaded]) {
      each.change((root) => root.body.insert(1, 'x'));
      expect(each.view.body.text).toBe('bxa');
    }
  });

  it('make nothing read-only that they only name, and do not write', () => {
    const names = [['text@9', 'body']] as const;
    const doc = new Doc(schema, { replica: ANA });
    // The container that it says to write to is none of those that it named.
    expect(doc.apply(forged({ from: 0, width: 1, names, target: 7 })).rejected).toHaveLength(1);
    doc.change((root) => root.body.insert(0, 'a'));
    doc.apply(forged({ from: 0, width: 1, names, target: 0 }));
    expect(() => doc.change((root) => root.body.insert(0, 'a'))).toThrow('text@9');
    expect(() => loadDoc(schema, saveDoc(doc)).change((root) => root.body.insert(0, 'a'))).toThrow('text@9');
  });

  it('take no longer per name when they name many strategies', () => {
    const cost = (count: number): number => {
      const names = Array.from({ length: count }, (_, i) => [`k${i}@1`, ''] as const);
      const bytes = forged({ from: 0, width: 1, names, target: 0 });
      const doc = new Doc(schema);
      const before = process.cpuUsage();
      expect(doc.apply(bytes).applied).toBe(1);
      return process.cpuUsage(before).user / 1_000;
    };
    cost(1_000);
    // Five seconds when each name was compared with all before it.
    expect(cost(40_000)).toBeLessThan(1_500);
  });
});
