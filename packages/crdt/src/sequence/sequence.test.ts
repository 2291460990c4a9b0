import { describe, expect, it } from 'vitest';
import { formatId, type Id, type ReplicaId, replicaId, type Stamp } from '../core/ids.ts';
import { forSeeds, seededRandom } from '../testing/random.ts';
import { hide, hideMore, isHiddenBy, show } from './hide.ts';
import type { Origin } from './origin.ts';
import { RunSequence } from './run-sequence.ts';
import { BACKWARDS, NIL } from './run-table.ts';
import { TwinSequence } from './twin.ts';

type Op =
  | { type: 'insert'; stamp: Stamp; origin: Origin; text: string }
  /** Op `by` deletes the first id, the next op (by step) the next id, and so on. */
  | { type: 'delete'; ids: readonly Id[]; by: Id; step: 0 | 1 };

const replicaOf = (peer: number): ReplicaId => replicaId(peer.toString(16).padStart(16, '0'));
const peerOf = (replica: ReplicaId): number => Number.parseInt(replica, 16);

/** One replica: the sequence, its twin, and what the document would keep. */
class Site {
  readonly sequence = new RunSequence((a, b) => a - b, 'rga+side');
  readonly twin = new TwinSequence<string>();
  readonly log: { op: Op; from: Site; deps: Map<Site, number> }[] = [];
  readonly seen = new Map<Site, number>();
  readonly replica: ReplicaId;
  /** The deleted text, in the order of deletion. */
  dead = '';
  lamport = 0;
  seq = 0;
  #typed: Id | null = null;

  constructor(n: number) {
    this.replica = replicaOf(n);
  }

  issue(op: Op, lamport: number): void {
    this.log.push({ op, from: this, deps: new Map(this.seen) });
    this.apply(op, lamport);
    this.seen.set(this, this.log.length);
  }

  type(index: number, text: string): void {
    const { sequence } = this;
    const stamp = { id: { replica: this.replica, seq: this.seq }, lamport: this.lamport + 1 };
    this.seq += text.length;
    this.#typed = { replica: this.replica, seq: this.seq - 1 };
    sequence.originAt(index);
    const { originPeer, originSeq, originLeft, gap } = sequence;
    const parent = originPeer === NIL ? null : { replica: replicaOf(originPeer), seq: originSeq };
    const origin: Origin = { parent, side: originLeft ? 'L' : 'R' };
    const left = index === 0 ? null : (this.twin.visible()[index - 1] ?? null);
    expect(origin).toEqual(this.twin.originAfter(left));
    // A local insert goes right into the gap that was asked about.
    const { run, offset } = gap;
    sequence.place(originPeer, originSeq, originLeft, peerOf(this.replica), stamp.id.seq, stamp.lamport);
    expect(gap).toEqual({ run, offset });
    this.issue({ type: 'insert', stamp, origin, text }, this.lamport + text.length);
  }

  /** The index after what was typed here last. */
  caret(): number {
    return this.#typed === null ? 0 : this.indexAfter(this.#typed);
  }

  indexAfter(id: Id): number {
    const { table, list } = this.sequence;
    const run = this.find(id);
    return list.startOf(run) + (table.visible(run) > 0 ? id.seq - (table.seq[run] as number) + 1 : 0);
  }

  find(id: Id): number {
    return this.sequence.find(peerOf(id.replica), id.seq);
  }

  idAt(index: number): Id {
    const { table, list } = this.sequence;
    const run = list.seek(index);
    return {
      replica: replicaOf(table.peer[run] as number),
      seq: (table.seq[run] as number) + list.offset,
    };
  }

  erase(index: number, count: number): void {
    const ids = Array.from({ length: count }, (_, i) => this.idAt(index + i));
    this.issue(
      { type: 'delete', ids, by: { replica: this.replica, seq: this.seq++ }, step: 0 },
      this.lamport + 1,
    );
  }

  /** Deletes one by one: backwards as backspace does, or ahead. */
  eraseSingly(index: number, count: number, back: boolean): void {
    const ids = Array.from({ length: count }, (_, i) => this.idAt(index + i));
    if (back) ids.reverse();
    const by = { replica: this.replica, seq: this.seq };
    this.seq += count;
    this.issue({ type: 'delete', ids, by, step: 1 }, this.lamport + count);
  }

  /** Takes the next op of `other` if what it depends on is here. */
  pull(other: Site): boolean {
    const at = this.seen.get(other) ?? 0;
    const entry = other.log[at];
    if (entry === undefined) return false;
    for (const [site, n] of entry.deps) if ((this.seen.get(site) ?? 0) < n) return false;
    const { op } = entry;
    this.apply(op, op.type === 'insert' ? op.stamp.lamport + op.text.length - 1 : 0);
    this.seen.set(other, at + 1);
    return true;
  }

  apply(op: Op, lamport: number): void {
    this.lamport = Math.max(this.lamport, lamport);
    const { sequence } = this;
    if (op.type === 'insert') {
      const { id, lamport: time } = op.stamp;
      const { parent, side } = op.origin;
      const [peer, parentPeer] = [peerOf(id.replica), parent === null ? NIL : peerOf(parent.replica)];
      sequence.place(parentPeer, parent?.seq ?? 0, side === 'L', peer, id.seq, time);
      const index = sequence.gapIndex;
      const left = side === 'L';
      sequence.insert(peer, id.seq, time, op.text.length, parentPeer, parent?.seq ?? 0, left, 0, false);
      expect(sequence.list.startOf(sequence.run) + sequence.offset).toBe(index);
      this.twin.insert(op.stamp, op.origin, [...op.text]);
      return;
    }
    op.ids.forEach((id, i) => {
      const by = { replica: op.by.replica, seq: op.by.seq + i * op.step };
      const peer = peerOf(by.replica);
      const run = this.find(id);
      const offset = id.seq - (sequence.table.seq[run] as number);
      if (sequence.table.visible(run) > 0) {
        hide(sequence, run, offset, 1, peer, by.seq, 0, this.dead.length, false);
        this.dead += this.twin.node(id).value;
      } else {
        const own = sequence.cutBefore(peerOf(id.replica), id.seq);
        if ((sequence.table.length[own] as number) > 1) sequence.split(own, 1);
        if (!isHiddenBy(sequence, own, peer, by.seq)) hideMore(sequence, own, { peer, seq: by.seq, step: 0 });
      }
      this.twin.node(id).deletes.add(formatId(by));
    });
  }

  check(): void {
    const visible = this.twin.visible();
    expect(this.text()).toBe(visible.map((node) => node.value).join(''));
    expect(this.sequence.length).toBe(visible.length);
    visible.forEach(({ stamp }, i) => {
      expect(this.idAt(i)).toEqual(stamp.id);
      expect(this.indexAfter(stamp.id)).toBe(i + 1);
    });
    const all = this.twin.all();
    expect(this.everything()).toEqual(all.map((node) => formatId(node.stamp.id)));
    for (const { stamp, deletes, value } of all) {
      expect(this.deletesOf(stamp.id)).toEqual([...deletes].sort());
      if (deletes.size > 0) expect(this.deadUnit(stamp.id)).toBe(value);
    }
  }

  /** The ops that deleted an element. */
  deletesOf(id: Id): string[] {
    const { table, others } = this.sequence;
    const run = this.find(id);
    if (table.visible(run) > 0) return [];
    const offset = id.seq - (table.seq[run] as number);
    const first = { peer: table.deleterPeer[run] as number, seq: table.deleterSeq[run] as number };
    return [{ ...first, step: table.step(run) }, ...(others.get(run) ?? [])]
      .map(({ peer, seq, step }) => formatId({ replica: replicaOf(peer), seq: seq + step * offset }))
      .sort();
  }

  deadUnit(id: Id): string | undefined {
    const { table } = this.sequence;
    const run = this.find(id);
    const offset = id.seq - (table.seq[run] as number);
    const back = ((table.flags[run] as number) & BACKWARDS) !== 0;
    return this.dead[(table.text[run] as number) + (back ? -offset : offset)];
  }

  text(): string {
    return this.everything(true)
      .map((id) => this.values.get(id))
      .join('');
  }

  get values(): Map<string, string> {
    return new Map(this.twin.all().map((node) => [formatId(node.stamp.id), node.value]));
  }

  everything(visibleOnly = false): string[] {
    const { table, list } = this.sequence;
    const ids = [];
    for (let run = list.first; run !== NIL; run = table.next[run] as number) {
      const length = visibleOnly ? table.visible(run) : (table.length[run] as number);
      for (let i = 0; i < length; i++) {
        ids.push(
          formatId({ replica: replicaOf(table.peer[run] as number), seq: (table.seq[run] as number) + i }),
        );
      }
    }
    return ids;
  }
}

function settle(sites: readonly Site[]): void {
  for (let more = true; more; ) {
    more = false;
    for (const site of sites) for (const other of sites) if (site !== other && site.pull(other)) more = true;
  }
}

describe('RunSequence', { timeout: 60_000 }, () => {
  it('keeps what two users type into one gap together, whatever they type first', () => {
    // The three letters of a passage can be typed in six orders, each at the place that makes it read 123.
    const orders = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ];
    for (const first of orders) {
      for (const second of orders) {
        const [base, ana, ben] = [new Site(1), new Site(2), new Site(3)];
        base.type(0, '()');
        for (const [site, letters, order] of [
          [ana, 'abc', first],
          [ben, 'xyz', second],
        ] as const) {
          site.pull(base);
          const typed: number[] = [];
          for (const letter of order) {
            site.type(1 + typed.filter((other) => other < letter).length, letters.charAt(letter));
            typed.push(letter);
          }
        }
        for (let i = 0; i < 3; i++) {
          ana.pull(ben);
          ben.pull(ana);
        }
        expect(ana.text()).toBe(ben.text());
        expect(['(abcxyz)', '(xyzabc)']).toContain(ana.text());
      }
    }
  });

  it('is one run for a passage typed forwards, and finds every id of it', () => {
    const site = new Site(1);
    for (let i = 0; i < 1000; i++) site.type(i, String(i % 10));
    expect(site.sequence.table.size).toBe(1);
    site.check();
  });

  it('agrees with the naive twin at every step, for any causal order of delivery', () => {
    forSeeds(60, (random) => {
      const sites = [1, 2, 3, 4].map((n) => new Site(n));
      for (let step = 0; step < 120; step++) {
        const site = random.pick(sites);
        const { length } = site.sequence;
        const what = random.int(10);
        if (what < 5) site.type(random.int(length + 1), 'abcdefghij'.slice(0, 1 + random.int(4)));
        else if (what < 7 && length > 0) {
          const index = random.int(length);
          const count = 1 + random.int(Math.min(4, length - index));
          if (random.chance(0.3)) site.erase(index, count);
          else site.eraseSingly(index, count, random.chance(0.6));
        } else for (let i = 0; i < 8; i++) site.pull(random.pick(sites));
        if (step % 8 === 0) site.check();
      }
      settle(sites);
      for (const site of sites) site.check();
      for (const site of sites) expect(site.everything()).toEqual(sites[0]?.everything());
    });
  });

  it('agrees with the naive twin on short histories where nearly all is concurrent', () => {
    forSeeds(6000, (random) => {
      const sites = [1, 2, 3].map((n) => new Site(n));
      // Elsewhere in the document some have written more than others.
      for (const site of sites) site.lamport = random.int(4);
      for (let step = 0; step < 16; step++) {
        const site = random.pick(sites);
        const what = random.int(6);
        if (what < 3) site.pull(random.pick(sites));
        // Mostly where one typed last, so that runs grow, also after others cut in.
        else if (what < 5) site.type(site.caret(), 'ab'.slice(random.int(2)));
        else site.type(random.int(site.sequence.length + 1), 'c');
      }
      settle(sites);
      for (const site of sites)
        expect(site.everything()).toEqual(site.twin.all().map((n) => formatId(n.stamp.id)));
    });
  });

  it('places newcomers in a crowd where the naive twin has them, on both sides', () => {
    forSeeds(8, (random) => {
      const base = new Site(1);
      if (random.chance(0.7)) base.type(0, 'ab');
      const sites = Array.from({ length: 60 }, (_, i) => new Site(i + 2));
      for (const site of sites) {
        site.pull(base);
        site.lamport += random.int(3);
        const at = Math.min(random.int(2), site.sequence.length);
        for (let n = random.int(3); n >= 0; n--)
          site.type(random.chance(0.5) ? at : site.caret(), 'xyz'.slice(n));
      }
      const all = new Site(99);
      settle([base, ...sites, all]);
      all.check();
      expect(all.sequence.crowds.size).toBeGreaterThan(0);
    });
  });

  it('orders ids by place, tombstones included, also across leaves', () => {
    const site = new Site(1);
    const { int: below } = seededRandom(7);
    for (let i = 0; i < 400; i++) site.type(below(site.sequence.length + 1), 'x');
    for (let i = 0; i < 100; i++) site.erase(below(site.sequence.length), 1);
    site.check();
    const all = site.twin.all();
    const { table, list } = site.sequence;
    for (let i = 0; i < 2000; i++) {
      const [a, b] = [below(all.length), below(all.length)];
      const [left, right] = [all[a]?.stamp.id, all[b]?.stamp.id];
      if (!left || !right) throw new Error('an element is missing');
      const [one, other] = [site.find(left), site.find(right)];
      const within = left.seq - right.seq;
      expect(Math.sign(one === other ? within : list.compare(one, other))).toBe(Math.sign(a - b));
    }
    expect(table.size).toBeGreaterThan(100);
  });

  it('keeps a passage typed and taken back by backspace, or ahead, in two runs', () => {
    for (const back of [true, false]) {
      const site = new Site(1);
      site.type(0, 'abcdefghij');
      for (let i = 0; i < 6; i++) site.eraseSingly(back ? 7 - i : 2, 1, back);
      expect(site.sequence.table.size).toBe(3);
      site.check();
    }
  });

  it('shows again what the last delete of it hid', () => {
    const site = new Site(1);
    site.type(0, 'abc');
    const { sequence } = site;
    const run = sequence.cutBefore(1, 1);
    sequence.split(run, 1);
    hide(sequence, run, 0, 1, 1, 7, 0, 0, false);
    hideMore(sequence, run, { peer: 2, seq: 5, step: 0 });
    expect(sequence.length).toBe(2);
    expect(isHiddenBy(sequence, run, 2, 5)).toBe(true);
    expect(show(sequence, run, 1, 7)).toBe(false);
    expect(show(sequence, run, 2, 5)).toBe(true);
    expect(sequence.length).toBe(3);
    expect(isHiddenBy(sequence, run, 2, 5)).toBe(false);
  });
});
