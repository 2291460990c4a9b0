import { DecodeError } from '../bytes/index.ts';
import { type CrdtType, InvalidOp } from '../core/crdt-type.ts';
import type { Id } from '../core/ids.ts';
import type { JournalContext, PeerRange, TypeEnv } from '../core/journal.ts';

/*
 * The least type that keeps its own ops: a tape of letters, in the order of their stamps. `append` takes an id for each
 * letter and may be cut anywhere, `cross` hides one letter of anybody. For tests of what a document does with journals.
 */

interface Entry {
  readonly peer: number;
  readonly seq: number;
  readonly lamport: number;
  /** A letter, or the id of the letter that is crossed out. */
  readonly what: string | { readonly peer: number; readonly seq: number };
}

export interface TapeState {
  readonly env: TypeEnv;
  readonly entries: Entry[];
}

export type TapeOp =
  | { readonly type: 'append'; readonly letters: string }
  | { readonly type: 'cross'; readonly target: Id };

export interface TapeMut {
  readonly length: number;
  append(letters: string): void;
  /** The letter that now is at `index`. */
  cross(index: number): void;
}

export const tapeType: CrdtType<TapeState, TapeOp, string, TapeMut, string> = {
  kind: 'tape@1',
  create: (env) => ({ env, entries: [] }),
  width: (op) => (op.type === 'append' ? op.letters.length : 1),
  apply(state, op, { id, lamport }) {
    const peer = state.env.peers.intern(id.replica);
    return op.type === 'append'
      ? append(state, peer, id.seq, lamport, op.letters)
      : cross(state, peer, id.seq, lamport, state.env.peers.intern(op.target.replica), op.target.seq);
  },
  invert: () => [],
  view: (state) => viewOf(state, () => true),
  mutate(context) {
    const { state } = context;
    const journal = context.journal as JournalContext<string>;
    return {
      get length() {
        return visible(state).length;
      },
      append(letters) {
        const seq = journal.claim(letters.length);
        const patches = append(state, journal.peer, seq, journal.lamport, letters);
        journal.patches?.push(...patches);
      },
      cross(index) {
        const { peer, seq } = visible(state)[index] as Entry;
        cross(state, journal.peer, journal.claim(1), journal.lamport, peer, seq);
        journal.patches?.push('cross');
      },
    };
  },
  encode() {
    throw new Error('never asked');
  },
  decode() {
    throw new Error('never asked');
  },
  canonical(state, w) {
    w.string(viewOf(state, () => true));
    w.varint(state.entries.length);
  },
  journal: {
    write(state, peer, from, to, w, refs) {
      for (const { seq, what } of ours(state, peer, from, to)) {
        if (typeof what === 'string') {
          w.u8(0);
          w.string(what);
        } else {
          w.u8(1);
          refs.peer(w, what.peer, seq);
          w.varint(what.seq);
        }
      }
    },
    read(state, r, peer, from, to, known, lamport, refs, patches) {
      let seq = from;
      for (; r.remaining > 0; seq++) {
        if (seq >= to) throw new DecodeError('too many ops');
        const kind = r.u8();
        if (kind > 1) throw new DecodeError('unknown tape op');
        const at = lamport + seq - from;
        let made: readonly string[];
        if (kind === 0) {
          const letter = r.string();
          if (seq < known) continue;
          made = append(state, peer, seq, at, letter);
        } else {
          const target = refs.peer(r);
          const targetSeq = r.varint();
          if (seq < known) continue;
          made = cross(state, peer, seq, at, target, targetSeq);
        }
        patches?.push(...made);
      }
      return seq - from;
    },
    ops: (state, peer, from, to) => ours(state, peer, from, to).map((entry) => opOf(state, entry)),
    invert(state, peer, from, to) {
      const { peers } = state.env;
      return ours(state, peer, from, to)
        .filter(({ what }) => typeof what === 'string')
        .map(({ seq }): TapeOp => ({ type: 'cross', target: { replica: peers.replica(peer), seq } }))
        .reverse();
    },
    save(state) {
      const rows = state.entries.map(({ peer, seq, lamport, what }) => [peer, seq, lamport, what]);
      return new Map([['rows', new TextEncoder().encode(JSON.stringify(rows))]]);
    },
    load(state, columns) {
      let rows: [number, number, number, Entry['what']][];
      try {
        rows = JSON.parse(new TextDecoder().decode(columns.get('rows') ?? new Uint8Array([91, 93])));
      } catch (error) {
        throw new DecodeError(String(error));
      }
      for (const [peer, seq, lamport, what] of rows) state.entries.push({ peer, seq, lamport, what });
    },
    replay: (state, knows) => ({
      ...state,
      entries: state.entries.filter(({ peer, seq }) => knows(peer, seq)),
    }),
    ids: (state, start, end) =>
      visible(state)
        .slice(start, end)
        .map(({ peer, seq }): PeerRange => ({ peer, seq, length: 1 })),
  },
};

function append(state: TapeState, peer: number, first: number, lamport: number, letters: string): string[] {
  for (let i = 0; i < letters.length; i++)
    state.entries.push({ peer, seq: first + i, lamport: lamport + i, what: letters[i] as string });
  return [letters];
}

function cross(
  state: TapeState,
  peer: number,
  seq: number,
  lamport: number,
  target: number,
  targetSeq: number,
): string[] {
  const isThere = state.entries.some(
    (entry) => entry.peer === target && entry.seq === targetSeq && typeof entry.what === 'string',
  );
  if (!isThere) throw new InvalidOp('no such letter');
  state.entries.push({ peer, seq, lamport, what: { peer: target, seq: targetSeq } });
  return ['cross'];
}

function ours(state: TapeState, peer: number, from: number, to: number): Entry[] {
  return state.entries
    .filter((entry) => entry.peer === peer && entry.seq >= from && entry.seq < to)
    .sort((a, b) => a.seq - b.seq);
}

function opOf({ env }: TapeState, { what }: Entry): TapeOp {
  return typeof what === 'string'
    ? { type: 'append', letters: what }
    : { type: 'cross', target: { replica: env.peers.replica(what.peer), seq: what.seq } };
}

function visible(state: TapeState, knows: (peer: number, seq: number) => boolean = () => true): Entry[] {
  const known = state.entries.filter(({ peer, seq }) => knows(peer, seq));
  const crossed = new Set(
    known.flatMap(({ what }) => (typeof what === 'string' ? [] : [`${what.seq} ${what.peer}`])),
  );
  const letters = known.filter(
    ({ peer, seq, what }) => typeof what === 'string' && !crossed.has(`${seq} ${peer}`),
  );
  return letters.sort((a, b) => a.lamport - b.lamport || state.env.peers.compare(a.peer, b.peer));
}

function viewOf(state: TapeState, knows: (peer: number, seq: number) => boolean): string {
  return visible(state, knows)
    .map(({ what }) => what)
    .join('');
}
