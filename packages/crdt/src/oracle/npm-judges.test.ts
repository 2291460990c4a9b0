import * as A from '@automerge/automerge';
import { Model } from 'json-joy/lib/json-crdt/index.js';
import { Patch as JoyPatch, s } from 'json-joy/lib/json-crdt-patch/index.js';
import { LoroDoc } from 'loro-crdt';
import { describe, expect, test } from 'vitest';
import { Doc } from '../doc/doc.ts';
import { text } from '../schema/builders.ts';
import { object } from '../schema/schema.ts';
import { forSeeds, type Random } from '../testing/random.ts';
import { testReplicaId } from '../testing/replicas.ts';

/*
 * Other people's libraries as judges. Everybody inserts into one gap without hearing of the others, letter by letter in
 * an order of their own (a build order); then all merge. Which passage comes first is a matter of ids that each library
 * draws in its own way, so each judge sorts its users as ours are sorted: by the number of the user.
 */

/** One letter typed at a visible index. */
interface Keystroke {
  readonly index: number;
  readonly letter: string;
}

interface Judge {
  readonly name: string;
  /** What everybody sees after all typed their `scripts` into `base` and heard of each other. */
  merge(base: string, scripts: readonly (readonly Keystroke[])[]): string;
}

function ours(order: 'rga' | 'rga+side'): Judge {
  const schema = object({ body: text({ order }) });
  return {
    name: `ours (${order})`,
    merge(base, scripts) {
      const first = new Doc(schema, { replica: testReplicaId(1000) });
      const start = first.change((root) => root.body.insert(0, base));
      const docs = scripts.map((script, user) => {
        const doc = new Doc(schema, { replica: testReplicaId(user) });
        if (start) doc.apply([start.bytes]);
        for (const { index, letter } of script) doc.change((root) => root.body.insert(index, letter));
        return doc;
      });
      const all = docs.flatMap((doc) => doc.changesSince(first.version).map(({ bytes }) => bytes));
      const views = [first, ...docs].map((doc) => {
        doc.apply(all);
        return doc.view.body.text;
      });
      expect(new Set(views).size).toBe(1);
      return views[0] as string;
    },
  };
}

const automerge: Judge = {
  name: 'Automerge',
  merge(base, scripts) {
    const actor = (n: number) => n.toString(16).padStart(32, '0');
    const first = A.from({ body: base }, { actor: actor(1000) });
    const docs = scripts.map((script, user) => {
      let doc = A.clone(first, { actor: actor(user + 1) });
      for (const { index, letter } of script) {
        doc = A.change(doc, (draft) => A.splice(draft, ['body'], index, 0, letter));
      }
      return doc;
    });
    return docs.reduce((merged, doc) => A.merge(merged, doc), first).body;
  },
};

const jsonJoy: Judge = {
  name: 'json-joy',
  merge(base, scripts) {
    const first = Model.create(s.str(''), 999_999);
    first.api.flush();
    first.api.str([]).ins(0, base);
    first.api.flush();
    const patches = scripts.flatMap((script, user) => {
      const fork = first.fork(100_000 + user);
      return script.map(({ index, letter }) => {
        fork.api.str([]).ins(index, letter);
        return fork.api.flush().toBinary();
      });
    });
    for (const patch of patches) first.applyPatch(JoyPatch.fromBinary(patch));
    return String(first.view());
  },
};

const loro: Judge = {
  name: 'Loro',
  merge(base, scripts) {
    const first = new LoroDoc();
    first.setPeerId(9999n);
    first.getText('body').insert(0, base);
    first.commit();
    const start = first.export({ mode: 'update' });
    const updates = scripts.map((script, user) => {
      const doc = new LoroDoc();
      doc.setPeerId(BigInt(user + 1));
      doc.import(start);
      for (const { index, letter } of script) {
        doc.getText('body').insert(index, letter);
        doc.commit();
      }
      return doc.export({ mode: 'update', from: first.version() });
    });
    for (const update of updates) first.import(update);
    return first.getText('body').toString();
  },
};

/** All orders in which a passage can be typed. */
function permutations(items: readonly number[]): number[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item) =>
    permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]),
  );
}

/** The keystrokes that build `letters` into the gap at `gap`, the letters in the order that `order` names. */
function building(letters: string, order: readonly number[], gap: number): Keystroke[] {
  const there: number[] = [];
  return order.map((place) => {
    const before = there.filter((other) => other < place).length;
    there.push(place);
    return { index: gap + before, letter: letters[place] as string };
  });
}

const ORDERS = permutations([0, 1, 2]);
/** Two users write three letters each; every pair of build orders. */
const TWO_USERS = ORDERS.flatMap((one) =>
  ORDERS.map((two) => [building('abc', one, 1), building('xyz', two, 1)] as const),
);

/** Whether the letters of nobody stand between the letters of somebody else. */
function interleaves(merged: string, passages: readonly string[]): boolean {
  return passages.some((passage) => !merged.includes(passage));
}

/** A short text and a gap in it, where three users build passages of up to six letters. */
function randomScripts(random: Random): { base: string; scripts: Keystroke[][] } {
  const base = 'BASE'.slice(0, 1 + random.int(4));
  const gap = random.int(base.length + 1);
  const scripts = ['abcdef', 'mnopqr', 'uvwxyz'].map((alphabet) => {
    const letters = alphabet.slice(0, 1 + random.int(6));
    const order = random.shuffle(Array.from(letters, (_, i) => i));
    return building(letters, order, gap);
  });
  return { base, scripts };
}

function expectEqual(
  judge: Judge,
  ourOrder: Judge,
  base: string,
  scripts: readonly (readonly Keystroke[])[],
): void {
  expect(ourOrder.merge(base, scripts), `${judge.name}: ${JSON.stringify({ base, scripts })}`).toBe(
    judge.merge(base, scripts),
  );
}

/** Somebody who writes on and hears of others now and then: one element an edit, so that all clocks count alike. */
interface Author {
  insert(index: number, letter: string): void;
  remove(index: number): void;
  /** Everything that `other`, of the same library, has. */
  learn(other: Author): void;
  text(): string;
}

const rgaSchema = object({ body: text({ order: 'rga' }) });

class OurAuthor implements Author {
  readonly doc: Doc<typeof rgaSchema>;

  constructor(user: number) {
    this.doc = new Doc(rgaSchema, { replica: testReplicaId(user) });
  }

  insert(index: number, letter: string): void {
    this.doc.change((root) => root.body.insert(index, letter));
  }

  remove(index: number): void {
    this.doc.change((root) => root.body.delete(index, 1));
  }

  learn(other: OurAuthor): void {
    this.doc.apply(other.doc.changesSince(this.doc.version).map(({ bytes }) => bytes));
  }

  text(): string {
    return this.doc.view.body.text;
  }
}

class AutomergeAuthor implements Author {
  doc: A.Doc<{ body: string }>;

  constructor(user: number) {
    const made = A.change(A.init<{ body: string }>({ actor: 'ff'.repeat(16) }), { time: 0 }, (doc) => {
      doc.body = '';
    });
    this.doc = A.load(A.save(made), { actor: (user + 1).toString(16).padStart(32, '0') });
  }

  insert(index: number, letter: string): void {
    this.doc = A.change(this.doc, (draft) => A.splice(draft, ['body'], index, 0, letter));
  }

  remove(index: number): void {
    this.doc = A.change(this.doc, (draft) => A.splice(draft, ['body'], index, 1));
  }

  learn(other: AutomergeAuthor): void {
    this.doc = A.merge(this.doc, other.doc);
  }

  text(): string {
    return this.doc.body;
  }
}

class JsonJoyAuthor implements Author {
  readonly model;
  readonly patches: { by: number; bytes: Uint8Array }[] = [];
  readonly #user: number;

  constructor(user: number) {
    this.#user = user;
    this.model = Model.create(s.str(''), 100_000 + user);
    this.model.api.flush();
  }

  insert(index: number, letter: string): void {
    this.model.api.str([]).ins(index, letter);
    this.#keep();
  }

  remove(index: number): void {
    this.model.api.str([]).del(index, 1);
    this.#keep();
  }

  learn(other: JsonJoyAuthor): void {
    // In the order in which the other came to know them, which is causal; patches are told apart by their bytes.
    const known = new Set(this.patches.map(({ bytes }) => bytes));
    for (const patch of other.patches) {
      if (known.has(patch.bytes)) continue;
      this.model.applyPatch(JoyPatch.fromBinary(patch.bytes));
      this.patches.push(patch);
    }
  }

  text(): string {
    return String(this.model.view());
  }

  #keep(): void {
    this.patches.push({ by: this.#user, bytes: this.model.api.flush().toBinary() });
  }
}

/** Returns how many texts were compared. */
function playSession<T extends Author>(random: Random, create: (user: number) => T): number {
  const users = 2 + random.int(3);
  const pairs = Array.from({ length: users }, (_, i) => ({ ours: new OurAuthor(i), theirs: create(i) }));
  let letter = 0x4e00;
  let judged = 0;
  for (let step = 0; step < 80; step++) {
    const { ours, theirs } = random.pick(pairs);
    const { length } = ours.text();
    const kind = random.int(8);
    if (kind < 2) {
      const from = random.pick(pairs);
      if (from.ours === ours) continue;
      ours.learn(from.ours);
      theirs.learn(from.theirs);
    } else if (length > 0 && kind < 4) {
      const index = random.int(length);
      ours.remove(index);
      theirs.remove(index);
    } else {
      const index = random.int(Math.min(length, 6) + 1);
      const typed = String.fromCharCode(letter++);
      ours.insert(index, typed);
      theirs.insert(index, typed);
    }
    if (ours.text() !== theirs.text())
      throw new Error(`step ${step}: ours ${ours.text()}, theirs ${theirs.text()}`);
    judged++;
  }
  return judged;
}

describe('the order `rga` is that of', () => {
  const rga = ours('rga');
  test.for([automerge, jsonJoy])('[RGA2] $name, in all 36 build orders of two users in one gap', (judge) => {
    for (const scripts of TWO_USERS) expectEqual(judge, rga, '<>', scripts);
  });

  test('[RGA2] Automerge and json-joy, while two to four users type, delete and merge', () => {
    let judged = 0;
    forSeeds(60, (random) => {
      judged += playSession(random, (user) => new AutomergeAuthor(user));
    });
    forSeeds(120, (random) => {
      judged += playSession(random, (user) => new JsonJoyAuthor(user));
    });
    expect(judged).toBeGreaterThan(8000);
  });

  test.for([automerge, jsonJoy])('[RGA2] $name, in random gaps of three users', (judge) => {
    forSeeds(150, (random) => {
      const { base, scripts } = randomScripts(random);
      expectEqual(judge, rga, base, scripts);
    });
  });
});

describe('interleaving, in all 36 build orders of two users in one gap', () => {
  const count = (judge: Judge) =>
    TWO_USERS.filter((scripts) => interleaves(judge.merge('<>', scripts), ['abc', 'xyz'])).length;

  test('[RGA3] never with the side bit, as in Loro; in 24 without, as in Automerge and json-joy', () => {
    const counts = [ours('rga+side'), loro, ours('rga'), automerge, jsonJoy].map((judge) => [
      judge.name,
      count(judge),
    ]);
    expect(counts).toEqual([
      ['ours (rga+side)', 0],
      ['Loro', 0],
      ['ours (rga)', 24],
      ['Automerge', 24],
      ['json-joy', 24],
    ]);
  });

  test('[RGA3] never with the side bit, for three users in random build orders', () => {
    const side = ours('rga+side');
    forSeeds(150, (random) => {
      const scripts = ['abc', 'mno', 'xyz'].map((letters) => building(letters, random.pick(ORDERS), 1));
      const merged = side.merge('<>', scripts);
      expect(interleaves(merged, ['abc', 'mno', 'xyz']), merged).toBe(false);
    });
  });
});
