import type { Id, ReplicaId } from '../core/ids.ts';
import type { VersionVector } from '../core/version.ts';
import type { Change, EncodedChange } from './change.ts';

/** A change that was applied, with its derived Lamport time and its place in the order of application. */
export interface AppliedChange extends EncodedChange {
  /** Of the first op; op i has lamport + i (counted in ids). */
  readonly lamport: number;
  readonly index: number;
}

/** The causal graph of all applied changes. Append-only; the order of application is a causal order. */
export class History {
  readonly #byReplica = new Map<ReplicaId, AppliedChange[]>();
  readonly #log: AppliedChange[] = [];
  readonly #version = new Map<ReplicaId, number>();
  /** Replicas whose last change nobody has built on yet, with its last seq. */
  readonly #heads = new Map<ReplicaId, number>();

  get version(): VersionVector {
    return this.#version;
  }

  get log(): readonly AppliedChange[] {
    return this.#log;
  }

  next(replica: ReplicaId): number {
    return this.#version.get(replica) ?? 0;
  }

  /** The ids that a change made now by `replica` depends on, without its own. */
  deps(replica: ReplicaId): Id[] {
    return [...this.#heads]
      .filter(([head]) => head !== replica)
      .map(([head, seq]) => ({ replica: head, seq }))
      .sort((a, b) => (a.replica < b.replica ? -1 : 1));
  }

  /** 1 + the greatest Lamport time among `deps` and the previous change of `replica`. All must be known. */
  lamportAfter(replica: ReplicaId, deps: readonly Id[]): number {
    let lamport = 0;
    const own = this.next(replica);
    if (own > 0) lamport = this.lamportOf({ replica, seq: own - 1 });
    for (const dep of deps) lamport = Math.max(lamport, this.lamportOf(dep));
    return lamport + 1;
  }

  append(change: Change, bytes: Uint8Array, lamport: number): void {
    const { replica, from, to } = change;
    const applied: AppliedChange = { replica, from, to, bytes, lamport, index: this.#log.length };
    this.#log.push(applied);
    const own = this.#byReplica.get(change.replica);
    if (own) own.push(applied);
    else this.#byReplica.set(change.replica, [applied]);
    this.#version.set(change.replica, change.to);
    for (const dep of change.deps) {
      if (this.#heads.get(dep.replica) === dep.seq) this.#heads.delete(dep.replica);
    }
    this.#heads.set(change.replica, change.to - 1);
  }

  /** What `version` lacks, in a causal order. */
  since(version: VersionVector): AppliedChange[] {
    const missing: AppliedChange[] = [];
    for (const [replica, changes] of this.#byReplica) {
      const known = version.get(replica) ?? 0;
      const last = changes[changes.length - 1];
      if (last === undefined || last.to <= known) continue;
      // One by one: as arguments of a single call, the changes of a long life overflow the stack.
      for (let i = find(changes, known); i < changes.length; i++) missing.push(changes[i] as AppliedChange);
    }
    return missing.sort((a, b) => a.index - b.index);
  }

  lamportOf(id: Id): number {
    const changes = this.#byReplica.get(id.replica) as AppliedChange[];
    const change = changes[find(changes, id.seq)] as AppliedChange;
    return change.lamport + (id.seq - change.from);
  }
}

/** The index of the first change that ends after `seq`. */
function find(changes: readonly AppliedChange[], seq: number): number {
  let low = 0;
  let high = changes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((changes[middle] as AppliedChange).to > seq) high = middle;
    else low = middle + 1;
  }
  return low;
}
