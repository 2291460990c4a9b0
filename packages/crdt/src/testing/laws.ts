import type { CrdtType } from '../core/crdt-type.ts';
import { checkCompaction, checkDamage, checkStates, checkUndo, checkViews } from './law-checks.ts';
import { checkInDocuments } from './law-documents.ts';
import { checkEveryOrder, checkReordering, checkSwaps, wander } from './law-histories.ts';
import { LawCounter, type LawReport } from './law-report.ts';
import { forSeeds, type Random } from './random.ts';
import { Replicas } from './replicas.ts';

export interface LawOptions<View, Mut> {
  /** One random edit at one replica. May throw RangeError to say that it found nothing to do. */
  readonly act: (mut: Mut, random: Random) => void;
  /** The part of the view that undo restores; all of it unless told. */
  readonly look?: (view: View) => unknown;
  /** 3 unless told; at least 2. */
  readonly replicas?: number;
  /** Edits and deliveries in one history. 40 unless told. */
  readonly steps?: number;
  /** Histories. 100 unless told. */
  readonly seeds?: number;
  /** The first seed, 1 unless told: an error names the seed to begin with. */
  readonly first?: number;
}

/**
 * Holds a type against what every type must keep, on random histories of several replicas:
 *
 * - reordering, commutativity, every order: whatever the order of delivery, equal histories give equal views and bytes;
 * - partition: also when replicas were apart for a while;
 * - canonical bytes: states that look different never have equal bytes;
 * - stable views: a view never changes under its reader, and keeps its identity while nothing changes;
 * - undo and redo: n of each are neutral as long as nobody else writes;
 * - compaction: the ops that a type still needs make the same state;
 * - damaged bytes: refused, or an op that is applied or refused whole;
 * - duplication, idempotence, save and load: in documents, with changes that come late, twice, or from a file;
 * - past versions: a document shows what it showed then.
 *
 * Returns how many cases of each were tried. Throws with the law, the seed and the kind of the first that breaks.
 */
export function checkLaws<State, Op, View, Mut, Patch>(
  type: CrdtType<State, Op, View, Mut, Patch>,
  options: LawOptions<View, Mut>,
): LawReport {
  const { look = (view) => view, replicas = 3, steps = 40, seeds = 100, first = 1 } = options;
  const laws = new LawCounter();
  const act = (mut: Mut, random: Random): void => tolerant(() => options.act(mut, random));
  try {
    forSeeds(
      seeds,
      (random, seed) => {
        const all = new Replicas(type, replicas);
        const views = checkViews(all, laws);
        const states = checkStates(all, laws, random);
        wander(all, act, random, steps, laws);
        views.unchanged();
        states.toldApart();
        checkReordering(all, random, laws);
        checkSwaps(all, random, laws);
        if (seed % 4 === 0) checkEveryOrder(type, act, random, laws);
        checkDamage(all, random, laws);
        const author = random.int(replicas);
        checkUndo(all, author, (mut) => act(mut, random), look, laws);
        checkCompaction(all, author, laws);
        if (seed % 5 === 0) checkInDocuments(type, act, look, random, laws);
      },
      first,
    );
  } catch (error) {
    throw new Error(`${type.kind}, ${(error as Error).message}`, { cause: error });
  }
  return { kind: type.kind, first, seeds, cases: laws.cases };
}

function tolerant(body: () => void): void {
  try {
    body();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
}
