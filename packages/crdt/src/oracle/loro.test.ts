import { LoroDoc } from 'loro-crdt';
import { expect, test } from 'vitest';
import { formatId } from '../core/ids.ts';
import { Doc } from '../doc/doc.ts';
import { text } from '../schema/builders.ts';
import { object } from '../schema/schema.ts';
import { forSeeds, type Random } from '../testing/random.ts';
import { testReplicaId } from '../testing/replicas.ts';
import type { TextOp } from '../types/text/op.ts';
import { opLog } from './document.ts';
import { type SiblingOrder, treeOrder } from './sequence.ts';
import type { Stamped } from './stamped.ts';
import { elementsOf, textCells } from './text.ts';

/*
 * Loro's text is a Fugue tree too, but it sorts siblings by peer alone, on both sides alike. So the judge reads our
 * ops (parents and sides) with Loro's order of siblings, and must get Loro's text. Our own order of siblings is judged
 * by the model. A history ends where the two orders make people see different texts: from then on they would type
 * into different gaps.
 */

const schema = object({ body: text() });
const byReplica: SiblingOrder = (a, b) => (a.id.replica < b.id.replica ? -1 : 1);

/** One person who types the same into a document of ours and into one of Loro's. */
class Writer {
  readonly doc: Doc<typeof schema>;
  readonly loro = new LoroDoc();

  constructor(index: number) {
    this.doc = new Doc(schema, { replica: testReplicaId(index) });
    this.loro.setPeerId(BigInt(index + 1));
  }

  get #body() {
    return this.loro.getText('body');
  }

  type(random: Random, letters: string): void {
    const { length } = this.doc.view.body;
    const index = random.int(length + 1);
    const count = Math.min(length - index, random.chance(0.3) ? 1 + random.int(3) : 0);
    this.doc.change((root) => {
      if (count > 0) root.body.delete(index, count);
      else root.body.insert(index, letters);
    });
    if (count > 0) this.#body.delete(index, count);
    else this.#body.insert(index, letters);
    this.loro.commit();
  }

  learnFrom(other: Writer): void {
    this.doc.apply(other.doc.changesSince(this.doc.version).map(({ bytes }) => bytes));
    this.loro.import(other.loro.export({ mode: 'update', from: this.loro.version() }));
  }

  /** Throws unless our tree read as Loro reads it is Loro's text. Returns whether both also show the same. */
  agrees(): boolean {
    const log = opLog(schema, this.doc.changesSince(new Map()));
    const ops = (log.get('body')?.ops ?? []) as readonly Stamped<TextOp>[];
    const gone = new Set(textCells(ops).flatMap(({ id, visible }) => (visible ? [] : [id])));
    const read = treeOrder(ops.flatMap(elementsOf), { left: byReplica, right: byReplica })
      .filter(({ stamp }) => !gone.has(formatId(stamp.id)))
      .map(({ item }) => (item.type === 'char' ? item.char : ''))
      .join('');
    const theirs = this.#body.toString();
    if (read !== theirs) throw new Error(`our tree reads ${read}, Loro has ${theirs}`);
    return this.doc.view.body.text === theirs;
  }
}

/** Returns how many times a text was judged. */
function play(random: Random): number {
  const writers = Array.from({ length: 2 + random.int(3) }, (_, i) => new Writer(i));
  let next = 0x4e00;
  const letters = () => Array.from({ length: 1 + random.int(4) }, () => String.fromCharCode(next++)).join('');
  const first = writers[0] as Writer;
  for (let step = random.int(12); step > 0; step--) first.type(random, letters());
  for (const other of writers) other.learnFrom(first);
  let judged = 0;
  for (let step = 0; step < 60; step++) {
    const writer = random.pick(writers);
    if (random.chance(0.7)) writer.type(random, letters());
    else {
      writer.learnFrom(random.pick(writers));
      judged++;
      if (!writer.agrees()) break;
    }
  }
  return judged;
}

test('[RGA1] text hangs where Loro hangs it', () => {
  let judged = 0;
  forSeeds(40, (random) => {
    judged += play(random);
  });
  expect(judged).toBeGreaterThan(300);
});
