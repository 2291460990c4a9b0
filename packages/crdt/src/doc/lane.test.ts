import { expect, test } from 'vitest';
import { Doc, object, replicaId, text, textPatches } from '../index.ts';
import { type Random, seededRandom } from '../testing/random.ts';

const schema = object({ body: text(), notes: text() });
const docs = (count: number) =>
  Array.from(
    { length: count },
    (_, i) => new Doc(schema, { replica: replicaId(`${i + 1}`.padStart(16, '0')) }),
  );

/** Strokes of keys in one direction, here and there, as their updates. */
function strokes(doc: Doc<typeof schema>, random: Random): Uint8Array[] {
  const updates: Uint8Array[] = [];
  const change = (edit: Parameters<typeof doc.change>[0]) => {
    const made = doc.change(edit);
    if (made !== null) updates.push(made.bytes.slice());
  };
  const field = random.chance(0.9) ? 'body' : 'notes';
  const { length } = doc.view[field];
  let at = random.int(length + 1);
  for (let n = 1 + random.int(30); n > 0; n--) {
    if (random.chance(0.7)) {
      const letter = random.chance(0.97) ? String.fromCharCode(97 + random.int(26)) : 'é';
      change((root) => root[field].insert(at++, letter));
    } else if (random.chance(0.6) && at > 0) {
      const count = 1 + random.int(Math.min(4, at));
      for (let i = 0; i < count; i++) change((root) => root[field].delete(--at, 1));
    } else {
      const count = random.int(4);
      for (let i = 0; i < count && at < doc.view[field].length; i++)
        change((root) => root[field].delete(at, 1));
    }
  }
  return updates;
}

function all(doc: Doc<typeof schema>): string[] {
  return doc.changesSince(new Map()).map(({ replica, from, bytes }) => `${from}@${replica} ${bytes.join()}`);
}

test('keystrokes that come together are the same as one by one, damaged ones too (fuzz)', () => {
  for (let seed = 0; seed < 120; seed++) {
    const random = seededRandom(seed);
    const [a, b, single, batch] = docs(4) as [
      Doc<typeof schema>,
      Doc<typeof schema>,
      Doc<typeof schema>,
      Doc<typeof schema>,
    ];
    for (let round = 0; round < 12; round++) {
      const author = random.chance(0.6) ? a : b;
      const updates = strokes(author, random);
      if (random.chance(0.5)) (author === a ? b : a).apply(updates);
      if (seed % 2 === 1 && updates.length > 0) {
        const hit = updates[random.int(updates.length)] as Uint8Array;
        const at = 9 + random.int(hit.length - 9);
        hit[at] = (hit[at] as number) ^ (1 << random.int(8));
      }
      const counts = { applied: 0, known: 0 };
      for (const update of updates) {
        const { applied, known } = single.apply(update);
        counts.applied += applied;
        counts.known += known;
      }
      const report = batch.apply(updates);
      expect({ applied: report.applied, known: report.known }, `seed ${seed}`).toEqual(counts);
      expect(batch.view.body.text, `seed ${seed}`).toBe(single.view.body.text);
      expect(batch.view.notes.text, `seed ${seed}`).toBe(single.view.notes.text);
    }
    expect(batch.stateHash(), `seed ${seed}`).toBe(single.stateHash());
    expect(all(batch), `seed ${seed}`).toEqual(all(single));
    if (seed % 2 === 0) {
      for (const doc of [a, b]) doc.apply(batch.changesSince(doc.version).map(({ bytes }) => bytes));
      batch.apply(
        [...a.changesSince(batch.version), ...b.changesSince(batch.version)].map(({ bytes }) => bytes),
      );
      expect(a.view.body.text, `seed ${seed}`).toBe(batch.view.body.text);
    }
  }
});

test('who listens hears of each change, and of what they came to', () => {
  const [a, b] = docs(2) as [Doc<typeof schema>, Doc<typeof schema>];
  const updates = [...'hello'].map((letter, i) => a.change(({ body }) => body.insert(i, letter))?.bytes);
  const heard: [number, number][] = [];
  let shown = '';
  b.subscribe((event) => {
    for (const { from, to } of event.changes) heard.push([from, to]);
    for (const patch of textPatches(event, 'body')) {
      if (patch.type !== 'insert') throw new Error('only letters were typed');
      const typed = patch.spans.map((span) => (span.type === 'text' ? span.text : '')).join('');
      shown = shown.slice(0, patch.index) + typed + shown.slice(patch.index);
    }
  });
  b.apply(updates as Uint8Array[]);
  expect(heard).toEqual([0, 1, 2, 3, 4].map((from) => [from, from + 1]));
  expect(shown).toBe('hello');
});
