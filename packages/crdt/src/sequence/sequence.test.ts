import { describe, expect, it } from 'vitest';
import { formatId, type Id, type ReplicaId, replicaId, type Stamp } from '../core/ids.ts';
import { forSeeds, seededRandom } from '../testing/random.ts';
import type { Origin } from './block.ts';
import { type ContentRules, Sequence } from './index.ts';
import { TwinSequence } from './twin.ts';

const strings: ContentRules<string> = {
  split: (content, at) => [content.slice(0, at), content.slice(at)],
  join: (left, right) => left + right,
};

type Op =
  | { type: 'insert'; stamp: Stamp; origin: Origin; text: string }
  | { type: 'delete'; ids: { id: Id; length: number }[]; by: Id };

/** One replica: the sequence, its twin, and what the document would keep. */
class Site {
  readonly sequence = new Sequence<string>(strings);
  readonly twin = new TwinSequence<string>();
  readonly log: { op: Op; from: Site; deps: Map<Site, number> }[] = [];
  readonly seen = new Map<Site, number>();
  readonly replica: ReplicaId;
  lamport = 0;
  seq = 0;
  #typed: Id | null = null;

  constructor(n: number) {
    this.replica = replicaId(n.toString(16).padStart(16, '0'));
  }

  issue(op: Op, lamport: number): void {
    this.log.push({ op, from: this, deps: new Map(this.seen) });
    this.apply(op, lamport);
    this.seen.set(this, this.log.length);
  }

  type(index: number, text: string): void {
    const stamp = { id: { replica: this.replica, seq: this.seq }, lamport: this.lamport + 1 };
    this.seq += text.length;
    this.#typed = { replica: this.replica, seq: this.seq - 1 };
    const origin = this.sequence.originAt(index);
    const left = index === 0 ? null : (this.twin.visible()[index - 1] ?? null);
    expect(origin).toEqual(this.twin.originAfter(left));
    this.issue({ type: 'insert', stamp, origin, text }, this.lamport + text.length);
  }

  /** The index after what was typed here last. */
  caret(): number {
    const spot = this.#typed && this.sequence.find(this.#typed);
    return spot ? this.sequence.indexOf(spot) + 1 : 0;
  }

  erase(index: number, count: number): void {
    const ids = [];
    for (let i = 0; i < count; i++) ids.push({ id: this.sequence.idAt(index + i), length: 1 });
    this.issue({ type: 'delete', ids, by: { replica: this.replica, seq: this.seq++ } }, this.lamport + 1);
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
    if (op.type === 'insert') {
      this.sequence.insert(op.stamp, op.origin, op.text.length, op.text);
      this.twin.insert(op.stamp, op.origin, [...op.text]);
    } else {
      for (const { id, length } of op.ids) {
        for (const block of this.sequence.isolate({ ...id, length })) {
          this.sequence.setDeletes(block, [...block.deletes, op.by]);
        }
        this.twin.node(id).deletes.add(formatId(op.by));
      }
    }
  }

  check(): void {
    const visible = this.twin.visible();
    expect(this.text()).toBe(visible.map((node) => node.value).join(''));
    expect(this.sequence.length).toBe(visible.length);
    const ids = visible.map((node) => node.stamp.id);
    expect([...this.sequence.ids()]).toEqual(ids);
    ids.forEach((id, i) => {
      expect(this.sequence.idAt(i)).toEqual(id);
      const spot = this.sequence.find(id);
      expect(spot && this.sequence.indexOf(spot)).toBe(i);
    });
    expect(this.everything()).toEqual(this.twin.all().map((node) => formatId(node.stamp.id)));
  }

  text(): string {
    let text = '';
    for (let b = this.sequence.first; b !== null; b = b.next) if (b.visible > 0) text += b.content;
    return text;
  }

  everything(): string[] {
    const ids = [];
    for (let b = this.sequence.first; b !== null; b = b.next) {
      for (let i = 0; i < b.length; i++) ids.push(formatId(b.idAt(i)));
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

describe('Sequence', { timeout: 60_000 }, () => {
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

  it('is one block for a passage typed forwards, and finds every id of it', () => {
    const site = new Site(1);
    for (let i = 0; i < 1000; i++) site.type(i, String(i % 10));
    expect(site.sequence.first?.next).toBeNull();
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
          site.erase(index, 1 + random.int(Math.min(4, length - index)));
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

  it('orders ids by place, tombstones included, also across leaves', () => {
    const site = new Site(1);
    const { int: below } = seededRandom(7);
    for (let i = 0; i < 400; i++) site.type(below(site.sequence.length + 1), 'x');
    for (let i = 0; i < 100; i++) site.erase(below(site.sequence.length), 1);
    site.check();
    const spots = site.twin.all().map((node) => site.sequence.find(node.stamp.id));
    for (let i = 0; i < 2000; i++) {
      const [a, b] = [below(spots.length), below(spots.length)];
      const [left, right] = [spots[a], spots[b]];
      if (!left || !right) throw new Error('an element is missing');
      expect(Math.sign(site.sequence.compare(left, right))).toBe(Math.sign(a - b));
    }
  });

  it('hides and shows single elements by id', () => {
    const site = new Site(1);
    site.type(0, 'abc');
    const id = site.sequence.idAt(1);
    site.sequence.hide(id);
    expect([site.text(), site.sequence.length]).toEqual(['ac', 2]);
    site.sequence.show(id);
    expect([site.text(), site.sequence.length]).toEqual(['abc', 3]);
    expect(() => site.sequence.hide({ ...id, seq: 99 })).toThrow(RangeError);
  });

  it('refuses a parent that it does not know, and a left child of the origin', () => {
    const { sequence, replica } = new Site(1);
    const stamp = { id: { replica, seq: 0 }, lamport: 1 };
    expect(() => sequence.insert(stamp, { parent: { replica, seq: 9 }, side: 'R' }, 1, 'a')).toThrow(
      RangeError,
    );
    expect(() => sequence.insert(stamp, { parent: null, side: 'L' }, 1, 'a')).toThrow(RangeError);
    expect(() => sequence.at(0)).toThrow(RangeError);
  });
});
