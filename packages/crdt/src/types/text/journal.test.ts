import { expect, it } from 'vitest';
import { DecodeError, Reader, Writer } from '../../bytes/index.ts';
import { InvalidOp } from '../../core/crdt-type.ts';
import type { ReplicaId } from '../../core/ids.ts';
import type { Journal, RefReader, RefWriter } from '../../core/journal.ts';
import { Peers } from '../../core/peers.ts';
import { forSeeds, type Random } from '../../testing/random.ts';
import { canonicalText, testReplicaId, viewText } from '../../testing/replicas.ts';
import type { TextMut, TextOp, TextPatch } from './op.ts';
import type { TextState } from './state.ts';
import { type TextOptions, textType } from './text.ts';
import { PatchedText, TextTwin } from './twin.ts';

const options: TextOptions = { marks: { note: { expand: 'both' } } };

/** Ids [from, to) that one author took in one go, knowing what `deps` says. */
interface Stretch {
  readonly author: number;
  readonly from: number;
  readonly to: number;
  readonly lamport: number;
  readonly deps: readonly number[];
}

/** A replica that writes and reads through the journal alone, with peers in an order of its own. */
class Site {
  readonly type = textType(options);
  readonly journal = this.type.journal as Journal<TextState, TextOp, TextPatch>;
  readonly peers = new Peers();
  readonly seen: number[];
  readonly lamports: number[][];
  readonly made: Stretch[] = [];
  readonly twin = new TextTwin();
  readonly shown = new PatchedText();
  readonly #number: number;
  state: TextState;
  patches: TextPatch[] = [];
  clock = 0;

  constructor(number: number, count: number) {
    this.#number = number;
    this.seen = new Array<number>(count).fill(0);
    this.lamports = Array.from({ length: count }, () => []);
    // Everybody numbers the others differently.
    for (let i = 0; i < count; i++) this.peers.intern(testReplicaId((number + i) % count));
    this.state = this.fresh();
  }

  fresh(): TextState {
    const lamportOf = (peer: number, seq: number): number => {
      const lamport = this.lamports[this.numberOf(peer)]?.[seq];
      if (lamport === undefined) throw new RangeError('asked for the time of an unknown id');
      return lamport;
    };
    return this.type.create({ peers: this.peers, lamportOf, now: () => 0 });
  }

  numberOf(peer: number): number {
    return Number.parseInt(this.peers.replica(peer), 16) - 1;
  }

  get #replica(): ReplicaId {
    return testReplicaId(this.#number);
  }

  edit(act: (mut: TextMut) => void): void {
    const from = this.seen[this.#number] as number;
    const lamport = this.clock + 1;
    const deps = [...this.seen];
    const claim = (width: number): number => {
      const seq = this.seen[this.#number] as number;
      for (let i = 0; i < width; i++) (this.lamports[this.#number] as number[]).push(++this.clock);
      this.seen[this.#number] = seq + width;
      return seq;
    };
    const { patches } = this;
    const site = this;
    const journal = {
      peer: this.peers.intern(this.#replica),
      claim,
      get lamport() {
        return site.lamports[site.#number]?.[claimed] as number;
      },
      patches,
    };
    let claimed = 0;
    const mut = this.type.mutate({
      state: this.state,
      replica: this.#replica,
      journal: {
        ...journal,
        claim(width) {
          claimed = claim(width);
          return claimed;
        },
        get lamport() {
          return journal.lamport;
        },
      },
      emit: (op) => this.emit(op, claim),
    });
    act(mut);
    const to = this.seen[this.#number] as number;
    if (to === from) return;
    this.made.push({ author: this.#number, from, to, lamport, deps });
    // A change may be cut before and after its ids are settled.
    const bytes = this.cut(this.#number, from, to);
    this.learn(this.#number, from, to);
    expect(this.cut(this.#number, from, to)).toEqual(bytes);
  }

  emit(op: TextOp, claim: (width: number) => number) {
    const seq = claim(this.type.width(op));
    const id = { replica: this.#replica, seq };
    const lamport = this.lamports[this.#number]?.[seq] as number;
    this.patches.push(...this.type.apply(this.state, op, { id, lamport }));
    return id;
  }

  undo(random: Random): void {
    const step = random.pick(this.made);
    const peer = this.peers.intern(this.#replica);
    const ops = this.journal.invert(this.state, peer, step.from, step.to);
    const from = this.seen[this.#number] as number;
    const lamport = this.clock + 1;
    const deps = [...this.seen];
    for (const op of ops) {
      this.emit(op, (width) => {
        const seq = this.seen[this.#number] as number;
        for (let i = 0; i < width; i++) (this.lamports[this.#number] as number[]).push(++this.clock);
        this.seen[this.#number] = seq + width;
        return seq;
      });
    }
    const to = this.seen[this.#number] as number;
    if (to > from) this.made.push({ author: this.#number, from, to, lamport, deps });
    this.learn(this.#number, from, to);
  }

  /** Bytes of [from, to) of an author, with replicas by their eight bytes. */
  cut(author: number, from: number, to: number): Uint8Array {
    const refs: RefWriter = { peer: (w, peer) => w.string(this.peers.replica(peer)) };
    const w = new Writer();
    this.journal.write(this.state, this.peers.intern(testReplicaId(author)), from, to, w, refs);
    return w.finish();
  }

  /** Takes what is new of the next stretch of an author from `other`, up to anywhere in it, from anywhere before. */
  pull(other: Site, author: number, random: Random, all: readonly Site[]): boolean {
    const known = this.seen[author] as number;
    const step = (all[author] as Site).made.find(({ from, to }) => from <= known && known < to);
    if (author === this.#number || step === undefined) return false;
    if (step.deps.some((n, i) => i !== author && n > (this.seen[i] as number))) return false;
    const end = Math.min(step.to, other.seen[author] as number);
    if (end <= known) return false;
    const to = random.chance(0.7) ? end : known + 1 + random.int(end - known);
    const from = random.chance(0.7) ? known : step.from + random.int(known - step.from + 1);
    const refs: RefReader = { peer: (r) => this.peers.intern(r.string() as ReplicaId) };
    const peer = this.peers.intern(testReplicaId(author));
    const bytes = other.cut(author, from, to);
    const lamport = step.lamport + (from - step.from);
    const r = new Reader(bytes);
    expect(this.journal.read(this.state, r, peer, from, to, known, lamport, refs, this.patches)).toBe(
      to - from,
    );
    for (let i = known; i < to; i++) (this.lamports[author] as number[])[i] = step.lamport + (i - step.from);
    this.seen[author] = to;
    this.clock = Math.max(this.clock, step.lamport + (to - 1 - step.from));
    this.learn(author, known, to);
    return true;
  }

  /** Tells the twin, as the journal tells these ops. */
  learn(author: number, from: number, to: number): void {
    const peer = this.peers.intern(testReplicaId(author));
    let seq = from;
    for (const op of this.journal.ops(this.state, peer, from, to)) {
      const lamport = this.lamports[author]?.[seq] as number;
      this.twin.apply(op, { id: { replica: testReplicaId(author), seq }, lamport });
      seq += this.type.width(op);
    }
  }

  check(): void {
    const { length, spans, origin } = this.type.view(this.state);
    expect({ length, spans, origin }).toEqual(this.twin.view());
    this.shown.apply(this.patches);
    this.patches.length = 0;
    expect(this.shown.view()).toEqual({ length, spans, origin });
  }

  /** The state after a trip to the disk: nothing of it is read yet but the text. */
  reloaded(history = true): TextState {
    const columns = this.journal.save(this.state, { history });
    const state = this.fresh();
    this.journal.load(state, { get: (name) => columns.get(name) ?? null });
    return state;
  }
}

function act(mut: TextMut, random: Random, plain: boolean): void {
  const at = random.chance(0.3) ? mut.length : random.int(mut.length + 1);
  const count = random.int(Math.min(6, mut.length - at + 1));
  const kind = random.int(plain ? 12 : 20);
  if (kind < 5)
    mut.insert(at, random.pick(['a', 'bc', 'def', 'é', '\u{1F600}', 'long enough to be no short one']));
  else if (kind < 7)
    for (let i = 0; i < count; i++) mut.insert(Math.min(at + i, mut.length), 'xyz'[i % 3] as string);
  else if (kind < 9) mut.delete(at, count);
  else if (kind < 11) for (let i = count; i > 0; i--) mut.delete(at + i - 1, 1);
  else if (kind < 12) for (let i = count; i > 0; i--) mut.delete(at, 1);
  else if (kind < 13) mut.insertBlock(at, { kind: 'p' });
  else if (kind < 14) mut.insertEmbed(at, { src: 'i' }, { bold: true });
  else if (kind < 15) mut.insert(at, 'marked', { note: 'n' });
  else if (kind < 19)
    mut.mark(at, at + count, random.pick(['bold', 'link', 'note']), random.pick([true, null, 'x']));
  else mut.setAttr(null, 'kind', random.pick([1, 2, null]));
}

/** A random history of three; returns how many ids were exchanged. */
function play(random: Random, plain: boolean): number {
  const sites = [0, 1, 2].map((n) => new Site(n, 3));
  const past: { site: Site; seen: readonly number[]; text: string }[] = [];
  const some = (): Site => random.pick(sites);
  for (let step = 0; step < 90; step++) {
    const site = some();
    const what = random.int(20);
    if (what < 9) site.edit((mut) => act(mut, random, plain));
    else if (what < 17) for (let i = 0; i < 4; i++) site.pull(some(), random.int(3), random, sites);
    else if (what < 18 && site.made.length > 0) site.undo(random);
    else if (what < 19) site.state = site.reloaded();
    else past.push({ site, seen: [...site.seen], text: viewText(site.type.view(site.state)) });
    if (random.chance(0.5)) site.check();
  }
  for (let more = true; more; ) {
    more = false;
    for (const site of sites) {
      for (const other of sites) {
        for (let author = 0; author < 3; author++) more = site.pull(other, author, random, sites) || more;
      }
    }
  }
  const [first] = sites as [Site, Site, Site];
  const bytes = canonicalText(first.type, first.state);
  for (const site of sites) {
    site.check();
    expect(canonicalText(site.type, site.state)).toBe(bytes);
    const loaded = site.reloaded();
    expect(viewText(site.type.view(loaded))).toBe(viewText(site.type.view(site.state)));
    expect(canonicalText(site.type, loaded)).toBe(bytes);
    expect(canonicalText(site.type, site.reloaded(false))).toBe(bytes);
  }
  for (const { site, seen, text } of past) {
    const knows = (peer: number, seq: number): boolean => seq < (seen[site.numberOf(peer)] as number);
    const none = (): boolean => false;
    expect(viewText(site.type.view(site.journal.replay(site.state, knows, null, none)))).toBe(text);
  }
  return first.seen.reduce((sum, n) => sum + n, 0);
}

it('agrees with the naive twin through cuts anywhere, overlaps, undo and the disk, plain text', () => {
  let ids = 0;
  forSeeds(60, (random) => {
    ids += play(random, true);
  });
  expect(ids).toBeGreaterThan(5000);
});

it('agrees with the naive twin through cuts anywhere, overlaps, undo and the disk, rich text', () => {
  let ids = 0;
  forSeeds(60, (random) => {
    ids += play(random, false);
  });
  expect(ids).toBeGreaterThan(4000);
});

it('hangs the first letters after loading where they hang once all ids are there', () => {
  let walks = 0;
  forSeeds(12, (random) => {
    const site = new Site(0, 1);
    const place = (length: number): number => (random.chance(0.1) ? 0 : random.int(length + 1));
    site.edit((mut) => {
      for (let i = 0; i < 900; i++) {
        const at = place(mut.length);
        const kind = random.int(10);
        if (kind < 5) mut.insert(at, 'abcdef'.slice(0, 1 + random.int(6)));
        else if (kind < 7) mut.delete(at, Math.min(random.int(12), mut.length - at));
        else {
          const n = Math.min(random.int(9), at);
          for (let k = 1; k <= n; k++) mut.delete(at - k, 1);
        }
      }
    });
    for (let i = 0; i < 12; i++) {
      const at = place(site.state.rope.length);
      const state = site.reloaded();
      site.state = state;
      site.edit((mut) => mut.insert(at, 'x'));
      walks += state.walks;
      site.check();
    }
  });
  expect(walks).toBeGreaterThan(100);
});

it('shows the letters of a rich text whose log is gone', () => {
  const site = new Site(0, 1);
  site.edit((mut) => {
    mut.insert(0, 'bold', { bold: true });
    mut.insertBlock(4, { kind: 'p' });
  });
  const text = site.journal.save(site.state, { history: true }).get('text') ?? null;
  const state = site.fresh();
  site.journal.load(state, { get: (name) => (name === 'text' ? text : null) });
  const { spans, length } = site.type.view(state);
  expect({ spans, length }).toEqual({ spans: [{ type: 'text', text: 'bold\n', marks: {} }], length: 5 });
});

it('refuses damaged bytes with a typed error, or applies them whole', () => {
  let refused = 0;
  forSeeds(40, (random) => {
    const [author, reader] = [new Site(0, 2), new Site(1, 2)];
    for (let i = 0; i < 8; i++) author.edit((mut) => act(mut, random, false));
    const to = author.seen[0] as number;
    if (to === 0) return;
    const bytes = author.cut(0, 0, to);
    const columns = author.journal.save(author.state, { history: true });
    for (let n = 0; n < 60; n++) {
      const damaged = bytes.slice(0, random.chance(0.2) ? random.int(bytes.length) : bytes.length);
      for (let k = 1 + random.int(2); k > 0; k--) damaged[random.int(damaged.length)] = random.int(256);
      const refs: RefReader = {
        peer: (r) => {
          const peer = reader.peers.find(r.string() as ReplicaId);
          if (peer < 0) throw new DecodeError('unknown peer');
          return peer;
        },
      };
      const state = reader.fresh();
      const peer = reader.peers.intern(testReplicaId(0));
      try {
        reader.journal.read(state, new Reader(damaged), peer, 0, to, 0, 1, refs, null);
      } catch (error) {
        if (!(error instanceof DecodeError || error instanceof InvalidOp)) throw error;
        refused++;
      }
      canonicalText(reader.type, state);

      const name = random.pick([...columns.keys()]);
      const column = (columns.get(name) as Uint8Array).slice();
      column[random.int(column.length)] = random.int(256);
      const loaded = author.fresh();
      try {
        author.journal.load(loaded, {
          get: (asked) => (asked === name ? column : (columns.get(asked) ?? null)),
        });
        author.type.view(loaded);
        author.journal.ops(loaded, author.peers.intern(testReplicaId(0)), 0, 1);
      } catch (error) {
        if (![DecodeError, InvalidOp, RangeError].some((type) => error instanceof type)) throw error;
      }
    }
  });
  expect(refused).toBeGreaterThan(500);
});
