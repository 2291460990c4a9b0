import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Stamp } from '../../core/ids.ts';
import { testEnv } from '../../testing/env.ts';
import { testReplicaId } from '../../testing/replicas.ts';
import type { TextMut, TextOp } from './op.ts';
import { textType } from './text.ts';

/** Real keystrokes, kept beside the project: too large to be part of it. */
const folder = new URL('../../../../../../shared/traces/', import.meta.url);

interface Txn {
  readonly patches: readonly (readonly [position: number, deleted: number, inserted: string])[];
  /** In the concurrent trace: the transactions that this one builds on. */
  readonly parents: readonly number[];
  readonly agent: number;
}

interface Trace {
  readonly startContent?: string;
  readonly endContent: string;
  readonly txns: readonly Txn[];
}

const type = textType();

/** One author, with the ops that the others will get. */
class Author {
  readonly state = type.create(testEnv());
  readonly ops: { op: TextOp; stamp: Stamp }[] = [];
  readonly mut: TextMut;
  lamport = 0;
  /** Of each author, how many transactions are here. */
  readonly seen: number[];
  /** The length of `ops` after each transaction. */
  readonly ends: number[] = [];

  constructor(index: number, authors: number) {
    this.seen = new Array<number>(authors).fill(0);
    const replica = testReplicaId(index);
    let seq = 0;
    const emit = (op: TextOp) => {
      const stamp = { id: { replica, seq }, lamport: this.lamport + 1 };
      seq += type.width(op);
      this.ops.push({ op, stamp });
      this.take(op, stamp);
      return stamp.id;
    };
    this.mut = type.mutate({ state: this.state, replica, emit });
  }

  take(op: TextOp, stamp: Stamp): void {
    type.apply(this.state, op, stamp);
    this.lamport = Math.max(this.lamport, stamp.lamport + type.width(op) - 1);
  }

  play(txn: Pick<Txn, 'patches'>): void {
    for (const [position, deleted, inserted] of txn.patches) {
      if (deleted > 0) this.mut.delete(position, deleted);
      this.mut.insert(position, inserted);
    }
    this.ends.push(this.ops.length);
  }

  /** Takes the first `count` transactions of author number `index`. */
  catchUp(other: Author, index: number, count: number): void {
    const from = this.seen[index] ?? 0;
    if (other === this || count <= from) return;
    const ops = other.ops.slice(from === 0 ? 0 : other.ends[from - 1], other.ends[count - 1]);
    for (const { op, stamp } of ops) this.take(op, stamp);
    this.seen[index] = count;
  }

  get text(): string {
    return type.view(this.state).text;
  }
}

function read(name: string): Trace {
  return JSON.parse(gunzipSync(readFileSync(new URL(`${name}.json.gz`, folder))).toString());
}

const title = 'real editing sessions (skipped without ../shared/traces)';
describe.skipIf(!existsSync(folder))(title, { timeout: 120_000 }, () => {
  it.for(['automerge-paper', 'rustcode', 'sveltecomponent', 'friendsforever_flat'])(
    '%s ends as its author left it, at a replica that hears it, too',
    (name) => {
      const { startContent = '', endContent, txns } = read(name);
      const [author, reader] = [new Author(0, 2), new Author(1, 2)];
      author.play({ patches: [[0, 0, startContent]] });
      for (const txn of txns) author.play(txn);
      expect(author.text === endContent).toBe(true);
      reader.catchUp(author, 0, author.ends.length);
      expect(reader.text === endContent).toBe(true);
    },
  );

  it('friendsforever, typed by two at once, merges to the one right end', () => {
    const { endContent, txns } = read('friendsforever');
    const authors = [new Author(0, 2), new Author(1, 2)];
    // What each transaction knew, and itself: of each author so many transactions.
    const versions: number[][] = [];
    for (const txn of txns) {
      const author = authors[txn.agent] as Author;
      const known = [0, 1].map((a) => Math.max(0, ...txn.parents.map((p) => versions[p]?.[a] ?? 0)));
      expect(known[txn.agent]).toBe(author.ends.length);
      authors.forEach((other, a) => {
        // Knowledge grows with each transaction of an author, so playing them in order asks for no way back.
        author.catchUp(other, a, known[a] as number);
        if (other !== author) expect(author.seen[a]).toBe(known[a]);
      });
      author.play(txn);
      versions.push(known.with(txn.agent, author.ends.length));
    }
    for (const author of authors) {
      authors.forEach((other, a) => {
        author.catchUp(other, a, other.ends.length);
      });
      expect(author.text === endContent).toBe(true);
    }
  });
});
