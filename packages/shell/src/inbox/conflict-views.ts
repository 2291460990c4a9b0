import type { Conflict, Deed, Json } from '@concord/crdt';
import type { Subject } from '../comments/subject.ts';
import type { english } from './words/en.ts';

/** The words of the inbox, for apps to tell of what all of them have. */
export type InboxWords = typeof english;

/** A conflict as somebody reads it who knows nothing of ops. */
export type ConflictTold = {
  /** The thing, by its name: a card, a task, a block. */
  readonly thing: string;
  /** What of it: "Due date". */
  readonly what: string;
  /** What this user made of it, and what the other did: values, or what was done. */
  readonly mine: string;
  readonly theirs: string;
  /** What became of it. `both`: neither is lost. */
  readonly holds: 'mine' | 'theirs' | 'both';
  /** Makes it the other way round, as one change that can be undone. `label`: default "Take mine" or "Take Bo's". */
  readonly take?: { readonly label?: string; readonly run: () => void };
  /** The thing, where it can be brought into view. */
  readonly subject?: Subject;
  /** Of all with the same text here one is enough: the newest. */
  readonly once?: string;
};

/** Something that waits to be put right, whoever caused it: text without a block, a link out of effect. */
export type Waiting = {
  readonly key: string;
  readonly title: string;
  /** Why it is where it is. */
  readonly why: string;
  readonly fix?: { readonly label: string; readonly run: () => void };
  readonly subject?: Subject;
};

/** What an app tells of its conflicts. */
export type ConflictViews<S> = {
  /** What a deed is about; asked for each one that may matter. */
  topics(session: S): (deed: Deed) => readonly string[];
  /** Null: it came to the same, or nobody has to know. */
  tell(session: S, conflict: Conflict, words: InboxWords): ConflictTold | null;
  waiting?(session: S, words: InboxWords): readonly Waiting[];
};

/** Both decided the very same thing. */
export const decideTheSame = ({ mine, theirs }: Conflict): boolean =>
  mine.contested !== null && mine.path === theirs.path && mine.contested === theirs.contested;

/** Two values of one thing, of which one holds; null if they are the same. `take` writes the other one. */
export function choiceOf<T extends Json>(
  values: { readonly mine: T; readonly theirs: T; readonly now: Json | undefined },
  format: (value: T) => string,
  take: (value: T) => void,
): Pick<ConflictTold, 'mine' | 'theirs' | 'holds' | 'take'> | null {
  const [mine, theirs, now] = [values.mine, values.theirs, values.now].map((value) => JSON.stringify(value));
  if (mine === theirs || (now !== mine && now !== theirs)) return null;
  const holds = now === mine ? 'mine' : 'theirs';
  return {
    mine: format(values.mine),
    theirs: format(values.theirs),
    holds,
    take: { run: () => take(holds === 'mine' ? values.theirs : values.mine) },
  };
}

/** The value that an op of a register writes. */
export const writtenBy = ({ op }: Deed): Json =>
  typeof op === 'object' && op !== null && 'value' in op ? (op.value as Json) : null;

/** The key of a record in a path: `cards/<key>/…`. */
export function keyIn(path: string, record: string): string | null {
  const [name, key] = path.split('/');
  return name === record && key !== undefined ? decodeURIComponent(key) : null;
}
