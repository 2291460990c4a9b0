import type { Session } from '@concord/sync';
import type { Author, SocialSchema } from '../social/schema.ts';
import { isAuthor } from '../social/schema.ts';
import { peopleOf } from '../social/social.ts';
import { type Named, namedIn } from './mentions.ts';
import type { Quoted, Subject } from './subject.ts';
import { moveThread, type SocialMut, type Thread, threadsOf } from './threads.ts';

/** What one reader looks at: the thread that is lit up, and what a comment is about to be made on. */
export interface Looking {
  readonly active: string | null;
  readonly draft: Quoted | null;
  /** The active thread is to take the focus, once. */
  readonly focus: boolean;
}

/** A thread, as an app draws it in the document: at the last of its subjects that is to be seen. */
export interface CommentMark {
  readonly id: string;
  readonly subjects: readonly Subject[];
  /** What is resolved is not drawn, and still goes along with its text. */
  readonly shown: boolean;
  readonly active: boolean;
}

/** How many open threads a card, a task or a block has. */
export interface ItemMark {
  readonly count: number;
  readonly active: boolean;
}

export interface CommentsOptions {
  readonly social: Session<SocialSchema>;
  /** The id of this user's browser. */
  readonly person: string;
  readonly self: () => Author;
  /** Opens the panel of comments. */
  readonly open: () => void;
}

/** The name under which what is not yet a thread is drawn. */
const DRAFT = 'draft';

/** The comments of an open document, for its panel and for the app that draws them. */
export class Comments {
  readonly person: string;
  readonly #options: CommentsOptions;
  readonly #listeners = new Set<() => void>();
  #looking: Looking = { active: null, draft: null, focus: false };
  #seen: SocialView | null = null;
  #threads: readonly Thread[] = [];
  #marks: readonly CommentMark[] | null = null;
  #items: ReadonlyMap<string, ItemMark> = new Map();

  constructor(options: CommentsOptions) {
    this.#options = options;
    this.person = options.person;
  }

  /** All of them, the oldest first. The same list until something is said. */
  readonly threads = (): readonly Thread[] => {
    const { view } = this.#options.social.doc;
    if (view.threads !== this.#seen) {
      this.#seen = view.threads;
      this.#threads = threadsOf(view);
      this.#marks = null;
    }
    return this.#threads;
  };

  readonly looking = (): Looking => this.#looking;

  /** What the app draws. The same list until something is new. */
  readonly marks = (): readonly CommentMark[] => {
    const threads = this.threads();
    if (this.#marks) return this.#marks;
    const { active, draft } = this.#looking;
    const marks: CommentMark[] = threads.map(({ id, subjects, resolved }) => ({
      id,
      subjects,
      shown: resolved === null || id === active,
      active: id === active,
    }));
    if (draft) marks.push({ id: DRAFT, subjects: [draft.subject], shown: true, active: true });
    this.#marks = marks;
    this.#items = countItems(marks, this.#items);
    return marks;
  };

  /** The open threads of one card, task or block; the same object until that changes. */
  readonly item = (id: string): ItemMark | undefined => {
    this.marks();
    return this.#items.get(id);
  };

  /** Called whenever something else is to be shown. Returns the way to stop. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    const stop = this.#options.social.doc.subscribe(listener);
    return () => {
      this.#listeners.delete(listener);
      stop();
    };
  };

  look(change: Partial<Looking>): void {
    const next = { ...this.#looking, ...change };
    const { active, draft, focus } = this.#looking;
    if (next.active === active && next.draft === draft && next.focus === focus) return;
    this.#looking = next;
    if (next.active !== active || next.draft !== draft) this.#marks = null;
    for (const listener of [...this.#listeners]) listener();
  }

  /** Somebody pressed a mark in the document: its thread shows, and the focus stays. */
  press(id: string): void {
    if (id === DRAFT) return;
    this.look({ active: id, focus: false });
    this.#options.open();
  }

  /** Somebody pressed the sign of a card, task or block: its first open thread shows. */
  pressItem(id: string): void {
    const found = this.threads().find(({ resolved, subjects }) => {
      const subject = subjects.at(-1);
      return resolved === null && subject?.type === 'item' && subject.id === id;
    });
    if (!found) return;
    this.look({ active: found.id, focus: true });
    this.#options.open();
  }

  /** Begins a comment: the panel shows where to write it, or the thread that is there already. */
  begin(draft: Quoted): void {
    if (draft.thread !== undefined) {
      this.look({ active: draft.thread, draft: null, focus: true });
      this.#options.open();
      return;
    }
    this.look({ draft, active: null, focus: false });
    this.#options.open();
  }

  /** Says where threads stand from now on, after what they are about was cut and pasted. */
  move(moves: ReadonlyMap<string, Subject>): void {
    if (moves.size === 0) return;
    this.change((root) => {
      for (const [thread, subject] of moves) moveThread(root, thread, subject);
    });
  }

  /** Writes to the room of comments, and under which name. Comments are no steps of the document's undo. */
  change(edit: (root: SocialMut) => void): void {
    const { doc } = this.#options.social;
    const { name, colour } = this.#options.self();
    doc.change(
      (root) => {
        root.people.set(this.person, { name, colour });
        edit(root);
      },
      { undoable: false },
    );
  }

  /** Whom a text names, of those who are known; `before` is whom it named until now. */
  named(text: string, before?: Named): Named {
    return namedIn(text, peopleOf(this.#options.social), before);
  }

  /** How somebody who wrote is called. */
  author(person: string): Author | null {
    if (person === this.person) return this.#options.self();
    const author = this.#options.social.doc.view.people[person];
    return isAuthor(author) ? author : null;
  }
}

type SocialView = Session<SocialSchema>['doc']['view']['threads'];

function countItems(
  marks: readonly CommentMark[],
  before: ReadonlyMap<string, ItemMark>,
): ReadonlyMap<string, ItemMark> {
  const counts = new Map<string, ItemMark>();
  for (const { id, subjects, shown, active } of marks) {
    const subject = subjects.at(-1);
    if (!shown || subject?.type !== 'item') continue;
    const known = counts.get(subject.id);
    counts.set(subject.id, {
      count: (known?.count ?? 0) + (id === DRAFT ? 0 : 1),
      active: active || (known?.active ?? false),
    });
  }
  for (const [id, mark] of counts) {
    const old = before.get(id);
    if (old && old.count === mark.count && old.active === mark.active) counts.set(id, old);
  }
  return counts;
}
