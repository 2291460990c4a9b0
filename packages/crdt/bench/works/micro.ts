import { type Random, seededRandom } from '../../src/testing/random.ts';
import { type Cell, expectSame, type Figure } from '../lib/cell.ts';
import { percentile, repeat } from '../lib/measure.ts';
import type { TextDoc } from '../lib/peer.ts';
import type { Patch } from '../lib/trace.ts';

/*
 * Some of dmonad's crdt-benchmarks, by their public description, and the latency of a batch. Two clients exchange
 * updates as they arise (B1), after one big transaction each (B2); or many clients write at once and one of them takes
 * all updates (B3).
 */

const N = 6000;

/** Edits that fit a text that begins as `content`, and what it becomes. */
function script(
  content: string,
  count: number,
  next: (text: string, i: number) => Patch,
): { patches: Patch[]; end: string } {
  const patches: Patch[] = [];
  let text = content;
  for (let i = 0; i < count; i++) {
    const patch = next(text, i);
    text = text.slice(0, patch[0]) + patch[2] + text.slice(patch[0] + patch[1]);
    patches.push(patch);
  }
  return { patches, end: text };
}

function letters(random: Random, from: number, to: number): string {
  return Array.from({ length: from + random.int(to - from + 1) }, () =>
    String.fromCharCode(97 + random.int(26)),
  ).join('');
}

/** One client edits, the other hears of each edit at once. */
function oneWrites(work: string, next: (random: Random) => (text: string, i: number) => Patch) {
  return function* ({ peer }: Cell): Iterable<Figure> {
    const { patches, end } = script('', N, next(seededRandom(1)));
    const passes = repeat(
      () => [peer.text.create(0), peer.text.create(1)] as const,
      ([writer, reader]) => {
        for (const patch of patches) reader.apply(writer.editWithUpdate([patch]));
        return [writer, reader] as const;
      },
      (docs) => {
        for (const doc of docs) {
          expectSame(doc.text(), end);
          doc.free?.();
        }
      },
    );
    yield { work: `${work}-cold`, unit: 'ms', value: passes.cold };
    yield { work, unit: 'ms', value: passes.warm };
  };
}

/** Both clients start from the same 100 characters; each edits in one transaction, then takes the other's update. */
export function* b24({ peer }: Cell): Iterable<Figure> {
  const random = seededRandom(24);
  const start = letters(random, 100, 100);
  const scripts = [0, 1].map(() =>
    script(start, 2 * N, (text, i) => {
      const at = random.int(text.length);
      if (i % 2 === 0) return [at, 0, letters(random, 3, 9)];
      if (random.chance(0.5)) return [at, 0, letters(random, 2, 10)];
      return [at, 1 + random.int(Math.min(9, text.length - at)), ''];
    }),
  );
  const passes = repeat(
    () => {
      const docs = [peer.text.create(0), peer.text.create(1)] as const;
      docs[1].apply(docs[0].editWithUpdate([[0, 0, start]]));
      return docs;
    },
    (docs) => {
      const updates = docs.map((doc, i) => doc.editWithUpdate((scripts[i] as { patches: Patch[] }).patches));
      docs[0].apply(updates[1] as Uint8Array);
      docs[1].apply(updates[0] as Uint8Array);
      return docs;
    },
    (docs) => {
      expectSame(docs[1].text(), docs[0].text(), 'one client');
      if (docs[0].text().length < 3 * N) throw new Error('text is missing');
      for (const doc of docs) doc.free?.();
    },
  );
  yield { work: 'B2.4-cold', unit: 'ms', value: passes.cold };
  yield { work: 'B2.4', unit: 'ms', value: passes.warm };
}

/** 20 · √N clients write their number at the beginning; one of them takes all updates. */
export function* b35({ peer }: Cell): Iterable<Figure> {
  const clients = 20 * Math.floor(Math.sqrt(N));
  const updates = Array.from({ length: clients }, (_, i) => {
    const doc = peer.text.create(i);
    const update = doc.editWithUpdate([[0, 0, `${i} `]]);
    doc.free?.();
    return update;
  });
  const letters = Array.from({ length: clients }, (_, i) => String(i))
    .sort()
    .join();
  let doc: TextDoc | undefined;
  const passes = repeat(
    () => {
      doc?.free?.();
      doc = peer.text.create(clients + 100);
      return doc;
    },
    (fresh) => {
      fresh.applyAll(updates);
      return fresh.text();
    },
    (text) => expectSame(text.trim().split(' ').sort().join(), letters),
  );
  yield { work: 'B3.5-cold', unit: 'ms', value: passes.cold };
  yield { work: 'B3.5', unit: 'ms', value: passes.warm };
}

/** A document of a million characters takes batches of a thousand keystrokes that somebody else typed here and there. */
export function* batch({ peer }: Cell): Iterable<Figure> {
  const BATCHES = 120;
  const WARM = 20;
  const OPS = 1000;
  const random = seededRandom(3);
  const writer = peer.text.create(0);
  const reader = peer.text.create(1);
  let length = 0;
  // A document grows by edits: some runs here and there, not one giant insert.
  for (let i = 0; i < 1000; i++) {
    const run = letters(random, 1000, 1000);
    reader.apply(writer.editWithUpdate([[random.int(length + 1), 0, run]]));
    length += run.length;
  }
  const times: number[] = [];
  for (let i = 0; i < BATCHES; i++) {
    const updates: Uint8Array[] = [];
    for (let at = 0; updates.length < OPS; at++) {
      if (updates.length % 50 === 0) at = random.int(length);
      if (at > 1 && random.chance(0.1)) {
        // Backspace: the next character goes where this one was.
        at -= 2;
        updates.push(writer.editWithUpdate([[at + 1, 1, '']]));
        length--;
      } else {
        updates.push(writer.editWithUpdate([[at, 0, 'x']]));
        length++;
      }
    }
    globalThis.gc?.();
    const before = performance.now();
    reader.applyAll(updates);
    if (i >= WARM) times.push(performance.now() - before);
  }
  expectSame(reader.text(), writer.text());
  times.sort((a, b) => a - b);
  yield { work: 'batch-p50', unit: 'ms', value: percentile(times, 0.5) };
  yield { work: 'batch-p99', unit: 'ms', value: percentile(times, 0.99) };
}

export const b13 = oneWrites('B1.3', (random) => () => [0, 0, letters(random, 1, 1)]);

export const b14 = oneWrites('B1.4', (random) => (text) => [
  random.int(text.length + 1),
  0,
  letters(random, 1, 1),
]);
