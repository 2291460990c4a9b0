import { type Doc, history, type ReplicaId, type SchemaNode, type VersionVector } from '@concord/crdt';

/** Somebody put a thing elsewhere. */
export interface Move {
  readonly item: string;
  readonly replica: ReplicaId;
  readonly at: number;
}

/** Beyond this nobody reads, and looking costs time. */
const MOST_CHANGES = 20_000;

/** What an op of a placement or a tree moves, or null for any other op. */
function movedBy(op: unknown): string | null {
  if (typeof op !== 'object' || op === null) return null;
  const { entity, node, at } = op as Readonly<Record<string, unknown>>;
  if (typeof node === 'string') return node;
  return typeof entity === 'string' && at !== null ? entity : null;
}

/** The replica that made a thing: its key is the id of the op that did. */
const madeBy = (item: string): string => item.slice(item.indexOf('@') + 1);

/**
 * What others moved since a version, the last move of each thing. Who puts their own new thing somewhere moves nothing.
 * Read from the history; nothing is written down for it.
 */
export function movesSince<S extends SchemaNode>(
  doc: Doc<S>,
  path: string,
  since: VersionVector,
): readonly Move[] {
  const moves = new Map<string, Move>();
  let looked = 0;
  for (const change of history(doc, since)) {
    if (++looked > MOST_CHANGES) break;
    const { replica } = change;
    if (replica === doc.replica || !change.paths.includes(path)) continue;
    for (const { path: where, op } of change.ops()) {
      const item = where === path ? movedBy(op) : null;
      if (item === null || madeBy(item) === replica) continue;
      moves.set(item, { item, replica, at: change.time });
    }
  }
  return [...moves.values()];
}

/** The things that a reader follows: those they made, and those they said something about. */
export const follows = (
  item: string,
  isOwn: (replica: ReplicaId) => boolean,
  discussed: ReadonlySet<string>,
): boolean => discussed.has(item) || isOwn(madeBy(item) as ReplicaId);
