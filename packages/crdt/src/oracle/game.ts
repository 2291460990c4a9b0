import type { ReplicaId } from '../core/ids.ts';
import { Doc } from '../doc/doc.ts';
import { loadDoc, saveDoc } from '../doc/file.ts';
import type { Random } from '../testing/random.ts';
import { testReplicaId, viewText } from '../testing/replicas.ts';
import { ROOT, type TreeOp } from '../types/tree/op.ts';
import { containerViews, documentView, type OpLog, opLog } from './document.ts';
import { edit, Intent } from './edits.ts';
import { type EveryView, everyType } from './every-type.ts';
import { checkIntentions } from './intentions.ts';
import { Copies } from './patches.ts';
import type { Stamped } from './stamped.ts';
import { replayMoves } from './tree.ts';

type EveryDoc = Doc<typeof everyType>;

interface Player {
  readonly replica: ReplicaId;
  doc: EveryDoc;
  copies: Copies;
  /** Changes on their way to this player. */
  inbox: Uint8Array[];
  /** Cut off: nothing reaches it, nothing leaves it. */
  away: boolean;
  /** Written while away. */
  outbox: Uint8Array[];
}

/** Some replicas of one document that edit at random over a bad network, each step held against the models. */
export class Game {
  readonly players: Player[];
  readonly intent = new Intent();
  /** Situations that came up: a play that never gets into trouble proves nothing. */
  readonly met = new Set<string>();
  readonly #random: Random;
  readonly #undo: boolean;
  #now = 1_000_000;

  constructor(random: Random, replicas: number, undo: boolean) {
    this.#random = random;
    this.#undo = undo;
    this.players = Array.from({ length: replicas }, (_, i) => {
      const replica = testReplicaId(i);
      const doc = new Doc(everyType, this.#options(replica));
      const player = { replica, doc, copies: new Copies(everyType), inbox: [], away: false, outbox: [] };
      this.#listen(player);
      return player;
    });
  }

  step(): void {
    const random = this.#random;
    const player = random.pick(this.players);
    const kind = random.int(100);
    if (kind < 50) this.#edit(player);
    else if (kind < 58 && this.#undo) {
      if (random.chance(0.6) ? player.doc.undo() : player.doc.redo()) this.met.add('undo');
    } else if (kind < 85) this.#receive(player);
    else if (kind < 88) this.#sync(player, random.pick(this.players));
    else if (kind < 90) this.#reload(player);
    else if (kind < 91) this.#failedChange(player);
    else if (kind < 93) this.#toggle(player);
    else if (kind < 98) this.check(player);
    this.#now += random.int(800);
  }

  /** The document against the models of the same changes, and the copies against both. */
  check({ doc, copies }: Player): void {
    const log = opLog(everyType, doc.changesSince(new Map()));
    const views = containerViews(log);
    expectView('the model', doc.view, documentView(everyType, views) as EveryView);
    copies.expect(views);
    checkIntentions(doc, log);
    this.#look(log, doc.view);
  }

  /** Everything reaches everybody; then all show the same, and what the models say. */
  settle(): void {
    for (const player of this.players) if (player.away) this.#toggle(player);
    for (const to of this.players) {
      if (this.#random.chance(0.5)) this.#take(to, this.#random.shuffle(to.inbox.splice(0)));
      for (const from of this.players) this.#sync(to, from);
    }
    for (const to of this.players) for (const from of this.players) this.#sync(to, from);
    const [first, ...others] = this.players as [Player, ...Player[]];
    this.check(first);
    for (const { doc, copies } of others) {
      expectView('two replicas', doc.view, first.doc.view);
      if (doc.stateHash() !== first.doc.stateHash()) throw new Error('equal views, but not equal hashes');
      if (doc.parked > 0) throw new Error('something is still parked');
      copies.expect(containerViews(opLog(everyType, doc.changesSince(new Map()))));
    }
    this.#joinLate(first.doc);
    if (!this.#undo) this.#checkLetters(first.doc);
  }

  /** Undo and redo of one replica while nobody else writes are neutral. */
  checkUndo(): void {
    const { doc } = this.#random.pick(this.players);
    const shown = [look(doc.view)];
    doc.closeUndoStep();
    for (let i = 0; i < 4; i++) {
      if (doc.change((root) => edit(root, this.#random, this.intent)) === null) continue;
      doc.closeUndoStep();
      shown.push(look(doc.view));
    }
    const steps = shown.length - 1;
    for (let i = steps - 1; i >= 0; i--) {
      doc.undo();
      expectView('undo', look(doc.view), shown[i] as EveryView);
    }
    // Further back, others wrote in between: what is shown there is theirs to say, but redo must come back from it.
    let older = 0;
    while (older < 6 && doc.undo() !== null) older++;
    for (let i = 0; i < older; i++) doc.redo();
    expectView(`${older} older undos and redos`, look(doc.view), shown[0] as EveryView);
    for (let i = 1; i <= steps; i++) {
      doc.redo();
      expectView('redo', look(doc.view), shown[i] as EveryView);
    }
  }

  #edit({ doc }: Player): void {
    const random = this.#random;
    doc.change(
      (root) => {
        for (let n = 1 + random.int(3); n > 0; n--) edit(root, random, this.intent);
      },
      { label: random.pick(['Edit', 'Move']), undoable: random.chance(0.9) },
    );
  }

  #failedChange({ doc }: Player): void {
    const before = [viewText(doc.view), doc.stateHash()];
    const error = new Error('the app changed its mind');
    const scratch = new Intent();
    try {
      doc.change((root) => {
        for (let n = 1 + this.#random.int(3); n > 0; n--) edit(root, this.#random, scratch);
        throw error;
      });
    } catch (thrown) {
      if (thrown !== error) throw thrown;
    }
    expectText('after a failed change', viewText(doc.view), before[0] as string);
    expectText('hash after a failed change', doc.stateHash(), before[1] as string);
  }

  /** Some of what is on its way, in any order; some of it comes again later. */
  #receive(to: Player): void {
    if (to.away) return;
    const random = this.#random;
    const arriving = random.shuffle(to.inbox);
    const now = arriving.splice(0, 1 + random.int(6));
    to.inbox = [...arriving, ...now.filter(() => random.chance(0.2))];
    if (random.chance(0.03)) to.inbox.pop();
    this.#take(to, now);
  }

  #take(to: Player, changes: readonly Uint8Array[]): void {
    const { rejected, parked, known } = to.doc.apply(changes);
    if (parked > 0) this.met.add('parked change');
    if (known > 0) this.met.add('known change');
    if (rejected.length > 0)
      throw new Error(`rejected: ${rejected.map((r) => `${r.reason} ${r.detail}`).join()}`);
  }

  #sync(to: Player, from: Player): void {
    if (to.away || from.away) return;
    this.#take(
      to,
      from.doc.changesSince(to.doc.version).map(({ bytes }) => bytes),
    );
  }

  #toggle(player: Player): void {
    player.away = !player.away;
    if (player.away) return;
    for (const bytes of player.outbox.splice(0)) this.#post(player, bytes);
  }

  #post(from: Player, bytes: Uint8Array): void {
    for (const to of this.players) if (to !== from) to.inbox.push(bytes);
  }

  #reload(player: Player): void {
    const loaded = loadDoc(everyType, saveDoc(player.doc), this.#options(player.replica));
    expectView('after load', loaded.view, player.doc.view);
    expectText('hash after load', loaded.stateHash(), player.doc.stateHash());
    player.doc = loaded;
    player.copies = new Copies(everyType, containerViews(opLog(everyType, loaded.changesSince(new Map()))));
    this.#listen(player);
  }

  #look(log: OpLog, view: EveryView): void {
    for (const { status } of view.links.edges) this.met.add(`${status} edge`);
    const moves = (log.get('outline')?.ops ?? []) as readonly Stamped<TreeOp>[];
    if (replayMoves(moves).skipped.size > 0) this.met.add('skipped move');
  }

  /** Somebody who was never there gets all changes in any order, in batches of any size. */
  #joinLate(doc: EveryDoc): void {
    const late = new Doc(everyType, this.#options(testReplicaId(99)));
    const changes = this.#random.shuffle(doc.changesSince(new Map()).map(({ bytes }) => bytes));
    while (changes.length > 0) late.apply(changes.splice(0, 1 + this.#random.int(20)));
    expectView('a late comer', late.view, doc.view);
    expectText('hash of a late comer', late.stateHash(), doc.stateHash());
  }

  /** As long as nobody undoes anything: what was typed and never deleted is there, once; what was deleted is not. */
  #checkLetters(doc: EveryDoc): void {
    const there = [...doc.view.body.text].filter((letter) => this.intent.inserted.has(letter)).sort();
    const due = [...this.intent.inserted].filter((letter) => !this.intent.deleted.has(letter)).sort();
    expectText('letters', there.join(''), due.join(''));
  }

  #listen(player: Player): void {
    player.doc.subscribe((event) => {
      player.copies.take(event);
      if (event.origin === 'remote') return;
      for (const { bytes } of event.changes)
        player.away ? player.outbox.push(bytes) : this.#post(player, bytes);
    });
  }

  #options(replica: ReplicaId) {
    return { replica, now: () => this.#now };
  }
}

/** What undo restores: all but the trash, where undone nodes lie. */
function look(view: EveryView): EveryView {
  const { children } = view.outline;
  const below = (node: string): unknown => [node, children[node]?.map(below)];
  return { ...view, outline: children[ROOT]?.map(below) } as unknown as EveryView;
}

/** Throws with the place where the texts part. */
function expectText(what: string, is: string, due: string): void {
  if (is === due) return;
  let at = 0;
  while (is[at] === due[at]) at++;
  const near = (text: string) => text.slice(Math.max(0, at - 60), at + 60);
  throw new Error(`${what}: …${near(is)}… instead of …${near(due)}…`);
}

/** Field by field, so that a failure names the field. */
function expectView(what: string, is: EveryView, due: EveryView): void {
  for (const [field, value] of Object.entries(due)) {
    expectText(`${what}: ${field}`, viewText(is[field as keyof EveryView]), viewText(value));
  }
  expectText(`${what}: order of cards`, Object.keys(is.cards).join(), Object.keys(due.cards).join());
}
