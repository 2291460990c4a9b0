import type { ChangeSource } from './client-types.ts';
import type { Problem } from './problem.ts';
import { covers, MAX_SNAPSHOT, type VersionVector, type WantSnapshot } from './protocol/index.ts';

/** Room for what a snapshot carries beside its file, in bytes. */
const HEAD = 1024 * 1024;

/** What the relay asks of this client for the room's sake: a snapshot, once the document holds all that it is to cover. */
export class Duties {
  readonly #source: ChangeSource;
  #wanted: VersionVector | null = null;
  /** How large the snapshot was that no receiver takes. */
  #tooLarge = 0;

  constructor(source: ChangeSource) {
    this.#source = source;
  }

  /** The relay wants a snapshot that covers this. One that was too large is not made again: a history only grows. */
  asked({ version }: Pick<WantSnapshot, 'version'>): void {
    if (this.#tooLarge === 0) this.#wanted = version;
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

  /** Whether a snapshot of so many bytes may be sent. If no receiver takes it, the relay keeps the changes themselves. */
  mayBring(bytes: number): boolean {
    const fits = bytes + HEAD <= MAX_SNAPSHOT;
    if (!fits) this.#tooLarge = bytes;
    return fits;
  }

  get problem(): Problem | null {
    const bytes = this.#tooLarge;
    return bytes > 0 ? { kind: 'history-too-long', bytes, most: MAX_SNAPSHOT - HEAD } : null;
  }
}
