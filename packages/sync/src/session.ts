import { type Doc, type DocEvent, type MadeBy, type SchemaNode, saveDoc } from '@concord/crdt';
import { watchPage } from './browser.ts';
import { SyncClient } from './client.ts';
import type { ClientEvent, Effect } from './client-types.ts';
import { type Clock, forwardOnly, systemClock } from './clock.ts';
import { hashAt } from './document.ts';
import { fromDevice } from './from-device.ts';
import { Inbound } from './inbound.ts';
import { Line, type TokenSource } from './line.ts';
import { LocalLog } from './local-log.ts';
import { Observable } from './observable.ts';
import { type Identity, Presence } from './presence.ts';
import type { Problem } from './problem.ts';
import { Capability, type Change, MAX_MESSAGE } from './protocol/index.ts';
import { returnSpare } from './spare.ts';
import { badgeOf, NOTHING_KNOWN, type Status, sameStatus } from './status.ts';
import type { RoomStore, Store } from './store.ts';
import { broadcastTabs, changesMessage, type TabChannel, type TabMessage, type TabsFactory } from './tabs.ts';
import { Timers } from './timers.ts';
import type { TransportFactory } from './transport.ts';

export interface SessionOptions<S extends SchemaNode> {
  readonly schema: S;
  /** `<kind>/<id>` */
  readonly room: string;
  readonly store: Store;
  readonly transport: TransportFactory;
  readonly identity: Identity;
  /** Who this is to the relay. Asked before each connection, and with `true` when a fresh one is wanted. */
  readonly token?: TokenSource;
  /** The token of a share link. */
  readonly grant?: string;
  readonly clock?: Clock;
  /** Numbers in [0, 1): spreads reconnects, and mints the replica id if given. Default: Math.random, and a crypto id. */
  readonly random?: () => number;
  readonly tabs?: TabsFactory;
  /** True: `schema` is only part of the document's, so no snapshots and hashes are made for the relay here. */
  readonly isVisit?: boolean;
}

/** Milliseconds between notes of what the relay has, and between attempts at a store that takes nothing. */
const NOTE_EVERY = 1_000;
const RETRY_STORE = 10_000;
/** Milliseconds after which what a relay asks for is made: not between two keystrokes. */
const DUTY_AFTER = 50;
/** Room for what a message carries beside a change, in bytes. */
const HEAD = 64;

/** Opens a document: from this device first, then live. Never throws; what goes wrong stands in the status. */
export function openSession<S extends SchemaNode>(options: SessionOptions<S>): Session<S> {
  return new Session(options);
}

/** One open document with its store, its line to the relay, and its sibling tabs. Runs the effects of `SyncClient`. */
export class Session<S extends SchemaNode> {
  readonly room: string;
  /** Resolves when `doc` can be used: what this device has is loaded, or found to be out of reach. */
  readonly ready: Promise<void>;
  readonly status: Pick<Observable<Status>, 'get' | 'subscribe'>;
  readonly presence: Presence;
  readonly #options: SessionOptions<S>;
  readonly #clock: Clock;
  readonly #elapsed: () => number;
  readonly #status = new Observable<Status>(NOTHING_KNOWN, sameStatus);
  readonly #line: Line;
  readonly #tabs: TabChannel | null;
  readonly #unwatch: () => void;
  #open: Opened<S> | null = null;
  #early: TabMessage[] = [];
  #storeProblem: Problem | null = null;
  /** The last change was too large and was not made. */
  #tooLarge: Extract<Problem, { kind: 'too-large' }> | null = null;
  /** The copy on this device was found damaged, and the relay has not made it good yet. */
  #isDamaged = false;
  #offline = false;
  #closed = false;
  #isErased = false;
  /** Changes of this turn of the event loop, for the relay; and those of them that are this tab's own. */
  #fresh: Change[] = [];
  #own: Change[] = [];
  readonly #timers: Timers<Chore>;

  constructor(options: SessionOptions<S>) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#elapsed = forwardOnly(() => this.#clock.now());
    this.#timers = new Timers(this.#clock, this.#elapsed);
    this.room = options.room;
    this.status = this.#status;
    this.presence = new Presence(options.identity, (state) => this.#dispatch({ type: 'presence', state }));
    this.#line = new Line(options.transport, options.token ?? (() => null), (event) => this.#dispatch(event));
    const { shared } = options.store;
    const tabs = options.tabs ?? broadcastTabs;
    this.#tabs =
      shared === null ? null : tabs(`concord/${shared}/${this.room}`, (message) => this.#hear(message));
    this.#unwatch = watchPage({
      nudge: () => this.#dispatch({ type: 'nudge' }),
      leave: () => this.#leave(),
      wouldLose: () => this.#status.get().local !== 'saved' && this.#status.get().waiting > 0,
    });
    this.ready = this.#start();
  }

  /** The document. Throws Error before `ready`. */
  get doc(): Doc<S> {
    if (!this.#open) throw new Error('the session is not ready: await session.ready first');
    return this.#open.doc;
  }

  /** The user's own switch: true hangs up, in all tabs of this document, until false. */
  setOffline(offline: boolean): void {
    this.#tabs?.post({ type: 'offline', value: offline });
    this.#switch(offline);
  }

  /** Asks the relay for a sign of life: `status.roundTrip` follows. Also the way to see at once whether a line is dead. */
  probe(): void {
    this.#dispatch({ type: 'nudge' });
  }

  /** The latest round trips to the relay, 64 at most, the oldest first, in milliseconds. */
  get roundTrips(): readonly number[] {
    return this.#open?.client.health.samples ?? [];
  }

  /** Leaves the step that was too large to be undone or redone as it is, and forgets it: those before it come next. */
  skipStep(): string | null {
    const by = this.#tooLarge?.by;
    if (by !== 'undo' && by !== 'redo') return null;
    this.#tooLarge = null;
    const label = this.doc.forgetStep(by);
    this.#refresh();
    return label;
  }

  /**
   * Forgets the copy on this device: for a document that was erased on the server. What is in memory stays until the
   * session is closed, and is not written any more.
   */
  async eraseLocal(): Promise<void> {
    await this.ready;
    const open = this.#open;
    if (!open) return;
    this.#isErased = true;
    await open.log.stop();
    await open.store.erase();
  }

  /** Writes what is unwritten, leaves the room, lets go of everything. */
  async close(): Promise<void> {
    await this.ready;
    const open = this.#open;
    if (this.#closed || !open) return;
    this.#flush();
    this.#dispatch({ type: 'stop' });
    this.#closed = true;
    this.#unwatch();
    this.#tabs?.close();
    this.#timers.stop();
    open.stop();
    await open.log.flushed();
    if (!this.#isErased) await open.store.saveRelay(open.client.relay).catch(ignore);
    await this.#returnReplica(open);
    await open.store.close().catch(ignore);
  }

  async #start(): Promise<void> {
    const { schema, token, grant, random } = this.#options;
    const { doc, store, stored, isWhole, problem } = await fromDevice({
      schema,
      room: this.room,
      store: this.#options.store,
      random,
      memory: this.#memory,
      doc: { now: () => this.#clock.now(), admit: (change, by) => this.#admit(change, by) },
    });
    this.#isDamaged = !isWhole;
    this.#storeProblem = problem;
    const log = new LocalLog({
      store,
      stored: stored.changes.length,
      snapshot: () => ({ bytes: saveDoc(doc), version: new Map(doc.version) }),
      changed: () => this.#refresh(),
    });
    const client = new SyncClient({
      room: this.room,
      replica: doc.replica,
      source: doc,
      relay: stored.relay,
      random: random ?? Math.random,
      canRefresh: token !== undefined,
      capabilities: Capability.snapshots | (this.#options.isVisit ? 0 : Capability.attests),
      ...(grant !== undefined && { grant }),
    });
    const inbound = new Inbound(doc, () => this.#dispatch({ type: 'incomplete' }));
    const stop = doc.subscribe((event) => this.#changed(event));
    this.#open = { doc, store, log, client, inbound, stop };
    this.#tabs?.post({ type: 'hello', version: new Map(doc.version) });
    for (const message of this.#early.splice(0)) this.#hear(message);
    this.#dispatch({ type: 'presence', state: this.presence.encoded() });
    if (!this.#offline) this.#dispatch({ type: 'start' });
    log.compactIfLong();
    this.#refresh();
  }

  /** A change that no relay takes would keep all later ones of this replica from it. So it is not made at all. */
  #admit({ bytes }: Change, by: MadeBy): void {
    const most = MAX_MESSAGE - HEAD;
    const isTooLarge = bytes.length > most;
    this.#tooLarge = isTooLarge ? { kind: 'too-large', by, bytes: bytes.length, most } : null;
    if (!isTooLarge) return;
    // Told when the document is as it was.
    queueMicrotask(() => this.#refresh());
    throw new RangeError(`a change of ${bytes.length} bytes, ${most} at most`);
  }

  /** Every change of the document passes here once, whoever made it. */
  #changed(event: DocEvent): void {
    const open = this.#open;
    if (!open || this.#closed) return;
    const isOwn = event.origin !== 'remote';
    open.log.add(event.changes);
    for (const change of event.changes) {
      if (!isOwn && open.inbound.isRelayed(change)) continue;
      if (this.#fresh.length === 0) queueMicrotask(() => this.#flush());
      this.#fresh.push(change);
      if (isOwn) this.#own.push(change);
    }
    this.#refresh();
  }

  #flush(): void {
    const own = this.#own.splice(0);
    const fresh = this.#fresh.splice(0);
    if (own.length > 0) this.#tabs?.post(changesMessage(own));
    if (fresh.length > 0) this.#dispatch({ type: 'changes', changes: fresh });
  }

  #hear(message: TabMessage): void {
    const open = this.#open;
    if (this.#closed) return;
    if (!open) {
      this.#early.push(message);
    } else if (message.type === 'offline') {
      this.#switch(message.value);
    } else if (message.type === 'changes') {
      open.inbound.fromTab(message.changes);
    } else if (message.type === 'durable') {
      this.#dispatch(message);
    } else if (message.type === 'hello') {
      const lacking = open.doc.changesSince(message.version);
      if (lacking.length > 0) this.#tabs?.post(changesMessage(lacking));
      if (this.#offline) this.#tabs?.post({ type: 'offline', value: true });
    }
  }

  #switch(offline: boolean): void {
    if (this.#offline === offline) return;
    this.#offline = offline;
    this.#refresh();
    this.#dispatch({ type: offline ? 'stop' : 'start' });
  }

  #dispatch(event: ClientEvent): void {
    const open = this.#open;
    if (!open || this.#closed) return;
    for (const effect of open.client.handle(event, this.#elapsed())) this.#run(effect, open);
    this.#timers.wakeAt(open.client.deadline, () => this.#dispatch({ type: 'wake' }));
    this.#refresh();
  }

  #run(effect: Effect, open: Opened<S>): void {
    switch (effect.type) {
      case 'connect':
        this.#line.open(effect.fresh);
        break;
      case 'disconnect':
        this.#line.close();
        break;
      case 'send':
        this.#line.send(effect.packets);
        break;
      case 'refresh':
        void this.#line.refresh();
        break;
      case 'apply':
        this.#dispatch({ type: 'applied', version: open.inbound.fromRelay(effect.changes) });
        break;
      case 'merge':
        open.inbound.snapshotFromRelay(effect.bytes, effect.version);
        this.#dispatch({ type: 'applied', version: effect.version });
        break;
      case 'snapshot':
        if (!this.#options.isVisit) this.#after('snapshot', DUTY_AFTER, () => this.#makeSnapshot());
        break;
      case 'hash':
        this.#after('hash', DUTY_AFTER, () => {
          const stateHash = hashAt(open.doc, effect.version);
          if (stateHash !== null) this.#dispatch({ type: 'hash', version: effect.version, stateHash });
        });
        break;
      case 'peer':
        this.presence.receive(effect.replica, effect.user, effect.state);
        break;
      case 'alone':
        this.presence.clear();
        break;
      case 'relay':
        this.#after('note', NOTE_EVERY, () => {
          if (!this.#isErased) open.store.saveRelay(open.client.relay).catch(ignore);
          // A sibling that has no line sees what is no longer waiting.
          if (open.client.remote === 'live') this.#tabs?.post({ type: 'durable', ...open.client.durable });
        });
        break;
    }
  }

  /** Only with nothing on its way: what the relay keeps must hold nothing that it lacks. */
  #makeSnapshot(): void {
    const { doc } = this;
    this.#flush();
    if (this.#open?.client.waiting !== 0) return;
    const version = new Map(doc.version);
    this.#dispatch({ type: 'snapshot', version, stateHash: doc.stateHash(), bytes: saveDoc(doc) });
  }

  /** Once after `ms`, unless the session is closed by then. */
  #after(what: Chore, ms: number, run: () => void): void {
    this.#timers.once(what, ms, () => {
      if (!this.#closed) run();
    });
  }

  #leave(): void {
    if (!this.#open || this.#closed) return;
    this.#flush();
    void this.#returnReplica(this.#open);
  }

  #returnReplica({ doc, store }: Opened<S>): Promise<void> {
    return returnSpare(store, doc, this.#clock.now(), this.#memory).catch(ignore);
  }

  /** What this tab remembers its replica id by. */
  get #memory(): string {
    return `concord/${this.#options.store.shared}/${this.room}/replica`;
  }

  #refresh(): void {
    const open = this.#open;
    if (!open || this.#closed) return;
    const { log, client } = open;
    const local = this.#storeProblem === null && !this.#isErased ? log.state : 'unavailable';
    if (log.state === 'unavailable') this.#after('retry', RETRY_STORE, () => log.retry());
    if (client.standing.refusal === 'erased' && client.waiting === 0 && !this.#isErased)
      void this.eraseLocal().catch(ignore);
    const { remote, isStuck } = client;
    const { refusal, role } = client.standing;
    const { roundTrip } = client.health;
    const waiting = client.waiting + this.#fresh.length;
    if (remote === 'live') this.#isDamaged = false;
    const problem =
      this.#tooLarge ?? this.#storeProblem ?? log.problem ?? client.problem ?? this.#ofOthers(open);
    this.#status.set({
      local,
      remote,
      waiting,
      badge: badgeOf({ local, remote, waiting, isStuck }),
      workOffline: this.#offline,
      role,
      refusal,
      transport: remote === 'live' ? this.#line.name : null,
      roundTrip: remote === 'live' ? roundTrip : null,
      ...(problem !== null && { problem }),
    });
  }

  /** What is wrong with what was stored, or came. */
  #ofOthers({ inbound: { unreadable } }: Opened<S>): Problem | null {
    if (this.#isDamaged) return { kind: 'damaged' };
    return unreadable > 0 ? { kind: 'unreadable', count: unreadable } : null;
  }
}

/** What waits for its time, at most once. */
type Chore = 'note' | 'retry' | 'snapshot' | 'hash';

interface Opened<S extends SchemaNode> {
  readonly doc: Doc<S>;
  readonly store: RoomStore;
  readonly log: LocalLog;
  readonly client: SyncClient;
  readonly inbound: Inbound<S>;
  readonly stop: () => void;
}

/** For what the next attempt makes good, and nobody is promised. */
function ignore(): void {}
