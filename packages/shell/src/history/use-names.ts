import type { ReplicaId } from '@concord/crdt';
import { list } from '@concord/ui';
import { useAuthors, useShell } from '../shell.tsx';
import { words } from './words.ts';

/** The names behind replica ids, each once, as one phrase; this user is "you". */
export function useNames(): (replicas: readonly ReplicaId[]) => string {
  const authorOf = useAuthors();
  const { session } = useShell();
  return (replicas) => {
    const names = replicas.map((replica) =>
      replica === session.doc.replica ? words.you : (authorOf(replica)?.name ?? words.somebody),
    );
    return list([...new Set(names)]) || words.somebody;
  };
}
