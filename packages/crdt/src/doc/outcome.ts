import type { OpId } from '../core/ids.ts';
import type { LeafContainer } from '../schema/container.ts';
import type { EncodedChange } from './change.ts';
import type { Rejection } from './events.ts';

/** An op that was applied although its type distrusts it. */
export interface Doubt {
  readonly path: string;
  readonly id: OpId;
  readonly detail: string;
}

/** What became of a batch of remote changes, counted in changes. */
export interface ApplyReport {
  readonly applied: number;
  /** Already there. */
  readonly known: number;
  /** Waiting for changes that they build on. */
  readonly parked: number;
  readonly rejected: readonly Rejection[];
  readonly doubts: readonly Doubt[];
}

/** The outcome of a batch while it is taken in. */
export class Outcome {
  applied = 0;
  known = 0;
  /** From disk: nothing is doubted that was taken once. */
  isLoading = false;
  rejected: Rejection[] | null = null;
  doubts: Doubt[] | null = null;
  /** Newly applied changes and what they changed; null if nobody listens. */
  changes: EncodedChange[] | null = null;
  patches: Map<string, unknown[]> | null = null;
  /** Containers that have to settle when the batch is in. */
  readonly touched = new Set<LeafContainer>();

  begin(wantsPatches: boolean): void {
    this.applied = 0;
    this.known = 0;
    this.rejected = null;
    this.doubts = null;
    this.changes = wantsPatches ? [] : null;
    this.patches = wantsPatches ? new Map() : null;
  }

  reject(reason: Rejection['reason'], detail: string): void {
    this.rejected ??= [];
    this.rejected.push({ reason, detail });
  }

  doubt(path: string, id: OpId, detail: string): void {
    this.doubts ??= [];
    this.doubts.push({ path, id, detail });
  }

  report(parked: number): ApplyReport {
    const { applied, known, rejected, doubts } = this;
    if (parked === 0 && rejected === null && doubts === null) {
      if (applied === 1 && known === 0) return ONE;
      if (applied === 0 && known === 1) return KNOWN;
    }
    return { applied, known, parked, rejected: rejected ?? [], doubts: doubts ?? [] };
  }
}

const NONE: readonly never[] = Object.freeze([]);
const ONE: ApplyReport = Object.freeze({ applied: 1, known: 0, parked: 0, rejected: NONE, doubts: NONE });
const KNOWN: ApplyReport = Object.freeze({ applied: 0, known: 1, parked: 0, rejected: NONE, doubts: NONE });
