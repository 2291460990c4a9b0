import type { Json } from '@concord/crdt';
import type { AnchoredSelection, CaretPeer } from '@concord/prosemirror';
import type { Person } from '@concord/ui';
import type { BlocksSession } from './editing.ts';

/*
 * Everyone tells the others in which block their caret is, and where in it. One subscription to the session serves
 * all blocks: only those hear of a change that somebody came to, left, or moved in.
 */
export class Presence {
  readonly #session: BlocksSession;
  readonly #listeners = new Map<string, Set<() => void>>();
  #peers: ReadonlyMap<string, readonly CaretPeer[]> = new Map();
  #unsubscribe: (() => void) | null = null;
  /** The block that this reader says to be in. */
  #own: string | null = null;
  /** Where this reader's caret was last, also when its block is gone. */
  #last: { readonly block: string; readonly selection: AnchoredSelection } | null = null;

  constructor(session: BlocksSession) {
    this.#session = session;
  }

  /** Starts to listen. Returns the way to stop. */
  start(): () => void {
    this.#unsubscribe = this.#session.presence.subscribe(() => this.#read());
    this.#read();
    return () => this.#unsubscribe?.();
  }

  get last(): { readonly block: string; readonly selection: AnchoredSelection } | null {
    return this.#last;
  }

  show(block: string, selection: AnchoredSelection | null): void {
    this.#own = block;
    if (selection) this.#last = { block, selection };
    // Plain data by its own contract.
    this.#session.presence.set({ block, selection: selection as unknown as Json });
  }

  hide(block: string): void {
    if (this.#own !== block) return;
    this.#own = null;
    this.#session.presence.set(null);
  }

  of(block: string): readonly CaretPeer[] {
    return this.#peers.get(block) ?? NOBODY;
  }

  subscribe(block: string, listener: () => void): () => void {
    const set = this.#listeners.get(block) ?? new Set();
    this.#listeners.set(block, set.add(listener));
    return () => {
      set.delete(listener);
      if (set.size === 0 && this.#listeners.get(block) === set) this.#listeners.delete(block);
    };
  }

  #read(): void {
    const before = this.#peers;
    const now = new Map<string, CaretPeer[]>();
    for (const { replica, name, colour, data } of this.#session.presence.peers()) {
      const place = placeOf(data);
      if (place === null) continue;
      const there = now.get(place.block) ?? [];
      there.push({ id: replica, name, colour, selection: place.selection });
      now.set(place.block, there);
    }
    this.#peers = new Map(
      [...now].map(([block, peers]) => {
        const old = before.get(block);
        return [block, old && JSON.stringify(old) === JSON.stringify(peers) ? old : peers];
      }),
    );
    for (const block of new Set([...before.keys(), ...now.keys()])) {
      if (before.get(block) === this.#peers.get(block)) continue;
      for (const listener of [...(this.#listeners.get(block) ?? [])]) listener();
    }
  }
}

const NOBODY: readonly CaretPeer[] = [];

export const personOf = ({ id, name, colour }: CaretPeer): Person => ({ id, name, colour });

/** Reads a peer's words about itself; what makes no sense counts as nothing. */
export function placeOf(data: Json): { readonly block: string; readonly selection: Json | undefined } | null {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return null;
  const { block, selection } = data as { readonly block?: Json; readonly selection?: Json };
  return typeof block === 'string' && block.length <= 64 ? { block, selection } : null;
}
