import { type Conflict, conflictsOf, formatId, type ReplicaId, type SchemaNode } from '@concord/crdt';
import type { Session } from '@concord/sync';
import type { ConflictTold, ConflictViews } from './conflict-views.ts';
import type { ReadMarker } from './read-marker.ts';
import { words } from './words.ts';

/** One line of the inbox. */
export type Entry = ConflictTold & {
  readonly key: string;
  /** Who did the other thing. */
  readonly by: ReplicaId;
  /** When the later of the two was done, in milliseconds since 1970. */
  readonly at: number;
};

type Looking<N extends SchemaNode> = Pick<ReadMarker, 'since' | 'mine'> & {
  readonly session: Session<N>;
  readonly views: ConflictViews<Session<N>>;
  readonly dismissed?: ReadonlySet<string>;
  readonly pause?: () => Promise<unknown>;
};

/** What this user and others did to one thing without knowing of each other, in the app's words, the newest first. */
export async function entriesOf<N extends SchemaNode>({
  session,
  views,
  since,
  mine,
  dismissed = new Set(),
  pause = () => Promise.resolve(),
}: Looking<N>): Promise<readonly Entry[]> {
  const found = await conflictsOf(session.doc, { since, mine, topics: views.topics(session), pause });
  return newestOfEach(found)
    .flatMap((conflict): Entry[] => {
      const key = keyOf(conflict);
      const told = dismissed.has(key) ? null : views.tell(session, conflict, words);
      const at = Math.max(conflict.mine.time, conflict.theirs.time);
      return told === null ? [] : [{ ...told, key, by: conflict.theirs.id.replica, at }];
    })
    .sort((a, b) => b.at - a.at)
    .filter(isFirst);
}

const keyOf = ({ topic, mine, theirs }: Conflict): string =>
  `${topic} ${formatId(mine.id)} ${formatId(theirs.id)}`;

/** False for what is already told by one before it. */
function isFirst({ once }: Entry, at: number, all: readonly Entry[]): boolean {
  return once === undefined || all.findIndex((other) => other.once === once) === at;
}

/** Of two who decided one thing, the newest pair; all pairs of what merges. */
function newestOfEach(conflicts: readonly Conflict[]): readonly Conflict[] {
  const newest = new Map<string, Conflict>();
  for (const conflict of conflicts) {
    const { topic, mine, theirs } = conflict;
    const decided = mine.contested !== null && theirs.contested !== null;
    const pair = [topic, mine.path, mine.contested, theirs.path, theirs.contested, theirs.id.replica];
    newest.set(decided ? pair.join('\n') : keyOf(conflict), conflict);
  }
  return [...newest.values()];
}
