import { DecodeError, type Reader, type Writer } from '../bytes/index.ts';
import { readReplica, writeReplica } from '../core/ids.ts';
import type { Peers } from '../core/peers.ts';
import type { Target } from '../schema/container.ts';
import type { Targets } from './target.ts';

/** So many are found by looking at each. */
const FEW = 8;

/** How long the tables were, to go back to. */
export interface NamesMark {
  readonly peers: number;
  readonly targets: number;
  readonly kinds: number;
}

/**
 * What one author calls replicas and containers in its changes: small numbers in the order of their first use. A name is
 * written in full once, in the header of the change that first uses it, and everybody who has that change knows it: so
 * any later change is read with the same table, wherever it comes from and however it was cut. Number 0 is the author.
 */
export class Names {
  readonly peers: number[];
  readonly targets: Target[] = [];
  readonly #kinds: string[] = [];
  readonly #kindNumbers = new Map<string, number>();
  /** For each kind the number of the target that first has it. */
  readonly #kindFirst: number[] = [];
  /** For each name the first seq of the change that defines it; ascending. */
  readonly #peerSince: number[] = [-1];
  readonly #targetSince: number[] = [];
  /** Made when there are more than a few. */
  #peerNumbers: Map<number, number> | null = null;
  #targetNumbers: Map<Target, number> | null = null;
  /** The greatest seq that defines anything. */
  #last = -1;

  constructor(self: number) {
    this.peers = [self];
  }

  /** -1 if the author has not named it yet. */
  peerNumber(peer: number): number {
    if (this.#peerNumbers === null) return this.peers.indexOf(peer);
    return this.#peerNumbers.get(peer) ?? -1;
  }

  targetNumber(target: Target): number {
    if (this.#targetNumbers === null) return this.targets.indexOf(target);
    return this.#targetNumbers.get(target) ?? -1;
  }

  definePeer(peer: number, since: number): number {
    const number = this.peers.length;
    this.peers.push(peer);
    this.#peerSince.push(since);
    if (this.#peerNumbers !== null) this.#peerNumbers.set(peer, number);
    else if (number === FEW) this.#peerNumbers = numbersOf(this.peers);
    this.#last = since;
    return number;
  }

  defineTarget(target: Target, since: number): number {
    const number = this.targets.length;
    this.targets.push(target);
    this.#targetSince.push(since);
    if (this.#targetNumbers !== null) this.#targetNumbers.set(target, number);
    else if (number === FEW) this.#targetNumbers = numbersOf(this.targets);
    if (!this.#kindNumbers.has(target.kind)) {
      this.#kindNumbers.set(target.kind, this.#kinds.length);
      this.#kinds.push(target.kind);
      this.#kindFirst.push(number);
    }
    this.#last = since;
    return number;
  }

  /** Does the change that begins at `seq` define anything? */
  definesAt(seq: number): boolean {
    if (seq > this.#last) return false;
    const peer = lowerBound(this.#peerSince, seq);
    const target = lowerBound(this.#targetSince, seq);
    return this.#peerSince[peer] === seq || this.#targetSince[target] === seq;
  }

  /** What the change that begins at `seq` defines: peers [8 bytes] · targets [kind number, (kind), path]. */
  write(w: Writer, seq: number, peers: Peers): void {
    const firstPeer = lowerBound(this.#peerSince, seq);
    const endPeer = lowerBound(this.#peerSince, seq + 1);
    w.varint(endPeer - firstPeer);
    for (let i = firstPeer; i < endPeer; i++) writeReplica(w, peers.replica(this.peers[i] as number));
    const firstTarget = lowerBound(this.#targetSince, seq);
    const endTarget = lowerBound(this.#targetSince, seq + 1);
    w.varint(endTarget - firstTarget);
    for (let i = firstTarget; i < endTarget; i++) {
      const { kind, path } = this.targets[i] as Target;
      const number = this.#kindNumbers.get(kind) as number;
      w.varint(number);
      if (this.#kindFirst[number] === i) w.string(kind);
      w.string(path);
    }
  }

  /** Takes what `write` wrote for the change at `seq`. Throws DecodeError; then `restore` is up to the caller. */
  read(r: Reader, seq: number, peers: Peers, targets: Targets): void {
    for (let n = r.count(8); n > 0; n--) {
      const peer = peers.intern(readReplica(r));
      if (this.peerNumber(peer) >= 0) throw new DecodeError('a replica named twice');
      this.definePeer(peer, seq);
    }
    for (let n = r.count(2); n > 0; n--) {
      const number = r.varint();
      let kind = this.#kinds[number];
      if (kind === undefined) {
        if (number !== this.#kinds.length) throw new DecodeError('unknown strategy number');
        kind = r.string();
        if (kind === '' || kind.includes(' ') || this.#kindNumbers.has(kind))
          throw new DecodeError('malformed strategy');
      }
      const target = targets.named(kind, r.string());
      if (this.targetNumber(target) >= 0) throw new DecodeError('a container named twice');
      this.defineTarget(target, seq);
    }
  }

  /** Reads over what `write` wrote for the change at `seq`, which is known. */
  skip(r: Reader, seq: number): void {
    r.skip(8 * r.count(8));
    let target = lowerBound(this.#targetSince, seq);
    for (let n = r.count(2); n > 0; n--) {
      if (this.#kindFirst[r.varint()] === target) r.string();
      r.string();
      target++;
    }
  }

  mark(): NamesMark {
    return { peers: this.peers.length, targets: this.targets.length, kinds: this.#kinds.length };
  }

  /** Forgets what was defined since `mark`. */
  restore(mark: NamesMark): void {
    for (const peer of this.peers.splice(mark.peers)) this.#peerNumbers?.delete(peer);
    for (const target of this.targets.splice(mark.targets)) this.#targetNumbers?.delete(target);
    this.#peerSince.length = mark.peers;
    this.#targetSince.length = mark.targets;
    for (const kind of this.#kinds.splice(mark.kinds)) this.#kindNumbers.delete(kind);
    this.#kindFirst.length = mark.kinds;
    this.#last = Math.max(this.#peerSince.at(-1) as number, this.#targetSince.at(-1) ?? -1);
  }

  /** The whole table in the document's own numbers, for a file: peers [peer, since] · targets [target, since], each since less the one before. */
  save(w: Writer): void {
    w.varint(this.peers.length - 1);
    for (let i = 1; i < this.peers.length; i++) {
      w.varint(this.peers[i] as number);
      w.varint((this.#peerSince[i] as number) - Math.max(0, this.#peerSince[i - 1] as number));
    }
    w.varint(this.targets.length);
    this.targets.forEach((target, i) => {
      w.varint(target.index);
      w.varint((this.#targetSince[i] as number) - (this.#targetSince[i - 1] ?? 0));
    });
  }

  /** Takes what `save` wrote, into an empty table. Throws DecodeError. */
  load(r: Reader, peers: Peers, targets: Targets): void {
    let since = 0;
    for (let n = r.count(2); n > 0; n--) {
      const peer = r.varint();
      since += r.varint();
      if (peer >= peers.size || this.peerNumber(peer) >= 0) throw new DecodeError('a name that cannot be');
      this.definePeer(peer, since);
    }
    since = 0;
    for (let n = r.count(2); n > 0; n--) {
      const index = r.varint();
      since += r.varint();
      if (index >= targets.size || this.targetNumber(targets.at(index)) >= 0)
        throw new DecodeError('a name that cannot be');
      this.defineTarget(targets.at(index), since);
    }
    this.#last = Math.max(this.#peerSince.at(-1) as number, this.#targetSince.at(-1) ?? -1);
  }
}

function numbersOf<T>(items: readonly T[]): Map<T, number> {
  return new Map(items.map((item, number) => [item, number]));
}

/** The index of the first number that is `wanted` or greater. */
function lowerBound(sorted: readonly number[], wanted: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
