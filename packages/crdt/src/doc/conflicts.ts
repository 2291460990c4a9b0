import type { Id, ReplicaId } from '../core/ids.ts';
import type { VersionVector } from '../core/version.ts';
import type { SchemaNode } from '../schema/schema.ts';
import type { Doc } from './doc.ts';
import { history } from './history.ts';
import { Knowledge } from './knowledge.ts';
import type { HistoryOp } from './walk.ts';

/*
 * What two people did to one thing without knowing of each other, found in the history alone. Each change is given what
 * its author knew of those who matter, in one pass in ≺; of the ops that decide one thing those stand which no later op
 * on it knew. A conflict is a pair of them, one by this user. Whoever then decides it anew knows both, and settles it.
 *
 * Costs O(entries × people who matter), and reads only ops that not everybody had seen. Left out: what two others did to
 * each other.
 */

/** An op of the past with who made it. */
export interface Deed extends HistoryOp {
  readonly id: Id;
  /** By its author's clock, milliseconds since 1970, to the second. */
  readonly time: number;
}

/** Two deeds to one thing, made without knowing of each other, and settled by nobody since. */
export interface Conflict {
  /** What both are about, in the words of `topics`. */
  readonly topic: string;
  readonly mine: Deed;
  readonly theirs: Deed;
}

export interface ConflictOptions {
  /** What was looked through already: pairs of which it knows both are left out. */
  readonly since: VersionVector;
  /** The replica ids that count as this user. */
  readonly mine: ReadonlySet<ReplicaId>;
  /**
   * What a deed is about: deeds that decide different things, or merge, can meet there too. Default: what it decides,
   * with the path before it, or nothing.
   */
  readonly topics?: (deed: Deed) => readonly string[];
  /** Awaited now and then, so that a long history does not hold up a page. */
  readonly pause?: () => Promise<unknown>;
}

interface Standing extends Deed {
  readonly last: number;
  readonly knew: (id: Id) => boolean;
  readonly isNew: boolean;
}

/** By topic, and there by what they decide, the deeds that nobody has decided anew since; '': those that merge. */
type Table = Map<string, Map<string, Standing[]>>;

/** Changes between two pauses. */
const STRETCH = 500;

/** What a deed decides, with its path: the topic that it has unless told. */
const decided = ({ path, contested }: Deed): readonly string[] =>
  contested === null ? [] : [`${path} ${contested}`];

/** The conflicts between this user and others. */
export async function conflictsOf<S extends SchemaNode>(
  doc: Doc<S>,
  { since, mine, topics = decided, pause }: ConflictOptions,
): Promise<readonly Conflict[]> {
  const knowledge = new Knowledge(doc.version, since, mine);
  if (!knowledge.isContested) return [];
  let count = 0;
  // What comes during a pause is left to the next time.
  const changes = [...history(doc)];
  for (const change of changes) {
    knowledge.learn(change);
    if (++count % STRETCH === 0) await pause?.();
  }
  const table: Table = new Map();
  for (const change of changes) {
    if (++count % STRETCH === 0) await pause?.();
    if (knowledge.isCommon(change)) continue;
    const { replica, time } = change;
    const knew = knowledge.of(change);
    for (const op of change.ops()) {
      const last = op.seq + op.width - 1;
      const isNew = last >= (since.get(replica) ?? 0);
      const deed = { ...op, id: { replica, seq: op.seq }, time, last, knew, isNew };
      for (const topic of topics(deed)) enter(table, topic, deed);
    }
  }
  return [...table].flatMap(([topic, deeds]) => pairsOf(topic, [...deeds.values()].flat(), mine));
}

/** Adds a deed, and takes away those on the same that its author knew. */
function enter(table: Table, topic: string, deed: Standing): void {
  const deeds = table.get(topic) ?? new Map<string, Standing[]>();
  table.set(topic, deeds);
  if (deed.contested === null) {
    // What merges settles nothing.
    const merging = deeds.get('') ?? [];
    deeds.set('', merging);
    merging.push(deed);
    return;
  }
  const what = `${deed.path} ${deed.contested}`;
  const others = deeds.get(what) ?? [];
  deeds.set(what, [...others.filter((other) => !knew(deed, other)), deed]);
}

/** True if the author of `deed` had seen `other`. */
function knew(deed: Standing, other: Standing): boolean {
  if (deed.id.replica === other.id.replica) return deed.id.seq >= other.id.seq;
  return deed.knew({ replica: other.id.replica, seq: other.last });
}

function pairsOf(topic: string, deeds: readonly Standing[], mine: ReadonlySet<ReplicaId>): Conflict[] {
  const pairs: Conflict[] = [];
  for (const own of deeds) {
    if (!mine.has(own.id.replica)) continue;
    for (const other of deeds) {
      if (mine.has(other.id.replica) || !(own.isNew || other.isNew)) continue;
      if (!knew(own, other) && !knew(other, own))
        pairs.push({ topic, mine: deedOf(own), theirs: deedOf(other) });
    }
  }
  return pairs;
}

const deedOf = ({ last: _last, knew: _knew, isNew: _isNew, ...deed }: Standing): Deed => deed;
