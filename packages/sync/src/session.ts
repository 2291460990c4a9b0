import { Doc, type DocEvent, newReplicaId, type ReplicaId, type SchemaNode } from '@concord/crdt';
import { DecodeError } from '@concord/crdt/bytes';
import { watchPage } from './browser.ts';
import { type ClientEvent, type Effect, SyncClient } from './client.ts';
import { type Clock, systemClock } from './clock.ts';
import { LocalLog } from './local-log.ts';
import { Observable } from './observable.ts';
import { type Identity, Presence } from './presence.ts';
import { Assembler, type Change } from './protocol/index.ts';
import { type Status, sameStatus, statusOf } from './status.ts';
import type { RoomStore, Store, StoredRoom } from './store.ts';
import { memoryStore } from './stores/memory.ts';
import { broadcastTabs, changesMessage, type TabChannel, type TabMessage, type TabsFactory } from './tabs.ts';
import type { Transport, TransportFactory } from './transport.ts';

export interface SessionOptions<S extends SchemaNode> {
  readonly schema: S;
  /** `<kind>/<id>` */
  readonly room: string;
  readonly store: Store;
  readonly transport: TransportFactory;
  readonly identity: Identity;
  readonly clock?: Clock;
  /** Numbers in [0, 1): spreads reconnects, and mints the replica id if given. Default: Math.random, and a crypto id. */
  readonly random?: () => number;
  readonly tabs?: TabsFactory;
}

/** Milliseconds between notes of what the relay has, and between attempts at a store that takes nothing. */
const NOTE_EVERY = 1_000;
const RETRY_STORE = 10_000;
/** After so many changes in the store, a snapshot takes their place. */
const COMPACT_AFTER = 1_000;

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
  readonly #status = new Observable<Status>(
    statusOf({ local: 'saving', remote: 'connecting', waiting: 0 }, null),
    sameStatus,
  );
  readonly #tabs: TabChannel | null;
  readonly #unwatch: () => void;
  #open: Opened<S> | null = null;
  #early: TabMessage[] = [];
  #storeError: string | null = null;
  #rejected = 0;
  #offline = false;
  #closed = false;
  /** Changes of this turn of the event loop, for the relay; and those of them that are this tab's own. */
  #fresh: Change[] = [];
  #own: Change[] = [];
  #fromRelay = false;
  #line: Transport | null = null;
  #lineNumber = 0;
  #timer: { readonly at: number; readonly cancel: () => void } | null = null;
  #note: (() => void) | null = null;
  #retry: (() => void) | null = null;
  #compactedAt = 0;

  constructor(options: SessionOptions<S>) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.room = options.room;
    this.status = this.#status;
    this.presence = new Presence(options.identity, (state) => this.#dispatch({ type: 'presence', state }));
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
    this.#timer?.cancel();
    this.#note?.();
    this.#retry?.();
    open.stop();
    await open.log.flushed();
    await open.store.saveRelay(open.client.relay).catch(ignore);
    await this.#returnReplica(open);
    await open.store.close().catch(ignore);
  }

  async #start(): Promise<void> {
    const { doc, store, stored } = await this.#load();
    const log = new LocalLog(store, () => this.#refresh());
    const client = new SyncClient({
      room: this.room,
      replica: doc.replica,
      source: doc,
      relay: stored.relay,
      random: this.#options.random ?? Math.random,
    });
    const stop = doc.subscribe((event) => this.#changed(event));
    this.#open = { doc, store, log, client, stop };
    this.#tabs?.post({ type: 'hello', version: new Map(doc.version) });
    for (const message of this.#early.splice(0)) this.#hear(message);
    this.#dispatch({ type: 'presence', state: this.presence.encoded() });
    if (!this.#offline) this.#dispatch({ type: 'start' });
    if (stored.changes.length >= COMPACT_AFTER) this.#compact();
    this.#refresh();
  }

  /** What this device has; where that cannot be had, an empty document in memory and the reason in the status. */
  async #load(): Promise<{ doc: Doc<S>; store: RoomStore; stored: StoredRoom }> {
    try {
      const store = await this.#options.store.open(this.room);
      const spare = await takeSpare(store);
      const stored = await store.load();
      let doc = this.#docFrom(stored, spare?.replica ?? this.#mint());
      // Some changes under this id never reached the store, but may have reached others: minting them again would fork.
      if (spare && (doc.version.get(spare.replica) ?? 0) !== spare.next)
        doc = this.#docFrom(stored, this.#mint());
      return { doc, store, stored };
    } catch (error) {
      const damaged = error instanceof DecodeError;
      this.#storeError = damaged
        ? 'The copy on this device is damaged. It is left as it is, and nothing is stored here until you reload.'
        : `This browser stores nothing: ${error instanceof Error ? error.message : String(error)}`;
      const store = await memoryStore().open(this.room);
      return { doc: this.#docFrom(null, this.#mint()), store, stored: await store.load() };
    }
  }

  #mint(): ReplicaId {
    const { random } = this.#options;
    if (!random) return newReplicaId();
    return newReplicaId((into) => {
      for (let i = 0; i < into.length; i++) into[i] = random() * 256;
    });
  }

  #docFrom(stored: StoredRoom | null, replica: ReplicaId): Doc<S> {
    const options = { replica, now: () => this.#clock.now() };
    const { schema } = this.#options;
    const doc = stored?.snapshot ? Doc.load(schema, stored.snapshot, options) : new Doc(schema, options);
    const bytes = stored?.changes.map((change) => change.bytes) ?? [];
    // The store knows no order: what came too early and found no room to wait is applied in the next round.
    for (;;) {
      const { applied, rejected } = doc.apply(bytes);
      // A round that brings nothing is the last: what is still missing comes from the relay, or not at all.
      if (applied === 0 || !rejected.some(({ reason }) => reason === 'too-many-parked')) return doc;
    }
  }

  /** Every change of the document passes here once, whoever made it. */
  #changed(event: DocEvent): void {
    const open = this.#open;
    if (!open || this.#closed) return;
    const isOwn = event.origin !== 'remote';
    open.log.add(event.changes);
    if (isOwn || !this.#fromRelay) {
      if (this.#fresh.length === 0) queueMicrotask(() => this.#flush());
      for (const change of event.changes) {
        this.#fresh.push(change);
        if (isOwn) this.#own.push(change);
      }
    }
    if (open.log.written - this.#compactedAt >= COMPACT_AFTER) this.#compact();
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
      this.#apply(message.changes, false);
    } else {
      const lacking = open.doc.changesSince(message.version);
      if (lacking.length > 0) this.#tabs?.post(changesMessage(lacking));
      if (this.#offline) this.#tabs?.post({ type: 'offline', value: true });
    }
  }

  #switch(offline: boolean): void {
    if (this.#offline === offline) return;
    this.#offline = offline;
    this.#dispatch({ type: offline ? 'stop' : 'start' });
  }

  #apply(changes: readonly Change[], fromRelay: boolean): void {
    this.#fromRelay = fromRelay;
    try {
      const { rejected } = this.doc.apply(changes.map((change) => change.bytes));
      this.#rejected += rejected.filter(({ reason }) => reason !== 'too-many-parked').length;
    } finally {
      this.#fromRelay = false;
    }
  }

  #dispatch(event: ClientEvent): void {
    const client = this.#open?.client;
    if (!client || this.#closed) return;
    for (const effect of client.handle(event, this.#clock.now())) this.#run(effect);
    this.#arm();
    this.#refresh();
  }

  #run(effect: Effect): void {
    switch (effect.type) {
      case 'connect':
        this.#connect();
        break;
      case 'disconnect':
        this.#lineNumber++;
        this.#line?.close();
        this.#line = null;
        break;
      case 'send':
        for (const packet of effect.packets) this.#line?.send(packet);
        break;
      case 'apply':
        this.#apply(effect.changes, true);
        break;
      case 'peer':
        this.presence.receive(effect.replica, effect.state);
        break;
      case 'alone':
        this.presence.clear();
        break;
      case 'relay':
        this.#note ??= this.#clock.after(NOTE_EVERY, () => {
          this.#note = null;
          if (this.#open) this.#open.store.saveRelay(this.#open.client.relay).catch(ignore);
        });
        break;
    }
  }

  #connect(): void {
    const number = ++this.#lineNumber;
    const assembler = new Assembler();
    const tell = (event: ClientEvent): void => {
      if (number === this.#lineNumber) this.#dispatch(event);
    };
    this.#line = this.#options.transport({
      opened: () => tell({ type: 'opened' }),
      closed: (code, reason) => tell({ type: 'closed', code, reason }),
      packet: (bytes) => {
        if (number !== this.#lineNumber) return;
        try {
          const frame = assembler.take(bytes);
          if (frame) tell({ type: 'frame', frame });
        } catch (error) {
          if (!(error instanceof DecodeError)) throw error;
          this.#line?.close();
          tell({ type: 'closed', code: 1007, reason: error.message });
        }
      },
    });
  }

  /** One timer for the client's deadline. One that is due earlier stays: the client then only looks at the clock. */
  #arm(): void {
    const deadline = this.#open?.client.deadline ?? null;
    if (deadline === null || (this.#timer && this.#timer.at <= deadline)) return;
    this.#timer?.cancel();
    const cancel = this.#clock.after(Math.max(0, deadline - this.#clock.now()), () => {
      this.#timer = null;
      this.#dispatch({ type: 'wake' });
    });
    this.#timer = { at: deadline, cancel };
  }

  #compact(): void {
    const open = this.#open;
    if (!open) return;
    this.#compactedAt = open.log.written;
    open.store.compact(open.doc.save(), new Map(open.doc.version)).catch(ignore);
  }

  #leave(): void {
    if (!this.#open || this.#closed) return;
    this.#flush();
    void this.#returnReplica(this.#open);
  }

  #returnReplica({ doc, store }: Opened<S>): Promise<void> {
    return store.returnReplica(doc.replica, doc.version.get(doc.replica) ?? 0).catch(ignore);
  }

  #refresh(): void {
    const open = this.#open;
    if (!open || this.#closed) return;
    const { log, client } = open;
    const local = this.#storeError === null ? log.state : 'unavailable';
    if (log.state === 'unavailable') {
      this.#retry ??= this.#clock.after(RETRY_STORE, () => {
        this.#retry = null;
        log.retry();
      });
    }
    const rejected = this.#rejected > 0 ? `${this.#rejected} changes could not be read.` : null;
    const error = this.#storeError ?? log.error ?? client.error ?? rejected;
    this.#status.set(
      statusOf({ local, remote: client.remote, waiting: client.waiting + this.#fresh.length }, error),
    );
  }
}

interface Opened<S extends SchemaNode> {
  readonly doc: Doc<S>;
  readonly store: RoomStore;
  readonly log: LocalLog;
  readonly client: SyncClient;
  readonly stop: () => void;
}

/** A replica id that an earlier tab put back, so that version vectors stay short. No other tab gets the same. */
async function takeSpare(
  store: RoomStore,
): Promise<{ readonly replica: ReplicaId; readonly next: number } | null> {
  for (const [replica, next] of await store.spareReplicas()) {
    if (await store.takeReplica(replica)) return { replica, next };
  }
  return null;
}

/** For what the next attempt makes good, and nobody is promised. */
function ignore(): void {}
