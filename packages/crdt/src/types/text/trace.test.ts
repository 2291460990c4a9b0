import { expect, it } from 'vitest';
import { Writer } from '../../bytes/index.ts';
import { Peers } from '../../core/peers.ts';
import { forSeeds } from '../../testing/random.ts';
import { testReplicaId } from '../../testing/replicas.ts';
import type { TextMut } from './op.ts';
import { settle } from './settle.ts';
import { type TextOptions, textType } from './text.ts';
import { writeOps } from './wire.ts';

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
    const refs = {
      peer: () => {
        throw new Error('all is its own');
      },
    };
    writeOps(this.state, 0, this.next - 1, this.next, w, refs);
    return w.finish();
  }
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
