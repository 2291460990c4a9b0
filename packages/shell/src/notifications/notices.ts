import { isMentioned, type Named } from '../comments/mentions.ts';
import type { Thread } from '../comments/threads.ts';

/** Something that somebody did and that this user should hear of. Derived, never stored. */
export interface Notice {
  /** The same whenever it is derived. */
  readonly id: string;
  readonly what: 'mention' | 'reply' | 'resolved' | 'moved';
  /** How who did it is called; null if nobody knows. */
  readonly by: { readonly name: string; readonly colour: number } | null;
  /** By their clock, in milliseconds since 1970. */
  readonly at: number;
  /** What it is about. */
  readonly quote: string;
  /** Of a move: from where to where, as far as that is known. */
  readonly between?: { readonly from: string | null; readonly to: string };
  /** What was said. */
  readonly text: string;
  /** Where it leads: a thread, or a thing in the document. */
  readonly to: { readonly thread: string } | { readonly item: string };
}

export interface Reader {
  readonly person: string;
  readonly name: string;
}

/**
 * What the threads have for a reader: where they are named, what was said after them in threads that they take part in,
 * and who ended those. The newest first.
 */
export function noticesOf(
  threads: readonly Thread[],
  reader: Reader,
  author: (person: string) => Notice['by'],
): readonly Notice[] {
  return threads.flatMap((thread) => noticesIn(thread, reader, author)).sort(newestFirst);
}

export const newestFirst = (a: Notice, b: Notice): number => b.at - a.at || (a.id < b.id ? -1 : 1);

/** The name that stands there is that of somebody whom the writer knew. */
const isSomebody = (named: Named, name: string): boolean =>
  Object.values(named).some((one) => one.toLocaleLowerCase() === name.toLocaleLowerCase());

function noticesIn(
  { id, quote, messages, resolved }: Thread,
  { person, name }: Reader,
  author: (person: string) => Notice['by'],
): Notice[] {
  const notices: Notice[] = [];
  const to = { thread: id };
  let takesPart = false;
  for (const message of messages) {
    const { by, at, text, named } = message;
    if (by === person) {
      takesPart = true;
      continue;
    }
    // By who they are, whatever they are called by now; by the name if the writer knew nobody who has it.
    const isNamed = Object.hasOwn(named, person) || (isMentioned(text, name) && !isSomebody(named, name));
    const what = isNamed ? 'mention' : takesPart ? 'reply' : null;
    if (what) notices.push({ id: `${id}/${message.id}`, what, by: author(by), at, quote, text, to });
  }
  if (resolved && takesPart && resolved.by !== person) {
    const { by, at } = resolved;
    notices.push({ id: `${id}/resolved/${at}`, what: 'resolved', by: author(by), at, quote, text: '', to });
  }
  return notices;
}
