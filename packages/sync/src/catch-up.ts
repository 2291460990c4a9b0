import type { VersionVector } from './protocol/index.ts';

/** Whether all that a JOIN asked for came, and found room in the document. */
export class CatchUp {
  #isRunning = false;
  #isIncomplete = false;
  /** How much the document knew when it was last asked for again. */
  #known = -1;

  begin(): void {
    this.#isRunning = true;
  }

  end(): void {
    this.#isRunning = false;
  }

  /** Something came that the document had no room for. */
  overflowed(): void {
    this.#isIncomplete = true;
  }

  /** True once if it is worth asking again: without progress since the last time there still is no room. */
  asksAgain(version: VersionVector): boolean {
    if (!this.#isIncomplete || this.#isRunning) return false;
    this.#isIncomplete = false;
    let known = 0;
    for (const next of version.values()) known += next;
    const isWorthIt = known !== this.#known;
    this.#known = known;
    return isWorthIt;
  }
}
