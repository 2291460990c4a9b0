import { Writer } from '../bytes/index.ts';
import { writeReplica } from '../core/ids.ts';
import type { LeafContainer } from '../schema/container.ts';
import { ATOMIC, type Author, DROPPED, FORM, RUN, UNREAD } from './author.ts';
import type { Log } from './log.ts';
import { hasBody, writeLog } from './log-columns.ts';
import { writeSections } from './sections.ts';
import { SEGMENT } from './segments.ts';
import type { Targets } from './target.ts';
import { partsOf } from './walk.ts';

/*
 * A document as a file. Sections, in the order in which a reader wants them: `meta` (peers, strategies, containers),
 * the journals' columns as `container.column` (a text's letters first), `log` (the columns of all authors), `bodies`
 * (the ops that no journal keeps), `names` (what each author calls replicas and containers), `undo` if asked for.
 */

/** Meta · flags u8: 1 the history is there · peers [8 bytes] · targets [kind, path]. */
export const HISTORY = 1;

export function saveFile(
  log: Log,
  targets: Targets,
  leaves: Iterable<LeafContainer>,
  history: boolean,
  undo: Uint8Array | null,
): Uint8Array {
  const journals: [string, Uint8Array][] = [];
  for (const leaf of leaves) {
    const { journal } = leaf.type;
    if (journal === undefined || !leaf.touched) continue;
    const { index } = targets.of(leaf);
    for (const [name, bytes] of journal.save(leaf.state, { history }))
      journals.push([`${index}.${name}`, bytes]);
  }
  const bodies = new Writer(1 << 12);
  const columns = writeLog(log, (author, entry) => {
    const flags = history ? author.flags(entry) : withoutHistory(log, targets, author, entry);
    const from = author.bodyFrom(entry);
    const to = (flags & LEFT_OUT) === LEFT_OUT ? from : author.bodyTo(entry);
    if (hasBody(flags)) bodies.copy(log.heap.buffer, from, to);
    return { flags: flags & ~EMPTY, bodyLength: to - from };
  });
  const names = new Writer();
  for (const author of log.authors()) author.names.save(names);
  const sections: [string, Uint8Array][] = [
    ['meta', meta(log, targets, history)],
    ...journals,
    ['log', columns],
    ['bodies', bodies.finish()],
    ['names', names.finish()],
  ];
  if (undo !== null) sections.push(['undo', undo]);
  return writeSections(sections);
}

function meta(log: Log, targets: Targets, history: boolean): Uint8Array {
  const w = new Writer();
  w.u8(history ? HISTORY : 0);
  w.varint(log.peers.size);
  for (let peer = 0; peer < log.peers.size; peer++) writeReplica(w, log.peers.replica(peer));
  w.varint(targets.size);
  for (let i = 0; i < targets.size; i++) {
    w.string(targets.at(i).kind);
    w.string(targets.at(i).path);
  }
  return w.finish();
}

/** Only while saving: the body goes, too. */
const EMPTY = 128;
const LEFT_OUT = DROPPED | EMPTY;

/** The flags of an entry whose ops are left out, but for those that are needed to rebuild the state. */
function withoutHistory(log: Log, targets: Targets, author: Author, entry: number): number {
  const flags = author.flags(entry);
  const form = flags & FORM;
  if ((flags & UNREAD) !== 0) return flags;
  if (form === RUN || form === ATOMIC) return flags | DROPPED;
  const replica = log.peers.replica(author.peer);
  const isNeeded = partsOf(log, targets, author, entry).some(({ target, from, form: kept }) => {
    if (kept !== SEGMENT.op || target.container === null) return false;
    const { type, state } = target.container;
    return type.compact === undefined || type.compact(state, { replica, seq: from });
  });
  return flags | DROPPED | (isNeeded ? 0 : EMPTY);
}
