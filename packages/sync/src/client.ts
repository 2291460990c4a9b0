import { CatchUp } from './catch-up.ts';
import type { ClientEvent, ClientOptions, Effect, RelayRecord } from './client-types.ts';
import { Comeback } from './comeback.ts';
import { Duties } from './duties.ts';
import { LineHealth } from './line-health.ts';
import { LinePhase } from './line-phase.ts';
import type { Outbox } from './outbox.ts';
import { PresencePace } from './presence-pace.ts';
import type { Problem } from './problem.ts';
import {
  CloseCode,
  type Frame,
  type Joined,
  type Reject,
  type ReplicaId,
  retryReason,
  type VersionVector,
  type Welcome,
} from './protocol/index.ts';
import { RelayKnowledge } from './relay-knowledge.ts';
import { Speech } from './speech.ts';
import { Standing } from './standing.ts';
import { Uplink } from './uplink.ts';

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
  readonly #speech: Speech;
  readonly #duties: Duties;
  readonly #phase = new LinePhase();
  readonly #relay: RelayKnowledge;
  readonly #standing: Standing;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#relay = new RelayKnowledge(options.relay);
    this.#standing = new Standing(options.room);
    this.#duties = new Duties(options.source);
    this.#speech = new Speech(options);
    this.#comeback = new Comeback(options.random, options.canRefresh ?? false);
    this.#uplink = new Uplink(options.source.changesSince(this.relay.version), this.#health);
  }

  get remote(): 'offline' | 'connecting' | 'live' {
    if (this.#phase.is('live')) return 'live';
    return this.#phase.is('stopped') || this.#comeback.hasFailed ? 'offline' : 'connecting';
  }

  /** Changes that the relay has not said to have on disk. */
  get waiting(): number {
    return this.#outbox.size;
  }

  /** True if what waits will not be sent as things are: the role forbids it, or the relay takes none of it. */
  get isStuck(): boolean {
    return this.#standing.isStuck(this.#outbox);
  }

  /** What this user may do, and why the room is closed to them. */
  get standing(): Pick<Standing, 'role' | 'user' | 'refusal'> {
    return this.#standing;
  }

  /** How the line is. */
  get health(): Pick<LineHealth, 'roundTrip' | 'samples'> {
    return this.#health;
  }

  get problem(): Problem | null {
    return this.#standing.problem(this.#outbox) ?? this.#comeback.problem ?? this.#duties.problem;
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
    if (!this.#isJoined) return this.#phase.deadline;
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
    return this.#phase.isJoined;
  }

  #react(event: ClientEvent, now: number, effects: Effect[]): void {
    switch (event.type) {
      case 'start':
        if (this.#phase.is('stopped') && this.#standing.refusal !== 'erased') this.#connect(now, effects);
        break;
      case 'stop':
        this.#stop(effects);
        break;
      case 'nudge':
        if (this.#phase.is('waiting')) this.#connect(now, effects);
        else this.#ask(now, effects);
        break;
      case 'opened':
        if (this.#phase.is('connecting')) this.#greet(event.token ?? null, now, effects);
        break;
      case 'heard':
        this.#health.heard(event.bytes, now);
        break;
      case 'frame':
        if (this.#phase.isDown) break;
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
        if (!this.#phase.is('connecting')) effects.push(...this.#speech.token(event.token));
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
    if (this.#phase.is('greeting') && frame.type !== 'welcome') return;
    switch (frame.type) {
      case 'welcome':
        if (this.#phase.is('greeting')) this.#welcome(frame, now, effects);
        break;
      case 'joined':
        this.#joined(frame, now, effects);
        break;
      case 'caught-up':
        this.#catchUp.end();
        this.#phase.caughtUp(now);
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
        if (frame.role === null) this.#refuse({ kind: 'revoked' }, now, effects);
        else {
          this.#standing.role = frame.role;
          this.#flush(now, effects);
        }
        break;
      case 'auth':
        this.#standing.user = frame.user;
        if (frame.warn) effects.push({ type: 'refresh' });
        break;
      case 'want-snapshot':
        if (frame.want === 'hash') effects.push({ type: 'hash', version: frame.version });
        else this.#duties.asked(frame);
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
    this.#phase.greet(now);
    this.#health.begin(now);
    effects.push(...this.#speech.hello(token));
  }

  #welcome({ version, limits, user }: Welcome, now: number, effects: Effect[]): void {
    this.#speech.version = version;
    this.#standing.user = user;
    this.#health.sample(this.#phase.join(now), now);
    this.#uplink.begin(limits, now);
    this.#presence.limit(limits.presence);
    effects.push(...this.#speech.join(this.relay.epoch));
  }

  #joined({ epoch, role, version }: Joined, now: number, effects: Effect[]): void {
    this.#phase.enter();
    this.#catchUp.begin();
    this.#standing.entered(role);
    this.#comeback.entered();
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
        if (this.#phase.is('joining')) {
          effects.push({ type: 'disconnect' });
          this.#lost(CloseCode.tryLater, retryReason(reject.retryAfter, reject.detail), now, effects);
          break;
        }
        this.#health.withdraw();
        this.#uplink.pause(reject.retryAfter, now);
        break;
      case 'epoch':
        this.#standing.refused('erased');
        this.#stop(effects);
        break;
      default:
        if (this.#phase.is('joining')) {
          this.#refuse({ kind: 'not-allowed', detail: reject.detail }, now, effects);
          break;
        }
        this.#standing.rejected(reject.detail);
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
    if (event.type === 'hash') {
      effects.push(...this.#speech.attest(event));
      return;
    }
    if (!this.#duties.mayBring(event.bytes.length)) return;
    effects.push(...this.#speech.snapshot(event));
    // It may be long on its way: the answer to what is asked behind it tells that it is through.
    this.#health.burdened(event.bytes.length);
    this.#ask(now, effects);
  }

  #wake(now: number, effects: Effect[]): void {
    if (this.#isJoined) this.#flush(now, effects);
    else if (now < (this.#phase.deadline ?? Number.POSITIVE_INFINITY)) return;
    else if (this.#phase.is('waiting')) this.#connect(now, effects);
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
    const isIdle = this.#phase.is('live') && this.#standing.mayWrite && this.#outbox.size === 0;
    if (isIdle && this.#duties.takeDue()) effects.push({ type: 'snapshot' });
  }

  #abandon(now: number, effects: Effect[]): void {
    effects.push({ type: 'disconnect' });
    this.#lost(1006, 'no answer', now, effects);
  }

  #connect(now: number, effects: Effect[]): void {
    this.#phase.connect(now);
    effects.push({ type: 'connect', fresh: this.#comeback.tokenRefused });
  }

  #stop(effects: Effect[]): void {
    if (this.#phase.is('stopped')) return;
    if (!this.#phase.is('waiting')) effects.push({ type: 'disconnect' });
    if (this.#isJoined) effects.push({ type: 'alone' });
    this.#phase.stop();
    this.#comeback.steady();
    this.#standing.forget();
  }

  /** The room is closed to this user. Asked again as slowly as after a refusal for good. */
  #refuse(why: Problem, now: number, effects: Effect[]): void {
    this.#standing.refused('forbidden');
    effects.push({ type: 'disconnect' });
    this.#lost(CloseCode.forbidden, '', now, effects, why);
  }

  #lost(code: number, reason: string, now: number, effects: Effect[], why?: Problem): void {
    if (this.#phase.isDown) return;
    if (this.#isJoined) effects.push({ type: 'alone' });
    if (this.#phase.isSteady(now)) this.#comeback.steady();
    this.#duties.lost();
    this.#phase.wait(now + this.#comeback.lost(code, reason, why));
  }

  #ask(now: number, effects: Effect[]): void {
    if (!this.#isJoined || this.#health.isAsking) return;
    this.#health.asked(now);
    effects.push(...this.#speech.join(this.relay.epoch));
  }

  #flush(now: number, effects: Effect[]): void {
    if (!this.#isJoined || !this.#standing.mayWrite) return;
    effects.push(...this.#speech.ops(this.#uplink.take(now)));
  }

  #show(now: number, effects: Effect[]): void {
    const state = this.#presence.take(now);
    if (state) effects.push(...this.#speech.presence(state));
  }
}
