import { CatchUp } from './catch-up.ts';
import type { ClientEvent, ClientOptions, Effect, Refusal, RelayRecord } from './client-types.ts';
import { Comeback } from './comeback.ts';
import { LineHealth, OPEN_WITHIN, type RoundTrip } from './line-health.ts';
import type { Outbox } from './outbox.ts';
import { PresencePace } from './presence-pace.ts';
import {
  CloseCode,
  covers,
  type Frame,
  type Join,
  type Joined,
  mayWrite,
  opsPackets,
  packets,
  type Reject,
  type ReplicaId,
  type Role,
  retryReason,
  VERSIONS,
  type VersionVector,
  type Welcome,
} from './protocol/index.ts';
import { RelayKnowledge } from './relay-knowledge.ts';
import { Uplink } from './uplink.ts';
import { words } from './words.ts';

type Phase = 'stopped' | 'waiting' | 'connecting' | 'greeting' | 'joining' | 'catching-up' | 'live';

const HANDLE = 1;
/** Room for what a snapshot carries beside its file, in bytes. */
const HEAD = 1024 * 1024;
/** A connection that held this long, in milliseconds, starts the backoff anew. */
const STEADY = 5_000;

/**
 * One room's side of the protocol, as a pure state machine: events in, effects out. Knows no sockets, timers, clocks or
 * randomness of its own; the session calls `handle` again with `wake` when `deadline` has come.
 */
export class SyncClient {
  readonly #options: ClientOptions;
  readonly #health = new LineHealth();
  readonly #uplink: Uplink;
  readonly #presence = new PresencePace();
  readonly #comeback: Comeback;
  readonly #catchUp = new CatchUp();
  #phase: Phase = 'stopped';
  readonly #relay: RelayKnowledge;
  #version: number = VERSIONS.newest;
  #role: Role | null = null;
  #user: string | null = null;
  #refusal: Refusal | null = null;
  /** Why the relay did not take something; forgotten at the next JOINED. */
  #error: string | null = null;
  /** While the line is not joined: when to do what is next. */
  #deadline: number | null = null;
  #liveSince = 0;
  #greetedAt = 0;
  /** The relay wants a snapshot that covers this. */
  #wanted: VersionVector | null = null;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#relay = new RelayKnowledge(options.relay);
    this.#comeback = new Comeback(options.random, options.canRefresh ?? false);
    this.#uplink = new Uplink(options.source.changesSince(this.relay.version), this.#health);
  }

  get remote(): 'offline' | 'connecting' | 'live' {
    if (this.#phase === 'live') return 'live';
    return this.#phase === 'stopped' || this.#comeback.hasFailed ? 'offline' : 'connecting';
  }

  /** Changes that the relay has not said to have on disk. */
  get waiting(): number {
    return this.#outbox.size;
  }

  /** True if what waits will not be sent as things are: the role forbids it, or the relay takes none of it. */
  get isStuck(): boolean {
    if (this.#outbox.size === 0) return false;
    return !this.#mayWrite || this.#outbox.held === this.#outbox.size;
  }

  get refusal(): Refusal | null {
    return this.#refusal;
  }

  /** What this user may do, as the relay last said. Null: not known. */
  get role(): Role | null {
    return this.#role;
  }

  /** Whom the relay takes this user for. */
  get user(): string | null {
    return this.#user;
  }

  get roundTrip(): RoundTrip | null {
    return this.#health.roundTrip;
  }

  /** The latest round trips, the oldest first, in milliseconds. */
  get roundTrips(): readonly number[] {
    return this.#health.samples;
  }

  get error(): string | null {
    if (this.#refusal === 'erased') return words.erased;
    if (this.#outbox.held > 0) return words.held(this.#error ?? words.tooLarge);
    const isMute = this.#refusal === null && !this.#mayWrite && this.#outbox.size > 0;
    if (isMute) return words.readOnly;
    return this.#error ?? this.#comeback.error;
  }

  get relay(): RelayRecord {
    return this.#relay.record;
  }

  /** What the relay itself said to have on its disk, without what it merely passed on. */
  get durable(): RelayRecord {
    return this.#relay.durable;
  }

  /** When to call `handle` with `wake`, in the milliseconds of `now`. Null: never. */
  get deadline(): number | null {
    if (!this.#isJoined) return this.#deadline;
    return Math.min(this.#health.deadline, this.#presence.dueAt, this.#uplink.pacedUntil);
  }

  handle(event: ClientEvent, now: number): readonly Effect[] {
    const effects: Effect[] = [];
    this.#react(event, now, effects);
    if (this.#isJoined) this.#settle(now, effects);
    return effects;
  }

  get #outbox(): Outbox {
    return this.#uplink.outbox;
  }

  get #isJoined(): boolean {
    return this.#phase === 'catching-up' || this.#phase === 'live';
  }

  get #mayWrite(): boolean {
    return this.#refusal === null && (this.#role === null || mayWrite(this.#role, this.#options.room));
  }

  #react(event: ClientEvent, now: number, effects: Effect[]): void {
    switch (event.type) {
      case 'start':
        if (this.#phase === 'stopped' && this.#refusal !== 'erased') this.#connect(now, effects);
        break;
      case 'stop':
        this.#stop(effects);
        break;
      case 'nudge':
        if (this.#phase === 'waiting') this.#connect(now, effects);
        else this.#ask(now, effects);
        break;
      case 'opened':
        if (this.#phase === 'connecting') this.#greet(event.token ?? null, now, effects);
        break;
      case 'heard':
        this.#health.heard(event.bytes, now);
        break;
      case 'frame':
        if (this.#phase === 'stopped' || this.#phase === 'waiting') break;
        this.#health.heard(event.bytes ?? 0, now);
        this.#hear(event.frame, now, effects);
        break;
      case 'closed':
        this.#lost(event.code, event.reason, now, effects);
        break;
      case 'changes':
        this.#outbox.add(event.changes);
        this.#flush(now, effects);
        break;
      case 'applied':
        this.#learn(event.version, effects);
        break;
      case 'durable':
        if (event.epoch === '' || event.epoch !== this.relay.epoch) break;
        this.#uplink.forget(event.version, now);
        this.#relay.passedOn(event.version);
        effects.push({ type: 'relay' });
        break;
      case 'incomplete':
        this.#catchUp.overflowed();
        break;
      case 'presence':
        this.#presence.show(event.state);
        break;
      case 'token':
        if (this.#phase !== 'connecting') this.#send(effects, { type: 'auth-refresh', token: event.token });
        break;
      case 'snapshot':
      case 'hash':
        this.#answer(event, now, effects);
        break;
      case 'wake':
        this.#wake(now, effects);
        break;
    }
  }

  #hear(frame: Frame, now: number, effects: Effect[]): void {
    if (this.#phase === 'greeting' && frame.type !== 'welcome') return;
    switch (frame.type) {
      case 'welcome':
        if (this.#phase === 'greeting') this.#welcome(frame, now, effects);
        break;
      case 'joined':
        this.#joined(frame, now, effects);
        break;
      case 'caught-up':
        this.#catchUp.end();
        if (this.#phase !== 'catching-up') break;
        this.#phase = 'live';
        this.#liveSince = now;
        break;
      case 'ops':
        effects.push({ type: 'apply', changes: frame.changes });
        break;
      case 'snapshot':
        effects.push({ type: 'merge', version: frame.version, bytes: frame.bytes });
        break;
      case 'ack':
        this.#uplink.acknowledge(frame, now);
        if (frame.level === 'durable') {
          this.#relay.acknowledged(frame.version);
          effects.push({ type: 'relay' });
        }
        this.#flush(now, effects);
        break;
      case 'reject':
        this.#rejected(frame, now, effects);
        break;
      case 'role':
        if (frame.role === null) this.#refuse(words.revoked, now, effects);
        else {
          this.#role = frame.role;
          this.#flush(now, effects);
        }
        break;
      case 'auth':
        this.#user = frame.user;
        if (frame.warn) effects.push({ type: 'refresh' });
        break;
      case 'want-snapshot':
        if (frame.want === 'hash') effects.push({ type: 'hash', version: frame.version });
        else this.#wanted = frame.version;
        break;
      case 'peer': {
        const { replica, user, state } = frame;
        if (replica !== this.#options.replica) effects.push({ type: 'peer', replica, user, state });
        break;
      }
      default:
        break;
    }
  }

  #greet(token: string | null, now: number, effects: Effect[]): void {
    this.#phase = 'greeting';
    this.#deadline = now + OPEN_WITHIN;
    this.#greetedAt = now;
    this.#health.begin(now);
    this.#send(effects, { type: 'hello', ...VERSIONS, replica: this.#options.replica, token });
  }

  #welcome({ version, limits, user }: Welcome, now: number, effects: Effect[]): void {
    this.#version = version;
    this.#user = user;
    this.#phase = 'joining';
    this.#deadline = now + OPEN_WITHIN;
    this.#health.sample(now - this.#greetedAt, now);
    this.#uplink.begin(limits, now);
    this.#presence.limit(limits.presence);
    this.#send(effects, this.#join());
  }

  #joined({ epoch, role, version }: Joined, now: number, effects: Effect[]): void {
    if (this.#phase === 'joining') this.#phase = 'catching-up';
    this.#catchUp.begin();
    this.#refusal = null;
    this.#error = null;
    this.#comeback.entered();
    this.#role = role;
    this.#relay.told(epoch, version);
    effects.push({ type: 'relay' });
    // What the relay lost, whoever wrote it, is sent again; what it has is forgotten here.
    this.#health.answered(now);
    this.#uplink.reset(this.#options.source.changesSince(version), now);
    // Who comes back is named before what they bring.
    this.#presence.again();
    this.#show(now, effects);
    this.#flush(now, effects);
  }

  #rejected(reject: Reject, now: number, effects: Effect[]): void {
    switch (reject.code) {
      case 'gap':
      case 'not-joined':
        // Something was lost on the way: compare notes.
        this.#ask(now, effects);
        break;
      case 'rate':
        if (this.#phase === 'joining') {
          effects.push({ type: 'disconnect' });
          this.#lost(CloseCode.tryLater, retryReason(reject.retryAfter, reject.detail), now, effects);
          break;
        }
        this.#health.withdraw();
        this.#uplink.pause(reject.retryAfter, now);
        break;
      case 'epoch':
        this.#refusal = 'erased';
        this.#stop(effects);
        break;
      default:
        if (this.#phase === 'joining') {
          this.#refuse(reject.detail || words.notAllowed, now, effects);
          break;
        }
        this.#error = reject.detail || words.refused;
        if (reject.culprit) this.#uplink.refused(reject.culprit, now);
        this.#flush(now, effects);
    }
  }

  /** The document took these from the relay, which has them or is about to: they need not be sent there. */
  #learn(version: VersionVector, effects: Effect[]): void {
    const { replica: own, source } = this.#options;
    const isNews = (replica: ReplicaId): boolean => replica !== own && !this.#outbox.has(replica);
    const known = [...version].filter(([r, to]) => isNews(r) && (source.version.get(r) ?? 0) >= to);
    if (known.length === 0) return;
    this.#relay.passedOn(known);
    effects.push({ type: 'relay' });
  }

  #answer(event: ClientEvent & { type: 'snapshot' | 'hash' }, now: number, effects: Effect[]): void {
    if (!this.#isJoined) return;
    const { version, stateHash } = event;
    const handle = HANDLE;
    if (event.type === 'hash') {
      this.#send(effects, { type: 'attest', handle, version, stateHash });
      return;
    }
    const { bytes } = event;
    if (bytes.length + HEAD > this.#uplink.snapshotLimit) return;
    this.#send(effects, { type: 'snapshot', handle, version, stateHash, bytes });
    // It may be long on its way: the answer to what is asked behind it tells that it is through.
    this.#health.burdened(bytes.length);
    this.#ask(now, effects);
  }

  #wake(now: number, effects: Effect[]): void {
    if (this.#isJoined) this.#flush(now, effects);
    else if (this.#deadline === null || now < this.#deadline) return;
    else if (this.#phase === 'waiting') this.#connect(now, effects);
    else this.#abandon(now, effects);
  }

  /** After every event on a joined line: what time and the state of things ask for. */
  #settle(now: number, effects: Effect[]): void {
    this.#show(now, effects);
    const verdict = this.#health.verdict(now);
    if (verdict === 'dead') {
      this.#abandon(now, effects);
      return;
    }
    if (verdict === 'ask') this.#ask(now, effects);
    if (!this.#health.isAsking && this.#catchUp.asksAgain(this.#options.source.version))
      this.#ask(now, effects);
    if (this.#wanted && this.#phase === 'live' && this.#mayWrite && this.#outbox.size === 0) {
      const isThere = covers(this.#options.source.version, this.#wanted);
      this.#wanted = null;
      if (isThere) effects.push({ type: 'snapshot' });
    }
  }

  #abandon(now: number, effects: Effect[]): void {
    effects.push({ type: 'disconnect' });
    this.#lost(1006, 'no answer', now, effects);
  }

  #connect(now: number, effects: Effect[]): void {
    this.#phase = 'connecting';
    this.#deadline = now + OPEN_WITHIN;
    effects.push({ type: 'connect', fresh: this.#comeback.tokenRefused });
  }

  #stop(effects: Effect[]): void {
    if (this.#phase === 'stopped') return;
    if (this.#phase !== 'waiting') effects.push({ type: 'disconnect' });
    if (this.#isJoined) effects.push({ type: 'alone' });
    this.#phase = 'stopped';
    this.#deadline = null;
    this.#comeback.steady();
    this.#error = null;
  }

  /** The room is closed to this user. Asked again as slowly as after a refusal for good. */
  #refuse(why: string, now: number, effects: Effect[]): void {
    this.#refusal = 'forbidden';
    this.#role = null;
    effects.push({ type: 'disconnect' });
    this.#lost(CloseCode.forbidden, why, now, effects);
  }

  #lost(code: number, reason: string, now: number, effects: Effect[]): void {
    if (this.#phase === 'stopped' || this.#phase === 'waiting') return;
    if (this.#isJoined) effects.push({ type: 'alone' });
    if (this.#phase === 'live' && now >= this.#liveSince + STEADY) this.#comeback.steady();
    this.#wanted = null;
    this.#phase = 'waiting';
    this.#deadline = now + this.#comeback.lost(code, reason);
  }

  #ask(now: number, effects: Effect[]): void {
    if (!this.#isJoined || this.#health.isAsking) return;
    this.#health.asked(now);
    this.#send(effects, this.#join());
  }

  #join(): Join {
    const { room, source, grant, capabilities } = this.#options;
    const join = {
      type: 'join',
      handle: HANDLE,
      room,
      epoch: this.relay.epoch,
      version: source.version,
    } as const;
    return { ...join, ...(grant && { grant }), ...(capabilities && { capabilities }) };
  }

  #flush(now: number, effects: Effect[]): void {
    if (!this.#isJoined || !this.#mayWrite) return;
    const changes = this.#uplink.take(now);
    if (changes.length > 0)
      effects.push({ type: 'send', packets: opsPackets(HANDLE, changes, this.#version) });
  }

  #show(now: number, effects: Effect[]): void {
    const state = this.#presence.take(now);
    if (state) this.#send(effects, { type: 'presence', handle: HANDLE, state });
  }

  #send(effects: Effect[], frame: Frame): void {
    const ready = packets(frame, this.#version);
    if (ready.length > 0) effects.push({ type: 'send', packets: ready });
  }
}
