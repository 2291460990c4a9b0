import { type Anchor, asOpId, type Json } from '@concord/crdt';

/** What a thread is about: a stretch of the document's text, or a thing in it: a card, a task, a block. */
export type Subject =
  | { readonly type: 'text'; readonly start: Anchor; readonly end: Anchor }
  | { readonly type: 'item'; readonly id: string };

/** A subject, and the words that it shows: they stay when it is gone. */
export interface Quoted {
  readonly subject: Subject;
  readonly quote: string;
  /** The thread that is there already. */
  readonly thread?: string;
}

/** Where a subject stands now. */
export interface Place {
  /** Its place in the document, compared number by number. */
  readonly order: readonly number[];
  /** The words that it shows now: the text itself, the name of the card. */
  readonly quote: string;
}

/** What an app tells of the things that people comment on. */
export interface CommentSubjects<Session> {
  /** What a comment made now would be about, or null if nothing is chosen. `focused` has or had the focus last. */
  chosen(session: Session, focused: Element | null): Quoted | null;
  /** Looks subjects up in the document as it is now; null for what is not to be seen in it. */
  places(session: Session): (subject: Subject) => Place | null;
  /** The container that says where cards, tasks or blocks stand, if people should hear of moves. */
  readonly placesPath?: string;
  /** Says of each thing where it stands in the document as it is at the call: the list, the parent. Null: nothing to say. */
  where?(session: Session): (item: string) => string | null;
  /** Brings a subject into view, and the focus to it if `focus`. */
  reveal(session: Session, subject: Subject, focus: boolean): void;
}

const isRecord = (data: Json | undefined): data is { readonly [key: string]: Json } =>
  typeof data === 'object' && data !== null && !Array.isArray(data);

function readAnchor(data: Json | undefined): Anchor | null {
  if (!isRecord(data)) return null;
  const { id, side } = data;
  if (side !== 'before' && side !== 'after') return null;
  if (id === null) return { id, side };
  const known = typeof id === 'string' ? asOpId(id) : null;
  return known && { id: known, side };
}

/** A subject as it is stored; null for anything else that a peer may have written. */
export function readSubject(data: Json | undefined): Subject | null {
  if (!isRecord(data)) return null;
  if (data.type === 'item') return typeof data.id === 'string' ? { type: 'item', id: data.id } : null;
  const start = readAnchor(data.start);
  const end = readAnchor(data.end);
  return data.type === 'text' && start && end ? { type: 'text', start, end } : null;
}
