import { DecodeError, type Reader } from '../bytes/index.ts';
import { InvalidOp } from '../core/crdt-type.ts';
import { formatId, type ReplicaId } from '../core/ids.ts';
import type { RefReader } from '../core/journal.ts';
import type { LeafContainer } from '../schema/container.ts';
import type { AnyCrdtType } from '../schema/schema.ts';
import type { Author } from './author.ts';
import type { Outcome } from './outcome.ts';

/** Numbers of replicas as one author gave them. */
export class AuthorRefs implements RefReader {
  author: Author | null = null;

  peer(r: Reader): number {
    const peer = this.author?.names.peers[r.varint()];
    if (peer === undefined) throw new DecodeError('a replica that the author has not named');
    return peer;
  }
}

/** Where ops come from: whose they are, and their first id. */
export interface Origin {
  readonly replica: ReplicaId;
  readonly peer: number;
  readonly from: number;
  readonly to: number;
  /** Below this the ids are known. */
  readonly known: number;
  readonly lamport: number;
}

/**
 * The one way in for ops from a peer or from disk: applies what `r` holds to `container`. False, with the reason in
 * `outcome`, if it cannot: then nothing of the bad op and of those after it was applied.
 */
export function readOps(
  container: LeafContainer,
  r: Reader,
  origin: Origin,
  refs: RefReader,
  outcome: Outcome | null,
): boolean {
  const { type, path } = container;
  let patches = outcome?.patches?.get(path);
  const isNew = patches === undefined && outcome !== null && outcome.patches !== null;
  if (isNew) patches = [];
  try {
    if (type.journal === undefined) readOne(type, container.state, path, r, origin, outcome, patches ?? null);
    else {
      const { peer, from, to, known, lamport } = origin;
      const taken = type.journal.read(
        container.state,
        r,
        peer,
        from,
        to,
        known,
        lamport,
        refs,
        patches ?? null,
      );
      r.end();
      if (taken !== to - from) throw new DecodeError('ids do not add up');
    }
    return true;
  } catch (error) {
    if (error instanceof DecodeError) outcome?.reject('malformed-op', `${path}: ${error.message}`);
    else if (error instanceof InvalidOp) outcome?.reject('invalid-op', `${path}: ${error.message}`);
    else throw error;
    return false;
  } finally {
    container.touch();
    if (type.settle !== undefined) outcome?.touched.add(container);
    if (isNew && patches !== undefined && patches.length > 0) outcome?.patches?.set(path, patches);
  }
}

function readOne(
  type: AnyCrdtType,
  state: unknown,
  path: string,
  r: Reader,
  { replica, from, to, lamport }: Origin,
  outcome: Outcome | null,
  patches: unknown[] | null,
): void {
  const op = type.decode(r);
  r.end();
  if (type.width(op) !== to - from) throw new DecodeError('wrong width');
  const id = { replica, seq: from };
  const reason = outcome === null || outcome.isLoading ? null : (type.doubt?.(state, op) ?? null);
  const made = type.apply(state, op, { id, lamport });
  if (reason !== null) outcome?.doubt(path, formatId(id), reason);
  if (patches !== null) for (const patch of made) patches.push(patch);
}
