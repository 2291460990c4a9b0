import { Outbox } from './outbox.ts';
import {
  type Change,
  type Frame,
  isPermanent,
  type Join,
  opsPackets,
  PRESENCE_INTERVAL,
  packets,
  type ReplicaId,
  VERSIONS,
  type VersionVector,
} from './protocol/index.ts';

/** The document, as far as the client reads it. */
export interface ChangeSource {
  readonly version: VersionVector;
  changesSince(version: VersionVector): readonly Change[];
}

/** What was last heard of a relay's disk. */
export interface RelayRecord {
  readonly epoch: string;
  readonly version: VersionVector;
}

export interface ClientOptions {
  readonly room: string;
  readonly replica: ReplicaId;
  readonly source: ChangeSource;
  readonly relay: RelayRecord | null;
  /** Numbers in [0, 1). */
  readonly random: () => number;
}

/** What happens to the client. */
export type ClientEvent =
  /** The user wants to be online, or no longer. */
  | { readonly type: 'start' }
  | { readonly type: 'stop' }
  /** The network may be back, or gone: an attempt is worth it now. */
  | { readonly type: 'nudge' }
  | { readonly type: 'opened' }
  | { readonly type: 'frame'; readonly frame: Frame }
  | { readonly type: 'closed'; readonly code: number; readonly reason: string }
  /** The document has changes that may be new to the relay. */
  | { readonly type: 'changes'; readonly changes: readonly Change[] }
  /** What this client shows of itself. */
  | { readonly type: 'presence'; readonly state: Uint8Array }
  /** The deadline has come. */
  | { readonly type: 'wake' };

/** What the client wants done, in order. */
export type Effect =
  | { readonly type: 'connect' }
  | { readonly type: 'disconnect' }
  | { readonly type: 'send'; readonly packets: readonly Uint8Array[] }
  | { readonly type: 'apply'; readonly changes: readonly Change[] }
  /** A peer shows something, or left (null). */
  | { readonly type: 'peer'; readonly replica: ReplicaId; readonly state: Uint8Array | null }
  /** Nothing is known any more of who is there. */
  | { readonly type: 'alone' }
  /** `client.relay` is other than it was. */
  | { readonly type: 'relay' };

type Phase = 'stopped' | 'waiting' | 'connecting' | 'greeting' | 'joining' | 'catching-up' | 'live';

const HANDLE = 1;
/** Full-jitter backoff, in milliseconds. */
const BACKOFF = { base: 250, cap: 15_000 };
/** Milliseconds without news, after which to ask. The question is a JOIN: it proves the line and heals any loss. */
const ASK_AFTER = 20_000;
/** Milliseconds to wait for an answer of any kind before the line counts as dead. */
const ANSWER_WITHIN = 10_000;
/** A connection that held this long, in milliseconds, starts the backoff anew. */
const STEADY = 5_000;

/**
 * One room's side of the protocol, as a pure state machine: events in, effects out. Knows no sockets, timers, clocks or
 * randomness of its own; the session calls `handle` again with `wake` when `deadline` has come.
 */
export class SyncClient {
  readonly #options: ClientOptions;
  readonly #outbox: Outbox;
  #phase: Phase = 'stopped';
  #relay: RelayRecord;
  #failures = 0;
  #error: string | null = null;
  #deadline: number | null = null;
  #liveSince = 0;
  /** When the relay last acknowledged something, or had nothing to acknowledge. */
  #progressAt = 0;
  #heardAt = 0;
  /** When the question was put that has no answer yet. */
  #askedAt: number | null = null;
  #presence: Uint8Array | null = null;
  #presenceAt = 0;
  #presenceDue = false;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#relay = options.relay ?? { epoch: '', version: new Map() };
    this.#outbox = new Outbox(options.source.changesSince(this.#relay.version));
  }

  get remote(): 'offline' | 'connecting' | 'live' {
    if (this.#phase === 'live') return 'live';
    return this.#phase === 'stopped' || this.#failures > 0 ? 'offline' : 'connecting';
  }

  /** Changes that the relay has not said to have on disk. */
  get waiting(): number {
    return this.#outbox.size;
  }

  get error(): string | null {
    return this.#outbox.isStuck
      ? 'A change is too large to be sent. It is kept on this device.'
      : this.#error;
  }

  get relay(): RelayRecord {
    return this.#relay;
  }

  /** When to call `handle` with `wake`, in the milliseconds of `now`. Null: never. */
  get deadline(): number | null {
    const due = this.#presenceDue && this.#isJoined ? this.#presenceAt + PRESENCE_INTERVAL : null;
    if (this.#deadline === null || due === null) return this.#deadline ?? due;
    return Math.min(this.#deadline, due);
  }

  handle(event: ClientEvent, now: number): readonly Effect[] {
    const effects: Effect[] = [];
    this.#react(event, now, effects);
    this.#schedule(now);
    return effects;
  }

  get #isJoined(): boolean {
    return this.#phase === 'catching-up' || this.#phase === 'live';
  }

  #react(event: ClientEvent, now: number, effects: Effect[]): void {
    switch (event.type) {
      case 'start':
        if (this.#phase === 'stopped') this.#connect(now, effects);
        break;
      case 'stop':
        this.#stop(effects);
        break;
      case 'nudge':
        if (this.#phase === 'waiting') this.#connect(now, effects);
        else this.#ask(now, effects);
        break;
      case 'opened':
        this.#phase = 'greeting';
        this.#send(effects, {
          type: 'hello',
          ...VERSIONS,
          replica: this.#options.replica,
          token: null,
        });
        break;
      case 'frame':
        this.#heardAt = now;
        this.#hear(event.frame, now, effects);
        break;
      case 'closed':
        this.#lost(event.code, event.reason, now, effects);
        break;
      case 'changes':
        if (this.#outbox.inFlight === 0) this.#progressAt = now;
        this.#outbox.add(event.changes);
        this.#flush(effects);
        break;
      case 'presence':
        this.#presence = event.state;
        this.#presenceDue = true;
        this.#show(now, effects);
        break;
      case 'wake':
        this.#wake(now, effects);
        break;
    }
  }

  #hear(frame: Frame, now: number, effects: Effect[]): void {
    switch (frame.type) {
      case 'welcome':
        if (this.#phase !== 'greeting') break;
        this.#phase = 'joining';
        this.#send(effects, this.#join());
        break;
      case 'joined':
        if (this.#phase === 'greeting') break;
        if (this.#phase === 'joining') this.#phase = 'catching-up';
        this.#relay = { epoch: frame.epoch, version: frame.version };
        effects.push({ type: 'relay' });
        // What the relay lost, whoever wrote it, is sent again; what it has is forgotten here.
        this.#outbox.reset(this.#options.source.changesSince(frame.version));
        this.#askedAt = null;
        this.#progressAt = now;
        // Who comes back is named before what they bring.
        this.#presenceDue = this.#presence !== null;
        this.#show(now, effects);
        this.#flush(effects);
        break;
      case 'caught-up':
        if (this.#phase !== 'catching-up') break;
        this.#phase = 'live';
        this.#liveSince = now;
        this.#error = null;
        break;
      case 'ops':
        effects.push({ type: 'apply', changes: frame.changes });
        this.#learn(frame.changes, effects);
        break;
      case 'ack':
        if (frame.level !== 'durable') break;
        if (this.#outbox.acknowledge(frame.version)) this.#progressAt = now;
        this.#raise(frame.version, effects);
        this.#flush(effects);
        break;
      case 'peer':
        if (frame.replica !== this.#options.replica) effects.push(frame);
        break;
      case 'reject':
        // Something was lost on the way: compare notes.
        if (frame.code === 'gap' || frame.code === 'not-joined') this.#ask(now, effects);
        else this.#error = frame.detail;
        break;
      default:
        break;
    }
  }

  /** What the relay sends, it has or is about to: it need not be sent there, unless it is waiting to be. */
  #learn(changes: readonly Change[], effects: Effect[]): void {
    const version = new Map<ReplicaId, number>();
    const waiting = this.#outbox.replicas();
    for (const { replica, from, to } of changes) {
      const known = version.get(replica) ?? this.#relay.version.get(replica) ?? 0;
      if (known === from && !waiting.has(replica)) version.set(replica, to);
    }
    this.#raise(version, effects);
  }

  #raise(version: VersionVector, effects: Effect[]): void {
    const raised = new Map(this.#relay.version);
    for (const [replica, next] of version) raised.set(replica, Math.max(next, raised.get(replica) ?? 0));
    this.#relay = { ...this.#relay, version: raised };
    effects.push({ type: 'relay' });
  }

  #wake(now: number, effects: Effect[]): void {
    this.#show(now, effects);
    if (this.#deadline === null || now < this.#deadline) return;
    if (this.#phase === 'waiting') {
      this.#connect(now, effects);
    } else if (!this.#isJoined || this.#isStalled(now)) {
      effects.push({ type: 'disconnect' });
      this.#lost(1006, 'no answer', now, effects);
    } else {
      this.#ask(now, effects);
    }
  }

  /** True if a question stays unanswered, or sent changes unacknowledged, for too long. */
  #isStalled(now: number): boolean {
    if (this.#askedAt !== null && now >= this.#askedAt + ANSWER_WITHIN) return true;
    return this.#outbox.inFlight > 0 && now >= this.#progressAt + ANSWER_WITHIN;
  }

  #schedule(now: number): void {
    switch (this.#phase) {
      case 'stopped':
        this.#deadline = null;
        break;
      case 'waiting':
      case 'connecting':
        break;
      case 'greeting':
      case 'joining':
        this.#deadline ??= now + ANSWER_WITHIN;
        break;
      default: {
        const answer = this.#askedAt === null ? this.#heardAt + ASK_AFTER : this.#askedAt + ANSWER_WITHIN;
        const progress =
          this.#outbox.inFlight > 0 ? this.#progressAt + ANSWER_WITHIN : Number.POSITIVE_INFINITY;
        this.#deadline = Math.min(answer, progress);
      }
    }
  }

  #connect(now: number, effects: Effect[]): void {
    this.#phase = 'connecting';
    this.#deadline = now + ANSWER_WITHIN;
    effects.push({ type: 'connect' });
  }

  #stop(effects: Effect[]): void {
    if (this.#phase === 'stopped') return;
    if (this.#phase !== 'waiting') effects.push({ type: 'disconnect' });
    if (this.#isJoined) effects.push({ type: 'alone' });
    this.#phase = 'stopped';
    this.#failures = 0;
    this.#askedAt = null;
  }

  #lost(code: number, reason: string, now: number, effects: Effect[]): void {
    if (this.#phase === 'stopped' || this.#phase === 'waiting') return;
    if (this.#isJoined) effects.push({ type: 'alone' });
    if (this.#phase === 'live' && now >= this.#liveSince + STEADY) this.#failures = 0;
    const ceiling = Math.min(BACKOFF.cap, BACKOFF.base * 2 ** this.#failures);
    // The relay will say no again: there is no hurry, and a person should know why.
    if (isPermanent(code)) this.#error = reason || `The server refused the connection (${code}).`;
    const delay = isPermanent(code) ? BACKOFF.cap : this.#options.random() * ceiling;
    this.#failures++;
    this.#askedAt = null;
    this.#phase = 'waiting';
    this.#deadline = now + delay;
  }

  #ask(now: number, effects: Effect[]): void {
    if (!this.#isJoined || this.#askedAt !== null) return;
    this.#askedAt = now;
    this.#send(effects, this.#join());
  }

  #join(): Join {
    const { room, source } = this.#options;
    return { type: 'join', handle: HANDLE, room, epoch: this.#relay.epoch, version: source.version };
  }

  #flush(effects: Effect[]): void {
    if (!this.#isJoined) return;
    const changes = this.#outbox.take();
    if (changes.length > 0) effects.push({ type: 'send', packets: opsPackets(HANDLE, changes) });
  }

  #show(now: number, effects: Effect[]): void {
    if (!this.#presenceDue || this.#presence === null || !this.#isJoined) return;
    if (now < this.#presenceAt + PRESENCE_INTERVAL) return;
    this.#presenceDue = false;
    this.#presenceAt = now;
    this.#send(effects, { type: 'presence', handle: HANDLE, state: this.#presence });
  }

  #send(effects: Effect[], frame: Frame): void {
    effects.push({ type: 'send', packets: packets(frame) });
  }
}
