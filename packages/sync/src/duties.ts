import type { ChangeSource } from './client-types.ts';
import { covers, type VersionVector, type WantSnapshot } from './protocol/index.ts';

/** What the relay asks of this client for the room's sake: a snapshot, once the document holds all that it is to cover. */
export class Duties {
  readonly #source: ChangeSource;
  #wanted: VersionVector | null = null;

  constructor(source: ChangeSource) {
    this.#source = source;
  }

  /** The relay wants a snapshot that covers this. */
  asked({ version }: Pick<WantSnapshot, 'version'>): void {
    this.#wanted = version;
  }

  /** The line is gone, and the wish with it. */
  lost(): void {
    this.#wanted = null;
  }

  /** Whether to make the snapshot now. Asked when nothing else is to do; a wish that cannot be met is forgotten. */
  takeDue(): boolean {
    if (this.#wanted === null) return false;
    const isThere = covers(this.#source.version, this.#wanted);
    this.#wanted = null;
    return isThere;
  }
}
