import { type Doc, mergeFile, type ReplicaId, type SchemaNode } from '@concord/crdt';
import { DecodeError } from '@concord/crdt/bytes';
import { type Change, isWhole, type VersionVector } from './protocol/index.ts';

/** The way of others' changes into the document, and what is known of where they came from. */
export class Inbound<S extends SchemaNode> {
  readonly #doc: Doc<S>;
  readonly #overflowed: () => void;
  /** What could not be read, by why: the same comes again with each catch-up. */
  readonly #unreadable = new Set<string>();
  /** While something from the relay is applied: whether a change is part of it. */
  #isRelayed: ((change: Change) => boolean) | null = null;

  /** `overflowed` is called if something had no room to wait for what it builds on. */
  constructor(doc: Doc<S>, overflowed: () => void) {
    this.#doc = doc;
    this.#overflowed = overflowed;
  }

  /** How many different things could not be read. */
  get unreadable(): number {
    return this.#unreadable.size;
  }

  /**
   * Whether the change that the document tells of is part of what the relay brings just now. A sibling's change may
   * have waited for that: it is news to the relay all the same.
   */
  isRelayed(change: Change): boolean {
    return this.#isRelayed?.(change) ?? false;
  }

  /** Takes what another tab made or knows. */
  fromTab(changes: readonly Change[]): void {
    this.#report(this.#doc.apply(changes.map((change) => change.bytes)));
  }

  /** Takes what the relay sent, as far as it is what it says it is. Returns what of each replica that was. */
  fromRelay(changes: readonly Change[]): VersionVector {
    const whole = changes.filter(isWhole);
    if (whole.length < changes.length) this.#unreadable.add('not what its frame says');
    const keys = new Set(whole.map(keyOf));
    const version = new Map<ReplicaId, number>();
    for (const { replica, to } of whole) version.set(replica, Math.max(to, version.get(replica) ?? 0));
    this.#while(
      (change) => keys.has(keyOf(change)),
      () => this.fromTab(whole),
    );
    return version;
  }

  /** Takes a snapshot of `version` that the relay sent. */
  snapshotFromRelay(file: Uint8Array, version: VersionVector): void {
    this.#while(
      ({ replica, to }) => to <= (version.get(replica) ?? 0),
      () => {
        try {
          this.#report(mergeFile(this.#doc, file));
        } catch (error) {
          if (!(error instanceof DecodeError)) throw error;
          this.#unreadable.add(error.message);
        }
      },
    );
  }

  #while(isRelayed: (change: Change) => boolean, act: () => void): void {
    this.#isRelayed = isRelayed;
    try {
      act();
    } finally {
      this.#isRelayed = null;
    }
  }

  #report({ rejected }: ReturnType<Doc<S>['apply']>): void {
    const hadNoRoom = ({ reason }: (typeof rejected)[number]): boolean => reason === 'too-many-parked';
    for (const each of rejected) if (!hadNoRoom(each)) this.#unreadable.add(`${each.reason} ${each.detail}`);
    if (rejected.some(hadNoRoom)) this.#overflowed();
  }
}

function keyOf({ replica, from }: Change): string {
  return `${from}@${replica}`;
}
