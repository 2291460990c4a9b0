import { expect, test } from 'vitest';
import { DecodeError } from '../../bytes/index.ts';
import { Doc } from '../../doc/doc.ts';
import { loadDoc, saveDoc } from '../../doc/file.ts';
import { forSeeds, type Random, seededRandom } from '../../testing/random.ts';
import { testReplicaId } from '../../testing/replicas.ts';
import { edit, Intent } from '../edits.ts';
import { everyType } from '../every-type.ts';

/** FUZZ_SEEDS=n for a long soak. */
const SEEDS = Number(process.env.FUZZ_SEEDS ?? 120);
/** Milliseconds that one damaged input may take, on a slow and busy machine. */
const HANG = 3000;

/** A document of every type with some history, and the changes that made it. */
function written(random: Random) {
  const doc = new Doc(everyType, { replica: testReplicaId(0) });
  const intent = new Intent();
  const changes: Uint8Array[] = [];
  for (let i = 0; i < 40; i++) {
    try {
      const change = doc.change((root) => edit(root, random, intent));
      if (change) changes.push(change.bytes);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  return { doc, changes };
}

/** Bits flip, bytes go, come or repeat, numbers become huge, the end is missing. */
function damage(bytes: Uint8Array, random: Random): Uint8Array {
  let damaged = Array.from(bytes);
  for (let times = 1 + random.int(3); times > 0; times--) {
    const at = random.int(damaged.length);
    const kind = random.int(6);
    if (kind === 0) damaged[at] = (damaged[at] ?? 0) ^ (1 << random.int(8));
    else if (kind === 1) damaged[at] = random.int(256);
    else if (kind === 2) damaged.splice(at, 1 + random.int(4));
    else if (kind === 3)
      damaged.splice(at, 0, ...Array.from({ length: 1 + random.int(4) }, () => random.int(256)));
    else if (kind === 4) damaged.splice(at, 1, 0xff, 0xff, 0xff, 0xff, 0x7f);
    else damaged = damaged.slice(0, at);
    if (damaged.length === 0) damaged = [random.int(256)];
  }
  return Uint8Array.from(damaged);
}

function timed(what: string, body: () => void): void {
  const began = performance.now();
  body();
  const took = performance.now() - began;
  if (took > HANG) throw new Error(`${what} took ${took} ms`);
}

test('[E3] damaged changes are refused or applied as what they say, and two replicas that took them agree', () => {
  let refused = 0;
  forSeeds(SEEDS, (random) => {
    const { changes } = written(random);
    const one = new Doc(everyType, { replica: testReplicaId(1) });
    const other = new Doc(everyType, { replica: testReplicaId(2) });
    const sent = changes.map((bytes) => (random.chance(0.3) ? damage(bytes, random) : bytes));
    timed('apply', () => {
      for (const bytes of sent) {
        refused += one.apply([bytes]).rejected.length;
        JSON.stringify(one.view);
      }
    });
    other.apply(one.changesSince(other.version).map(({ bytes }) => bytes));
    expect(other.stateHash()).toBe(one.stateHash());
    one.change((root) => root.title.set('and on'));
    expect(one.view.title).toBe('and on');
  });
  expect(refused).toBeGreaterThan(SEEDS);
});

test('[E3] damaged files are refused with a DecodeError', () => {
  const { doc } = written(seededRandom(1));
  const file = saveDoc(doc);
  forSeeds(SEEDS * 4, (random) => {
    const damaged = damage(file, random);
    if (Buffer.compare(damaged, file) === 0) return;
    timed('load', () => {
      expect(() => loadDoc(everyType, damaged)).toThrow(DecodeError);
    });
  });
});

test('[E3] random bytes are no changes and no files', () => {
  forSeeds(SEEDS * 4, (random) => {
    const noise = Uint8Array.from({ length: random.int(200) }, () => random.int(256));
    const doc = new Doc(everyType);
    const before = doc.stateHash();
    timed('noise', () => void doc.apply([noise]));
    expect(() => loadDoc(everyType, noise)).toThrow(DecodeError);
    if (doc.version.size === 0) expect(doc.stateHash()).toBe(before);
  });
});
