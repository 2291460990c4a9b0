import { expect, it } from 'vitest';
import { DecodeError, Reader, Writer } from '../../bytes/index.ts';
import { InvalidOp } from '../../core/crdt-type.ts';
import { Peers } from '../../core/peers.ts';
import { forSeeds, type Random } from '../../testing/random.ts';
import { canonicalText, testReplicaId } from '../../testing/replicas.ts';
import { readKey } from './key.ts';
import type { TextMut } from './op.ts';
import { settle } from './settle.ts';
import { type TextOptions, textType } from './text.ts';
import { readOps, writeOps } from './wire.ts';
import { BACKSPACES, TYPE } from './wire-kinds.ts';

/** One author's text, without a document around it. */
class Author {
  readonly #type;
  readonly state;
  readonly mut: TextMut;
  next = 0;

  constructor(options: TextOptions) {
    const peers = new Peers();
    const peer = peers.intern(testReplicaId(0));
    this.#type = textType(options);
    this.state = this.#type.create({ peers, lamportOf: (_, seq) => seq + 1, now: () => 0 });
    const claim = (width: number): number => {
      this.next += width;
      return this.next - width;
    };
    const lamport = (): number => this.next;
    this.mut = this.#type.mutate({
      state: this.state,
      replica: testReplicaId(0),
      emit: () => {
        throw new Error('all is journaled');
      },
      journal: {
        peer,
        claim,
        get lamport() {
          return lamport();
        },
        patches: null,
      },
    });
  }

  /** The bytes of the last keystroke. */
  last(): Uint8Array {
    const w = new Writer();
    writeOps(this.state, 0, this.next - 1, this.next, w, { peer: never });
    return w.finish();
  }

  canonical(): string {
    return canonicalText(this.#type, this.state);
  }

  /** Takes the other's next keystroke; with `tries` at once, if it can be. Returns whether that was so. */
  hear(bytes: Uint8Array, tries: boolean): boolean {
    const seq = this.next++;
    if (tries && readKey(this.state, bytes, 0, 0, seq, seq + 1, null)) return true;
    try {
      readOps(this.state, new Reader(bytes), 0, seq, seq + 1, seq, seq + 1, { peer: never }, null);
    } catch (error) {
      this.next--;
      throw error;
    }
    return false;
  }
}

function never(): never {
  throw new DecodeError('all is its own');
}

/** Another byte; one too many; a number in more bytes than it needs. */
function damage(good: Uint8Array, random: Random): Uint8Array {
  const way = random.int(3);
  if (way === 1) return Uint8Array.of(...good, random.int(128));
  const bytes = way === 0 ? good : Uint8Array.of(...good, 0);
  if (way === 0) bytes[random.int(bytes.length)] = random.int(256);
  else (bytes[good.length - 1] as number) |= 128;
  return bytes;
}

it.each(['rga+side', 'rga'] as const)(
  'tells the same of a keystroke whether ids are traced or settled: %s',
  (order) => {
    let traced = 0;
    forSeeds(60, (random) => {
      const [lazy, settled] = [new Author({ order }), new Author({ order })];
      let at = 0;
      for (let i = 0; i < 80; i++) {
        const length = settled.mut.length;
        if (random.chance(0.5)) at = random.int(length + 1);
        const way = random.int(4);
        for (let n = 1 + random.int(5); n > 0; n--) {
          if (way === 0 && at > 0) at--;
          if (way < 2 && at >= settled.mut.length) break;
          for (const { mut } of [lazy, settled]) {
            if (way < 2) mut.delete(at, 1);
            else mut.insert(at, 'x');
          }
          if (way > 1) at++;
          settle(settled.state);
          // Not every keystroke is asked for.
          if (random.chance(0.2)) continue;
          expect(lazy.last()).toEqual(settled.last());
          if (!lazy.state.log.isSettled) traced++;
        }
        if (random.chance(0.05)) settle(lazy.state);
      }
    });
    expect(traced).toBeGreaterThan(6000);
  },
);

it('reads a keystroke at once only where that comes to the same, damaged or not', () => {
  let [atOnce, refused] = [0, 0];
  forSeeds(60, (random) => {
    const [author, quick, plain] = [new Author({}), new Author({}), new Author({})];
    let at = 0;
    const hear = (bytes: Uint8Array): void => {
      const { next } = plain;
      try {
        plain.hear(bytes, false);
      } catch (error) {
        if (!(error instanceof DecodeError || error instanceof InvalidOp)) throw error;
        expect(readKey(quick.state, bytes, 0, 0, next, next + 1, null)).toBe(false);
        // Of several ops those before the bad one count.
        expect(() => quick.hear(bytes, false)).toThrow();
        refused++;
        return;
      }
      if (quick.hear(bytes, true)) atOnce++;
    };
    for (let i = 0; i < 60; i++) {
      if (random.chance(0.5)) at = random.int(author.mut.length + 1);
      const way = random.int(4);
      for (let n = 1 + random.int(5); n > 0; n--) {
        if (way === 0 && at > 0) at--;
        if (way < 2 && at >= author.mut.length) break;
        if (way < 2) author.mut.delete(at, 1);
        else author.mut.insert(at++, 'x');
        hear(author.last());
        if (random.chance(0.03)) settle(quick.state);
      }
    }
    // From here on the author's bytes mean nothing to them.
    for (let i = 0; i < 30; i++) {
      const good = random.chance(0.5) ? author.last() : Uint8Array.of(TYPE | 16, random.int(128));
      hear(damage(good, random));
      author.mut.insert(0, 'y');
      author.mut.delete(random.int(author.mut.length), 1);
    }
    expect(quick.state.rope.toString()).toBe(plain.state.rope.toString());
    expect(quick.canonical()).toEqual(plain.canonical());
  });
  expect(atOnce).toBeGreaterThan(4000);
  expect(refused).toBeGreaterThan(500);
});

it('reads a delete at once only in its one form', () => {
  const author = new Author({});
  author.mut.insert(0, 'abc');
  const take = (...id: number[]): boolean =>
    readKey(author.state, Uint8Array.of(BACKSPACES | 16, ...id), 0, 0, 3, 4, null);
  // The distance of one, in two bytes; somebody else's element; and as it is.
  expect([take(2 | 128, 0), take(3), take(2)]).toEqual([false, false, true]);
});
