import type { CrdtType } from '../core/crdt-type.ts';
import type { VersionVector } from '../core/version.ts';
import { Doc } from '../doc/doc.ts';
import { loadDoc, saveDoc } from '../doc/file.ts';
import { at } from '../doc/history.ts';
import { type Leaf, leaf, type ObjectNode, object, type SchemaNode } from '../schema/schema.ts';
import type { LawCounter } from './law-report.ts';
import type { Random } from './random.ts';
import { testReplicaId, viewText } from './replicas.ts';

/** The laws that need a document: change bytes that come late, twice or from a file; undo through the document. */

type OneField<View, Mut> = ObjectNode<{ readonly it: Leaf<View, Mut> }>;

/** Some documents with one field of the type, and all changes that they made. */
class Documents<View, Mut> {
  readonly schema: OneField<View, Mut>;
  readonly docs: readonly Doc<OneField<View, Mut>>[];
  readonly sent: Uint8Array[] = [];
  readonly #random: Random;
  readonly #act: (mut: Mut, random: Random) => void;
  #now = 1_000_000;

  constructor(
    schema: OneField<View, Mut>,
    act: (mut: Mut, random: Random) => void,
    random: Random,
    count: number,
  ) {
    this.schema = schema;
    this.#act = act;
    this.#random = random;
    this.docs = Array.from({ length: count }, (_, i) => this.open(i));
  }

  open(replica: number): Doc<OneField<View, Mut>> {
    return new Doc(this.schema, this.options(replica));
  }

  options(replica: number) {
    return { replica: testReplicaId(replica), now: () => this.#now };
  }

  edit(doc: Doc<OneField<View, Mut>>, edits = 1 + this.#random.int(2)): void {
    this.#now += this.#random.int(2000);
    const made = doc.change((root) => {
      const { it } = root as unknown as { readonly it: Mut };
      for (let n = edits; n > 0; n--) this.#act(it, this.#random);
    });
    if (made !== null) this.sent.push(made.bytes);
  }

  /** Some of what was ever sent, in any order, known or not. */
  receive(doc: Doc<OneField<View, Mut>>, count: number): void {
    if (this.sent.length === 0) return;
    expectTaken(doc.apply(Array.from({ length: count }, () => this.#random.pick(this.sent))));
  }
}

export function checkInDocuments<State, Op, View, Mut, Patch>(
  type: CrdtType<State, Op, View, Mut, Patch>,
  act: (mut: Mut, random: Random) => void,
  look: (view: View) => unknown,
  random: Random,
  laws: LawCounter,
): void {
  const all = new Documents<View, Mut>(object({ it: leaf(type) }), act, random, 3);
  const [doc, other] = all.docs as [Doc<OneField<View, Mut>>, Doc<OneField<View, Mut>>];
  const past: (readonly [VersionVector, string])[] = [];
  for (let step = 0; step < 24; step++) {
    const one = random.pick(all.docs);
    if (random.chance(0.5)) all.edit(one);
    else all.receive(one, 1 + random.int(3));
    if (one === doc) past.push([new Map(doc.version), viewText(doc.view)]);
  }
  for (const each of all.docs) expectTaken(each.apply(random.shuffle(all.sent)));
  for (const [version, shown] of random.shuffle(past).slice(0, 3))
    laws.check('past versions', () => {
      const is = viewText(at(doc, version));
      if (is !== shown) throw new Error(`${is} instead of ${shown}`);
    });
  for (const twin of all.docs) laws.check('reordering', () => expectSame(twin, doc));
  laws.check('duplication', () => {
    const late = all.open(9);
    for (let left = random.shuffle([...all.sent, ...all.sent, ...all.sent]); left.length > 0; )
      expectTaken(late.apply(left.splice(0, 1 + random.int(9))));
    expectSame(late, doc);
  });
  laws.check('idempotence', () => checkAgain(doc, random.shuffle(all.sent)));
  for (const history of [true, false]) {
    laws.check('save and load', () => {
      const loaded = loadDoc(all.schema, saveDoc(doc, { history }), all.options(history ? 7 : 8));
      expectSame(loaded, doc);
      all.edit(other);
      for (const twin of [loaded, doc]) expectTaken(twin.apply(all.sent));
      expectSame(loaded, doc);
    });
  }
  const shown = (): string => viewText(look((doc.view as { readonly it: View }).it));
  laws.check('undo and redo', () => checkUndo(doc, () => all.edit(doc), shown));
}

/** What is known already changes nothing, and nobody hears of it. */
function checkAgain<S extends SchemaNode>(doc: Doc<S>, sent: readonly Uint8Array[]): void {
  const before = { view: doc.view, hash: doc.stateHash() };
  let events = 0;
  const stop = doc.subscribe(() => events++);
  const { applied } = doc.apply(sent);
  stop();
  if (applied > 0 || events > 0) throw new Error(`${applied} known changes were applied, ${events} told`);
  if (doc.view !== before.view || doc.stateHash() !== before.hash)
    throw new Error('known changes changed something');
}

function checkUndo<S extends SchemaNode>(doc: Doc<S>, edit: () => void, shown: () => string): void {
  const views = [shown()];
  for (let i = 0; i < 3; i++) {
    const before = doc.version.get(doc.replica);
    doc.closeUndoStep();
    edit();
    if (doc.version.get(doc.replica) !== before) views.push(shown());
  }
  const steps = views.length - 1;
  for (let i = steps - 1; i >= 0; i--) {
    doc.undo();
    if (shown() !== views[i]) throw new Error(`undo gives ${shown()} instead of ${views[i]}`);
  }
  for (let i = 1; i <= steps; i++) {
    doc.redo();
    if (shown() !== views[i]) throw new Error(`redo gives ${shown()} instead of ${views[i]}`);
  }
}

function expectTaken({ rejected }: { readonly rejected: readonly { readonly reason: string }[] }): void {
  const [first] = rejected;
  if (first !== undefined) throw new Error(`an honest change was set aside: ${JSON.stringify(first)}`);
}

function expectSame<S extends SchemaNode>(is: Doc<S>, due: Doc<S>): void {
  if (is.parked > 0) throw new Error(`${is.parked} changes wait for ever`);
  const [shown, expected] = [viewText(is.view), viewText(due.view)];
  if (shown !== expected) throw new Error(`a document shows ${shown}, another ${expected}`);
  if (is.stateHash() !== due.stateHash()) throw new Error('equal views, but not equal hashes');
}
