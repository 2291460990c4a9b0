import { DecodeError, Reader } from '../bytes/index.ts';
import { type ReplicaId, readReplica } from '../core/ids.ts';
import type { ColumnSource, TypeEnv } from '../core/journal.ts';
import type { LeafContainer } from '../schema/container.ts';
import { FORM, MULTI, UNREAD } from './author.ts';
import { hiddenLeaf } from './hidden.ts';
import type { Log } from './log.ts';
import { readLog } from './log-columns.ts';
import { AuthorRefs, type Origin, readOps } from './op-reader.ts';
import type { Outcome } from './outcome.ts';
import { HISTORY } from './save.ts';
import { type Damage, readSections, type Section } from './sections.ts';
import { SEGMENT } from './segments.ts';
import type { Targets } from './target.ts';
import { type Part, partsOf } from './walk.ts';

/** A file whose sections were checked, and whose content was not read yet. */
export interface OpenedFile {
  readonly sections: ReadonlyMap<string, Section>;
  readonly damage: Damage[];
  readonly peers: readonly ReplicaId[];
  readonly targets: readonly (readonly [kind: string, path: string])[];
  readonly hasHistory: boolean;
}

/** Without these nothing can be changed. */
const NEEDED = ['meta', 'log', 'bodies', 'names'];

/** Never throws on what the bytes are. `limit`: of all sections inflated, in bytes. */
export function openFile(bytes: Uint8Array, limit: number): OpenedFile {
  const { sections, damage } = readSections(bytes, limit);
  const peers: ReplicaId[] = [];
  const targets: [string, string][] = [];
  let hasHistory = true;
  const isDocument = !damage.some(({ reason }) => reason === 'not a Concord document');
  if (isDocument) {
    attempt('meta', damage, () => {
      const r = new Reader(needed(sections, damage, 'meta'));
      hasHistory = (r.u8() & HISTORY) !== 0;
      for (let n = r.count(8); n > 0; n--) peers.push(readReplica(r));
      for (let n = r.count(2); n > 0; n--) targets.push([r.string(), r.string()]);
      r.end();
      if (new Set(peers).size !== peers.length) throw new DecodeError('a replica twice');
      if (new Set(targets.map(([kind, path]) => `${kind} ${path}`)).size !== targets.length)
        throw new DecodeError('a container twice');
    });
  }
  return { sections, damage, peers, targets, hasHistory };
}

/** Is what is damaged more than the undo steps and the way to find the sections? */
export function isCrippled({ sections, damage }: OpenedFile): boolean {
  return (
    damage.some(({ section }) => section !== '' && section !== 'undo') ||
    NEEDED.some((name) => !sections.has(name))
  );
}

/** Fills an empty document, in which the file's peers have the numbers that they have in the file. */
export function fill(file: OpenedFile, log: Log, targets: Targets, env: TypeEnv, outcome: Outcome): void {
  const { sections, damage } = file;
  for (const [kind, path] of file.targets) targets.named(kind, path);
  hide(file, targets, env);
  const hasLog = attempt('log', damage, () => {
    const columns = needed(sections, damage, 'log');
    const bodies = needed(sections, damage, 'bodies');
    readLog(log, targets, columns, bodies);
  });
  if (!hasLog) log.clear();
  else
    attempt('names', damage, () => {
      const r = new Reader(needed(sections, damage, 'names'));
      for (const author of log.authors()) author.names.load(r, log.peers, targets);
      r.end();
    });
  const kept = new Set<LeafContainer>();
  for (let i = 0; i < targets.size; i++) {
    const { container } = targets.at(i);
    if (container?.type.journal !== undefined && loadJournal(container, i, file)) kept.add(container);
  }
  if (hasLog) replay(log, targets, kept, outcome);
}

/** What the file keeps in columns stays, whether the schema has a place for it or not. */
function hide({ sections, damage }: OpenedFile, targets: Targets, env: TypeEnv): void {
  const kept = new Set([...sections.keys()].map((name) => name.slice(0, name.indexOf('.'))));
  for (let i = 0; i < targets.size; i++) {
    const { container, kind, path } = targets.at(i);
    if (container !== null || !kept.has(`${i}`)) continue;
    const hidden = hiddenLeaf(kind, path, env);
    if (hidden === null)
      damage.push({ section: `${i}.${path}`, reason: `only a newer app can read ${kind}` });
    else targets.hide(i, hidden);
  }
}

/** False if the file has nothing of it. */
function loadJournal(container: LeafContainer, index: number, { sections, damage }: OpenedFile): boolean {
  const prefix = `${index}.`;
  const isDamaged = damage.some(({ section }) => section === '' || section.startsWith(prefix));
  if (!isDamaged && ![...sections.keys()].some((name) => name.startsWith(prefix))) return false;
  const { journal } = container.type;
  const first = [...sections.keys()].find((name) => name.startsWith(prefix));
  const source = (isWanted: (section: string) => boolean): ColumnSource => ({
    get(name) {
      const section = `${prefix}${name}`;
      if (!isWanted(section)) return null;
      const found = sections.get(section);
      if (found !== undefined) return found.read();
      if (damage.some((each) => each.section === section)) throw new DecodeError('damaged');
      return null;
    },
  });
  const load = (columns: ColumnSource) => (): void => {
    journal?.load(container.state, columns);
    container.touch();
    if (!isDamaged) return;
    // What cannot be shown is not there: better to know now.
    try {
      JSON.stringify(container.type.view(container.state));
    } catch (error) {
      throw new DecodeError(`cannot be shown: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  const section = `${prefix}${container.path}`;
  if (attempt(section, damage, load(source(() => true)))) return true;
  // The first column is what people read: it may do alone.
  container.reset();
  if (!attempt(section, damage, load(source((name) => name === first)))) container.reset();
  return true;
}

/** Applies, in a causal order, all ops that no journal keeps. */
function replay(log: Log, targets: Targets, kept: ReadonlySet<LeafContainer>, outcome: Outcome): void {
  const refs = new AuthorRefs();
  for (const { author, from, lamport } of log.since(new Map())) {
    const entry = author.find(from);
    const flags = author.flags(entry);
    for (const part of partsOf(log, targets, author, entry)) {
      const { container } = part.target;
      targets.wrote(part.target);
      if (container === null || part.form === SEGMENT.journaled || part.bodyTo === part.bodyFrom) continue;
      // What could not be read when the file was written is tried again, unless the journal has tried.
      if (part.form === SEGMENT.unread && kept.has(container)) continue;
      refs.author = author;
      const r = new Reader(log.heap.buffer, part.bodyFrom, part.bodyTo);
      const skew = (flags & UNREAD) !== 0 && (flags & FORM) !== MULTI ? r.varint() : 0;
      readOps(
        container,
        r,
        originOf(log, author.peer, part, lamport + (part.from - from), skew),
        refs,
        outcome,
      );
    }
  }
}

function originOf(log: Log, peer: number, { from, to }: Part, lamport: number, skew: number): Origin {
  const replica = log.peers.replica(peer);
  return { replica, peer, from: from - skew, to, known: from, lamport: lamport - skew };
}

/** The content of a section. Throws DecodeError if it is not there, and not known to be damaged either. */
function needed(sections: ReadonlyMap<string, Section>, damage: readonly Damage[], name: string): Uint8Array {
  const section = sections.get(name);
  if (section !== undefined) return section.read();
  throw new DecodeError(damage.some((each) => each.section === name) ? 'damaged' : 'missing');
}

/** False, with a note, if the bytes are not what they should be. */
function attempt(section: string, damage: Damage[], read: () => void): boolean {
  try {
    read();
    return true;
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    if (!damage.some((each) => each.section === section)) damage.push({ section, reason: error.message });
    return false;
  }
}

/** Hands on the undo steps, or notes that they are damaged. */
export function fillUndo(file: OpenedFile, take: (bytes: Uint8Array) => void): void {
  try {
    const undo = file.sections.get('undo');
    if (undo !== undefined) take(undo.read());
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    file.damage.push({ section: 'undo', reason: error.message });
  }
}
