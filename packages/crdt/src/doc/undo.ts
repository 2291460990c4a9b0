import type { LeafContainer } from '../schema/container.ts';
import type { Clock } from './clock.ts';

/** What takes back one segment of a change: ops, or for journaled types the ids that the type is to take back. */
export interface Part {
  readonly container: LeafContainer;
  /** In the order to apply them; null in a journaled container. */
  readonly ops: readonly unknown[] | null;
  readonly peer: number;
  readonly from: number;
  to: number;
}

export interface Step {
  readonly label: string;
  /** In the order in which the ops were made: to be taken back from the last to the first. */
  readonly parts: Part[];
}

export type Direction = 'undo' | 'redo';

/** Changes with one label that follow each other within this time, in milliseconds, are one step. */
const GROUP_MS = 500;
/** Older steps are forgotten. */
const LIMIT = 1000;

/**
 * Local undo, global redo (Stewen and Kleppmann 2024): undo takes back this user's own steps; what an undo overwrote
 * comes back on redo, whoever had written it. n undos and n redos are neutral.
 */
export class UndoStack {
  readonly undo: Step[] = [];
  readonly redo: Step[] = [];
  #lastAt = Number.NEGATIVE_INFINITY;

  /** The label of the newest step that touches what is below `scope`, or null. */
  label(direction: Direction, scope: string): string | null {
    const steps = direction === 'undo' ? this.undo : this.redo;
    return steps[find(steps, scope)]?.label ?? null;
  }

  /** Records a keystroke without making anything: true if the last step ends where it begins. */
  extend(
    label: string,
    container: LeafContainer,
    peer: number,
    from: number,
    to: number,
    { now }: Clock,
  ): boolean {
    if (this.redo.length > 0 || now - this.#lastAt > GROUP_MS) return false;
    const step = this.undo[this.undo.length - 1];
    if (step === undefined || step.label !== label) return false;
    const part = step.parts[step.parts.length - 1];
    if (part === undefined || part.container !== container || part.peer !== peer || part.to !== from)
      return false;
    part.to = to;
    this.#lastAt = now;
    return true;
  }

  /** The step that a change made at `now` (ms) belongs to: its parts are to be added there. */
  stepFor(label: string, now: number): Step {
    if (this.redo.length > 0) this.redo.length = 0;
    let step = this.undo[this.undo.length - 1];
    if (step === undefined || step.label !== label || now - this.#lastAt > GROUP_MS) {
      step = { label, parts: [] };
      this.undo.push(step);
      if (this.undo.length > LIMIT) this.undo.shift();
    }
    this.#lastAt = now;
    return step;
  }

  /** Takes steps in the place of its own. */
  take({ undo, redo }: { readonly undo: readonly Step[]; readonly redo: readonly Step[] }): void {
    this.undo.splice(0, Number.POSITIVE_INFINITY, ...undo);
    this.redo.splice(0, Number.POSITIVE_INFINITY, ...redo);
    this.close();
  }

  /** Starts a new step with the next change, whatever its label. */
  close(): void {
    this.#lastAt = Number.NEGATIVE_INFINITY;
  }

  /** Drops the newest step of one stack and returns its label: what it did stays, and those before it come next. */
  forget(direction: Direction): string | null {
    const step = (direction === 'undo' ? this.undo : this.redo).pop();
    this.close();
    return step?.label ?? null;
  }

  /**
   * Takes the newest step of one stack that touches what is below `scope`; `run` gets its parts in the order to take
   * them back, and returns what takes that back, for the other stack. If it throws, both stacks are as they were.
   */
  travel(
    direction: Direction,
    scope: string,
    run: (parts: readonly Part[], label: string) => readonly Part[],
  ): { readonly label: string } | null {
    const [from, to] = direction === 'undo' ? [this.undo, this.redo] : [this.redo, this.undo];
    const at = find(from, scope);
    const [step] = from.splice(at, 1);
    if (step === undefined) return null;
    try {
      to.push({ label: step.label, parts: [...run(step.parts.toReversed(), step.label)] });
    } catch (error) {
      // It was not taken back: it stays what comes next.
      from.splice(at, 0, step);
      throw error;
    }
    this.close();
    return { label: step.label };
  }
}

/** The newest step with a part below `scope`; past the end if there is none. */
function find(steps: readonly Step[], scope: string): number {
  // A step may have come to nothing: it still is one.
  if (scope === '') return Math.max(0, steps.length - 1);
  const at = steps.findLastIndex((step) =>
    step.parts.some(({ container }) => isBelow(container.path, scope)),
  );
  return at < 0 ? steps.length : at;
}

function isBelow(path: string, scope: string): boolean {
  return scope === '' || path === scope || path.startsWith(`${scope}/`);
}
