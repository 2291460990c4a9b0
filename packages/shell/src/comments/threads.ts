import type { Json, Mut } from '@concord/crdt';
import type { SocialSchema, SocialView } from '../social/schema.ts';
import type { Named } from './mentions.ts';
import { readSubject, type Subject } from './subject.ts';

/*
 * What people do to the comments, as functions over the Mut of the social room, and what they see of it. No React.
 */

export interface Message {
  readonly id: string;
  /** Who wrote it: a key of `people`. */
  readonly by: string;
  /** By their clock, in milliseconds since 1970. */
  readonly at: number;
  readonly text: string;
  readonly edited: boolean;
  /** Whom it names; what was written before this was kept says so only in its text. */
  readonly named: Named;
}

/** Who ended a thread, and when. */
export interface Resolved {
  readonly by: string;
  readonly at: number;
}

export interface Thread {
  readonly id: string;
  /** Every place that it was put at, the newest last; it stands at the last one that is to be seen. */
  readonly subjects: readonly Subject[];
  /** What it was about when it began. */
  readonly quote: string;
  readonly resolved: Resolved | null;
  /** The oldest first; never none. */
  readonly messages: readonly Message[];
}

/** What somebody writes. */
export interface Written {
  readonly by: string;
  readonly at: number;
  readonly text: string;
  readonly named?: Named;
}

export type SocialMut = Mut<SocialSchema>;
type ThreadView = SocialView['threads'][string];

/** Nobody reads more, and a room is not for files. */
export const LONGEST_MESSAGE = 5000;

const isRecord = (data: Json): data is { readonly [key: string]: Json } =>
  typeof data === 'object' && data !== null && !Array.isArray(data);

function readResolved(data: Json): Resolved | null {
  if (!isRecord(data)) return null;
  const { by, at } = data;
  return typeof by === 'string' && typeof at === 'number' ? { by, at } : null;
}

function readNamed(data: Json): Named {
  if (!isRecord(data)) return {};
  const isName = (entry: [string, Json]): entry is [string, string] => typeof entry[1] === 'string';
  return Object.fromEntries(Object.entries(data).filter(isName));
}

function subjectsOf({ subjects }: ThreadView): readonly Subject[] {
  return Object.entries(subjects)
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, subject]) => readSubject(subject))
    .filter((subject) => subject !== null);
}

const known = new WeakMap<ThreadView, Thread | null>();

function readThread(id: string, view: ThreadView): Thread | null {
  const seen = known.get(view);
  if (seen !== undefined) return seen;
  const messages = Object.entries(view.messages)
    .map(([key, { by, at, text, edited, named }]): Message => {
      return { id: key, by, at, text, edited: edited > 0, named: readNamed(named) };
    })
    .filter(({ text }) => text !== '')
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const thread =
    messages.length === 0
      ? null
      : {
          id,
          subjects: subjectsOf(view),
          quote: view.quote,
          resolved: readResolved(view.resolved),
          messages,
        };
  known.set(view, thread);
  return thread;
}

/** Every thread that has a message, the oldest first. A thread that did not change is the same object as before. */
export function threadsOf({ threads }: SocialView): readonly Thread[] {
  const begun = ({ messages }: Thread): number => messages[0]?.at ?? 0;
  return Object.entries(threads)
    .map(([id, view]) => readThread(id, view))
    .filter((thread) => thread !== null)
    .sort((a, b) => begun(a) - begun(b) || (a.id < b.id ? -1 : 1));
}

/** Throws RangeError on a text that says nothing, or too much. */
function checked(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > LONGEST_MESSAGE)
    throw new RangeError(`a message has 1 to ${LONGEST_MESSAGE} characters`);
  return trimmed;
}

/** Begins a thread about `subject`; returns its key. */
export function startThread(root: SocialMut, subject: Subject, quote: string, written: Written): string {
  const text = checked(written.text);
  const id = root.threads.create();
  moveThread(root, id, subject);
  root.threads.at(id).quote.set(quote);
  addMessage(root, id, { ...written, text });
  return id;
}

/** Says something in a thread; who replies to what was resolved takes it up again. Returns the message's key. */
export function reply(root: SocialMut, thread: string, written: Written): string {
  const id = addMessage(root, thread, written);
  root.threads.at(thread).resolved.set(null);
  return id;
}

function addMessage(root: SocialMut, thread: string, { by, at, text, named }: Written): string {
  const { messages } = root.threads.at(thread);
  const id = messages.create();
  const message = messages.at(id);
  message.by.set(by);
  message.at.set(at);
  message.text.set(checked(text));
  if (named) message.named.set(named);
  return id;
}

export function editMessage(
  root: SocialMut,
  thread: string,
  message: string,
  { text, at, named }: Omit<Written, 'by'>,
): void {
  const found = root.threads.at(thread).messages.at(message);
  found.text.set(checked(text));
  found.edited.set(at);
  if (named) found.named.set(named);
}

/**
 * Takes a message away. A thread without any is not shown; its key stays, so that a reply that somebody writes at the
 * same moment is not lost.
 */
export const deleteMessage = (root: SocialMut, thread: string, message: string): void =>
  root.threads.at(thread).messages.remove(message);

/** Brings back a message that its author has just deleted, and takes nothing else back. */
export function restoreMessage(root: SocialMut, thread: string, { id }: Message): void {
  root.threads.at(thread).messages.add(id);
}

export const resolve = (root: SocialMut, thread: string, resolved: Resolved): void =>
  root.threads.at(thread).resolved.set({ ...resolved });

export const reopen = (root: SocialMut, thread: string): void => root.threads.at(thread).resolved.set(null);

/** Says where a thread stands from now on. Where it stood before is kept: an undo may bring that back. */
export function moveThread(root: SocialMut, thread: string, subject: Subject): void {
  const { subjects } = root.threads.at(thread);
  let next = 0;
  while (subjects.get(String(next)) !== undefined) next++;
  // An anchor is an interface of plain data, which the compiler does not know to be JSON.
  subjects.set(String(next), subject as unknown as Json);
}
