import { InvalidOp } from '../core/crdt-type.ts';
import { formatId, type Id } from '../core/ids.ts';
import { IdMap } from './id-map.ts';

/** A write that stands until it is taken back, for ever. */
export interface Written<T> {
  readonly id: Id;
  readonly value: T;
  standing: boolean;
}

/** Writes that nothing overwrites; only their author's undo takes them back. */
export class Standing<T> {
  readonly #writes = new IdMap<Written<T>>();

  write(id: Id, value: T): Written<T> {
    const written = { id, value, standing: true };
    this.#writes.set(id, written);
    return written;
  }

  /** Null if it was taken back before. Throws InvalidOp if there is no such write. */
  retract(target: Id): Written<T> | null {
    const written = this.at(target);
    if (!written.standing) return null;
    written.standing = false;
    return written;
  }

  /** Throws InvalidOp if there is no such write. */
  at(id: Id): Written<T> {
    const written = this.#writes.get(id);
    if (written === undefined) throw new InvalidOp(`no such write: ${formatId(id)}`);
    return written;
  }

  /** False for retracts and for what they took back. */
  needs(id: Id): boolean {
    return this.#writes.get(id)?.standing === true;
  }

  *all(): Generator<Written<T>> {
    for (const written of this.#writes.values()) if (written.standing) yield written;
  }
}
