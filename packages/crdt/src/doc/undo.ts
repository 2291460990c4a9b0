import type { LeafContainer } from '../schema/container.ts';

/** An op that takes back an earlier one. */
export interface Inverse {
  readonly container: LeafContainer;
  readonly op: unknown;
}

interface Step {
  readonly label: string;
  /** In the order in which the ops were made: to be applied from the last to the first. */
  readonly inverses: Inverse[];
}

/** Changes with one label that follow each other within this time, in milliseconds, are one step. */
const GROUP_MS = 500;
/** Older steps are forgotten. */
const LIMIT = 1000;

/**
 * Local undo, global redo (Stewen and Kleppmann 2024): undo takes back this replica's own steps; what an undo
 * overwrote comes back on redo, whoever had written it. n undos and n redos are neutral.
 */
export class UndoStack {
  readonly #undo: Step[] = [];
  readonly #redo: Step[] = [];
  #lastAt = Number.NEGATIVE_INFINITY;

  get undoLabel(): string | null {
    return this.#undo.at(-1)?.label ?? null;
  }

  get redoLabel(): string | null {
    return this.#redo.at(-1)?.label ?? null;
  }

  /** Records a local change made at `now` (ms). `inverses` in the order in which the ops were made. */
  record(label: string, inverses: readonly Inverse[], now: number): void {
    this.#redo.length = 0;
    const last = this.#undo.at(-1);
    if (last && last.label === label && now - this.#lastAt <= GROUP_MS) {
      for (const inverse of inverses) last.inverses.push(inverse);
    } else this.#undo.push({ label, inverses: [...inverses] });
    if (this.#undo.length > LIMIT) this.#undo.shift();
    this.#lastAt = now;
  }

  /** Starts a new step with the next change, whatever its label. */
  close(): void {
    this.#lastAt = Number.NEGATIVE_INFINITY;
  }

  /** Takes the newest step of one stack; `run` applies it in the given order and returns the inverses, for the other stack. */
  travel(
    direction: 'undo' | 'redo',
    run: (inverses: readonly Inverse[]) => readonly Inverse[],
  ): { readonly label: string } | null {
    const [from, to] = direction === 'undo' ? [this.#undo, this.#redo] : [this.#redo, this.#undo];
    const step = from.pop();
    if (step === undefined) return null;
    to.push({ label: step.label, inverses: [...run(step.inverses.reverse())] });
    this.close();
    return { label: step.label };
  }
}
