import type { ReplicaId, VersionVector } from '@concord/crdt';
import type { Shell } from '../shell.tsx';
import { isAuthor } from '../social/schema.ts';
import { follows, type Move, movesSince } from './moves.ts';
import { type Notice, newestFirst, noticesOf } from './notices.ts';
import { loadMarker, type ReadMarker, saveMarker } from './read-marker.ts';

/** What of the shell the notices are made from. */
export type FeedSource = Pick<Shell, 'session' | 'social' | 'comments' | 'app' | 'address' | 'as' | 'self'>;

/** While others work the list may lag behind a little. */
const PAUSE = 300;

/** The notices of an open document for this user, and which of them are read. */
export class Feed {
  readonly #source: () => FeedSource;
  readonly #listeners = new Set<() => void>();
  readonly #stop: () => void;
  #marker: ReadMarker;
  /** The last move of each thing by somebody else, since moves were last looked at or the page was opened. */
  readonly #moves = new Map<string, Move & { readonly from: string | null }>();
  /** How far the history was searched for moves. */
  #searched: VersionVector;
  /** Where things stood when moves were last looked for: from there they are moved. */
  #where: ((item: string) => string | null) | null = null;
  /** Moves before this are no news. */
  readonly #from: number;
  /** Those that were looked at while the page is open. */
  #seenMoves: ReadonlySet<string> = new Set();
  #notices: readonly Notice[] = [];
  #unread: ReadonlySet<string> = new Set();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(source: () => FeedSource) {
    this.#source = source;
    const { session, social, comments, address, as } = source();
    this.#marker = loadMarker(address, as);
    // What was moved before somebody first came is no news to them, even if it arrives later than they do. The history
    // tells times to the second.
    this.#from = this.#marker.moves === null ? Date.now() - 1000 : 0;
    if (this.#marker.moves === null) this.#mark({ moves: session.doc.version });
    this.#searched = this.#marker.moves ?? session.doc.version;
    const soon = (): void => {
      this.#timer ??= setTimeout(() => this.#read(), PAUSE);
    };
    // Who looks at a thread has seen what it has for them.
    const looks = (): void => this.#markSeen(comments.looking().active);
    const stops = [session.doc.subscribe(soon), social.doc.subscribe(soon), comments.subscribe(looks)];
    this.#stop = () => {
      for (const stop of stops) stop();
      clearTimeout(this.#timer);
    };
    this.#read();
  }

  /** The newest first. The same list until it is another one. */
  readonly notices = (): readonly Notice[] => this.#notices;

  readonly unread = (): ReadonlySet<string> => this.#unread;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** All that is here now has been seen. */
  readonly markRead = (): void => {
    if (this.#unread.size === 0) return;
    // Only what can still come up is worth remembering.
    const seen = new Set(this.#notices.filter(({ what }) => what !== 'moved').map(({ id }) => id));
    this.#mark({ seen, moves: this.#source().session.doc.version });
    this.#seenMoves = new Set([...this.#moves.values()].map(idOf));
    this.#unread = new Set();
    this.#tell();
  };

  #markSeen(thread: string | null): void {
    if (thread === null) return;
    const isOf = ({ to }: Notice): boolean => 'thread' in to && to.thread === thread;
    const ids = this.#notices.filter((notice) => isOf(notice) && this.#unread.has(notice.id));
    if (ids.length === 0) return;
    this.#mark({ seen: new Set([...this.#marker.seen, ...ids.map(({ id }) => id)]) });
    this.#unread = new Set([...this.#unread].filter((id) => !this.#marker.seen.has(id)));
    this.#tell();
  }

  close(): void {
    this.#stop();
    this.#listeners.clear();
  }

  #mark(change: Partial<ReadMarker>): void {
    const { address, as } = this.#source();
    this.#marker = { ...this.#marker, ...change };
    saveMarker(address, as, this.#marker);
  }

  #read(): void {
    this.#timer = undefined;
    const { comments, self } = this.#source();
    this.#searchMoves();
    const reader = { person: comments.person, name: self.name };
    const said = noticesOf(comments.threads(), reader, (person) => comments.author(person));
    const moved = this.#followedMoves();
    const notices = [...said, ...moved].sort(newestFirst);
    const isUnread = ({ id, what }: Notice): boolean =>
      what === 'moved' ? !this.#seenMoves.has(id) : !this.#marker.seen.has(id);
    const unread = new Set(notices.filter(isUnread).map(({ id }) => id));
    if (same(this.#notices, notices) && unread.size === this.#unread.size) return;
    this.#notices = notices;
    this.#unread = unread;
    this.#markSeen(comments.looking().active);
    this.#tell();
  }

  #searchMoves(): void {
    const { session, app } = this.#source();
    const path = app.comments?.placesPath;
    if (path === undefined) return;
    for (const move of movesSince(session.doc, path, this.#searched)) {
      const { item, at } = move;
      if (at < this.#from) continue;
      // What is moved again before anybody looked comes from where it stood at first.
      const known = this.#moves.get(item);
      const isUnread = known !== undefined && !this.#seenMoves.has(idOf(known));
      this.#moves.set(item, { ...move, from: isUnread ? known.from : (this.#where?.(item) ?? null) });
    }
    this.#searched = session.doc.version;
    this.#where = app.comments?.where?.(session) ?? null;
  }

  /** The moves of what this user made or commented on, if it is still to be seen. */
  #followedMoves(): readonly Notice[] {
    if (this.#moves.size === 0) return [];
    const { session, social, app, comments, self } = this.#source();
    const { authors } = social.doc.view;
    const isOwn = (replica: ReplicaId): boolean => {
      const author = authors[replica];
      return replica === session.doc.replica || (isAuthor(author) && author.name === self.name);
    };
    const discussed = new Set(
      comments
        .threads()
        .filter(({ messages }) => messages.some(({ by }) => by === comments.person))
        .flatMap(({ subjects }) => subjects.map((subject) => (subject.type === 'item' ? subject.id : ''))),
    );
    const find = app.comments?.places(session) ?? (() => null);
    const peers = session.presence.peers();
    return [...this.#moves.values()].flatMap((move): Notice[] => {
      const { item, replica, at, from } = move;
      if (isOwn(replica) || !follows(item, isOwn, discussed)) return [];
      const place = find({ type: 'item', id: item });
      if (!place) return [];
      const author = peers.find((peer) => peer.replica === replica) ?? authors[replica];
      const by = isAuthor(author) ? { name: author.name, colour: author.colour } : null;
      const { quote } = place;
      const to = this.#where?.(item) ?? null;
      const between = to === null ? {} : { between: { from, to } };
      return [{ id: idOf(move), what: 'moved', by, at, quote, ...between, text: '', to: { item } }];
    });
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

const idOf = ({ item, replica, at }: Move): string => `${item}/${replica}/${at}`;

const same = (one: readonly Notice[], other: readonly Notice[]): boolean =>
  one.length === other.length &&
  one.every(({ id, by, text }, i) => {
    const twin = other[i];
    return id === twin?.id && by?.name === twin.by?.name && text === twin.text;
  });
