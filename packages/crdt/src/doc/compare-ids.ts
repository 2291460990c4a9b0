import type { PeerRange } from '../core/journal.ts';

interface ComparedIds {
  readonly kind: 'kept' | 'added' | 'removed';
  readonly peer: number;
  count: number;
}

/** Walks over ranges of ids element by element, in steps as long as both sides allow. */
class Walk {
  readonly #ranges: readonly PeerRange[];
  #at = 0;
  #done = 0;

  constructor(ranges: readonly PeerRange[]) {
    this.#ranges = ranges;
  }

  /** The rest of the range that it is in; null at the end. */
  get here(): PeerRange | null {
    const range = this.#ranges[this.#at];
    if (range === undefined) return null;
    return { peer: range.peer, seq: range.seq + this.#done, length: range.length - this.#done };
  }

  step(count: number): void {
    this.#done += count;
    if (this.#done < (this.#ranges[this.#at] as PeerRange).length) return;
    this.#at++;
    this.#done = 0;
  }
}

/** Which elements a set of ranges has. */
class Members {
  readonly #byPeer = new Map<number, PeerRange[]>();

  constructor(ranges: readonly PeerRange[]) {
    for (const range of ranges) {
      const list = this.#byPeer.get(range.peer);
      if (list === undefined) this.#byPeer.set(range.peer, [range]);
      else list.push(range);
    }
    for (const list of this.#byPeer.values()) list.sort((a, b) => a.seq - b.seq);
  }

  /** For how many elements from the first of `range` on the answer is the same; negative if they are not there. */
  run({ peer, seq, length }: PeerRange): number {
    const list = this.#byPeer.get(peer) ?? [];
    let [low, high] = [0, list.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const { seq: from, length: of } = list[middle] as PeerRange;
      if (from + of <= seq) low = middle + 1;
      else high = middle;
    }
    const next = list[low];
    if (next === undefined) return -length;
    if (next.seq > seq) return -Math.min(length, next.seq - seq);
    return Math.min(length, next.seq + next.length - seq);
  }
}

/**
 * How the sequence `before` became `after`: both are parts of one sequence, so what they share stands in one order. What
 * went stands before what came in its place.
 */
export function compareIds(
  before: readonly PeerRange[],
  after: readonly PeerRange[],
): readonly ComparedIds[] {
  const [had, has] = [new Members(before), new Members(after)];
  const [old, now] = [new Walk(before), new Walk(after)];
  const steps: ComparedIds[] = [];
  const push = (kind: ComparedIds['kind'], peer: number, count: number): void => {
    const last = steps.at(-1);
    if (last?.kind === kind && last.peer === peer) last.count += count;
    else steps.push({ kind, peer, count });
  };
  for (;;) {
    const [a, b] = [old.here, now.here];
    const stays = a === null ? 0 : has.run(a);
    if (a !== null && stays < 0) {
      push('removed', a.peer, -stays);
      old.step(-stays);
      continue;
    }
    const stood = b === null ? 0 : had.run(b);
    if (b !== null && stood < 0) {
      push('added', b.peer, -stood);
      now.step(-stood);
      continue;
    }
    if (a === null || b === null) return steps;
    const count = Math.min(stays, stood);
    push('kept', a.peer, count);
    old.step(count);
    now.step(count);
  }
}
