import { at, history as changesIn, type HistoryChange, type ReplicaId, type View } from '@concord/crdt';
import type { Session } from '@concord/sync';
import type { TitledSchema } from '../titled.ts';
import type { AppHistory, Look, Trace } from './history.ts';
import { stillSession } from './still-session.ts';

/** What is to be seen of a version: made once for each look, by whoever asks first. */
export type Seen = {
  readonly before: View<TitledSchema>;
  readonly session: Session<TitledSchema>;
  readonly traces: readonly Trace[];
  /** Whose a trace is; null if several people did it, or nobody is known to. */
  readonly writerOf: (key: string) => ReplicaId | null;
};

const made = new WeakMap<Look, Seen>();

/** What `look` shows of the document of `live`. */
export function seenOf(live: Session<TitledSchema>, history: AppHistory<TitledSchema>, look: Look): Seen {
  let seen = made.get(look);
  if (seen === undefined) {
    const { version, since, replicas } = look;
    // The earlier one first: the later one is made from it.
    const before = at(live.doc, since);
    const view = at(live.doc, version);
    const [only] = replicas.length === 1 ? replicas : [];
    const writers = only === undefined ? writersOf(changesIn(live.doc, since, version)) : null;
    seen = {
      before,
      session: stillSession(live, view, version),
      traces: history.traces(before, view),
      writerOf: (key) => only ?? writers?.get(key) ?? null,
    };
    made.set(look, seen);
  }
  return seen;
}

/** Who last wrote to each thing: to containers below its key, or ops that name it. */
function writersOf(changes: Iterable<HistoryChange>): Map<string, ReplicaId> {
  const writers = new Map<string, ReplicaId>();
  for (const change of changes)
    for (const { path, op } of change.ops())
      for (const key of keysOf(path, op)) writers.set(key, change.replica);
  return writers;
}

function keysOf(path: string, op: unknown): string[] {
  const keys = path.split('/').slice(1).map(decodeURIComponent);
  if (typeof op !== 'object' || op === null) return keys;
  for (const name of ['key', 'entity', 'node'])
    if (name in op) {
      const value: unknown = Reflect.get(op, name);
      if (typeof value === 'string') keys.push(value);
    }
  return keys;
}
