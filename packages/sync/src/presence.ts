import { DecodeError, type Json, Reader, readJson, Writer, writeJson } from '@concord/crdt/bytes';
import { MAX_PRESENCE, type ReplicaId } from './protocol/index.ts';

/** What a person shows of themselves. */
export interface Identity {
  readonly name: string;
  /** Which of the interface's colours for people, counted from 0; each reader's own theme has the shade. */
  readonly colour: number;
}

/** Someone else in the room. */
export interface Peer extends Identity {
  readonly replica: ReplicaId;
  /** Whom the relay knows them as, by their token; the name and the colour are only their own word. Null: nobody. */
  readonly user?: string | null;
  /** Nobody is at their page just now. */
  readonly away?: boolean;
  /** Where they are, in the app's own terms: a caret, a card. Null until they say. Comes from outside: check it. */
  readonly data: Json;
}

/** What a page shows of its user. */
type Self = Identity & { readonly data: Json; readonly away?: boolean };

const MAX_NAME = 80;

/** Who is here now. Never stored, gone with the connection. */
export class Presence {
  readonly #publish: (state: Uint8Array) => void;
  readonly #listeners = new Set<() => void>();
  readonly #known = new Map<ReplicaId, Peer>();
  #peers: readonly Peer[] = [];
  #self: Self;
  /** As it went out last. */
  #shown: Uint8Array | null = null;

  constructor(identity: Identity, publish: (state: Uint8Array) => void) {
    this.#self = { name: identity.name.slice(0, MAX_NAME), colour: identity.colour, data: null };
    this.#publish = publish;
  }

  /** What the others see of this tab. */
  get self(): Self {
    return this.#self;
  }

  /** Shows where this user is. Sent at most 20 times a second, the newest wins; nothing is sent twice. Throws RangeError above 2 KiB. */
  set(data: Json): void {
    this.#show({ ...this.#self, data });
  }

  /** A name is cut after 80 characters. */
  setIdentity({ name, colour }: Identity): void {
    this.#show({ ...this.#self, name: name.slice(0, MAX_NAME), colour });
  }

  /** Shows whether nobody is at this page just now. */
  setAway(away: boolean): void {
    if (away !== (this.#self.away ?? false)) this.#show({ ...this.#self, away });
  }

  /** Everybody else, own tab not included, in a stable order. The same array until something changes. */
  readonly peers = (): readonly Peer[] => this.#peers;

  /** Called when `peers` or `self` changed. Returns the way to stop. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** For the session: what the relay tells of a peer. */
  receive(replica: ReplicaId, user: string | null, state: Uint8Array | null): void {
    const peer = state === null ? null : decode(replica, user, state);
    if (peer) this.#known.set(replica, peer);
    else if (!this.#known.delete(replica)) return;
    this.#update();
  }

  /** For the session: nothing is known of anyone. */
  clear(): void {
    if (this.#known.size === 0) return;
    this.#known.clear();
    this.#update();
  }

  /** For the session: what to send. */
  encoded(): Uint8Array {
    return encode(this.#self);
  }

  #show(self: Self): void {
    const state = encode(self);
    if (state.length > MAX_PRESENCE)
      throw new RangeError(`presence of ${state.length} bytes, ${MAX_PRESENCE} at most`);
    // An editor tells its caret whenever the text changes: ten who watch one write would answer each key with ten presences.
    if (this.#shown && sameBytes(state, this.#shown)) return;
    this.#self = self;
    this.#shown = state;
    this.#publish(state);
    this.#notify();
  }

  #update(): void {
    this.#peers = [...this.#known.values()].sort((a, b) => (a.replica < b.replica ? -1 : 1));
    this.#notify();
  }

  #notify(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

function encode({ name, colour, data, away = false }: Self): Uint8Array {
  const w = new Writer();
  writeJson(w, { name, colour, data, ...(away && { away }) });
  return w.finish();
}

/** Null if it is not a presence: a peer's bytes never throw. */
function decode(replica: ReplicaId, user: string | null, state: Uint8Array): Peer | null {
  try {
    const r = new Reader(state);
    const value = readJson(r);
    r.end();
    if (typeof value !== 'object' || value === null || !('name' in value)) return null;
    const { name, colour, data = null, away } = value;
    if (typeof name !== 'string' || typeof colour !== 'number') return null;
    return {
      replica,
      user,
      name: name.slice(0, MAX_NAME),
      colour: Number.isSafeInteger(colour) ? colour : 0,
      ...(away === true && { away }),
      data,
    };
  } catch (error) {
    if (error instanceof DecodeError) return null;
    throw error;
  }
}
