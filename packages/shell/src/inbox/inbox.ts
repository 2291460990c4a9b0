import type { Session } from '@concord/sync';
import type { AppDefinition, TitledSchema } from '../definition.ts';
import type { DocumentAddress } from '../local/address.ts';
import type { ConflictViews, Waiting } from './conflict-views.ts';
import { type Entry, entriesOf } from './entries.ts';
import { loadMarker, type ReadMarker, saveMarker } from './read-marker.ts';
import { words } from './words.ts';

export type InboxState = { readonly entries: readonly Entry[]; readonly waiting: readonly Waiting[] };

const EMPTY: InboxState = { entries: [], waiting: [] };

/** After what others did, so long nothing is looked for: they may do more. In milliseconds. */
const SETTLE = 400;
/** Looking takes at most one part in so many of the time, however long the history. */
const SHARE = 20;
/** But never more than this between two looks. */
const LONGEST = 10_000;

type Open = {
  readonly session: Session<TitledSchema>;
  readonly app: AppDefinition<TitledSchema>;
  readonly address: DocumentAddress;
  readonly as: string | null;
};

/** Lets the page do what it has to. */
const pause = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve));

/** What merged at the same moment or while this user was away: found in the history, never stored. */
export class Inbox {
  readonly #open: Open;
  readonly #listeners = new Set<() => void>();
  #state = EMPTY;
  #marker: ReadMarker;
  #views: Promise<ConflictViews<Session<TitledSchema>>> | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  /** What is found by a look that began in an earlier turn is not shown. */
  #turn = 0;
  #isLooking = false;
  /** Milliseconds that the last look took. */
  #took = 0;
  /** Told of entries that no notice has told yet. */
  onNew: (entries: readonly Entry[]) => void = () => {};

  constructor(open: Open) {
    this.#open = open;
    const { address, as, session } = open;
    const marker = loadMarker(address, as);
    this.#marker = { ...marker, mine: new Set([...marker.mine, session.doc.replica]) };
  }

  readonly get = (): InboxState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Looks now, and after whatever happens. Returns the way to stop. */
  start(): () => void {
    this.#turn++;
    // Fetched while there is a network: who comes back from offline is told at once.
    void this.#viewsOfApp();
    this.#soon();
    const stop = this.#open.session.doc.subscribe(({ origin }) => {
      // One's own changes make no conflict, but may settle one.
      const { entries, waiting } = this.#state;
      if (origin === 'remote' || entries.length + waiting.length > 0) this.#soon();
    });
    return () => {
      stop();
      if (this.#timer !== null) clearTimeout(this.#timer);
      this.#timer = null;
      this.#turn++;
    };
  }

  /** Puts entries away: none of these is shown again. */
  dismiss(keys: readonly string[]): void {
    this.#mark({ dismissed: new Set([...this.#marker.dismissed, ...keys]) });
    const entries = this.#state.entries.filter(({ key }) => !keys.includes(key));
    // With nothing left, the next look begins here.
    if (entries.length === 0) this.#mark({ since: this.#open.session.doc.version, dismissed: new Set() });
    this.#set({ ...this.#state, entries });
    // A look that is on its way does not know of it.
    this.#turn++;
    this.#soon();
  }

  #soon(): void {
    this.#timer ??= setTimeout(
      () => {
        this.#timer = null;
        if (this.#isLooking) {
          this.#soon();
          return;
        }
        this.#isLooking = true;
        void this.#look().finally(() => {
          this.#isLooking = false;
        });
      },
      Math.min(Math.max(SETTLE, SHARE * this.#took), LONGEST),
    );
  }

  async #look(): Promise<void> {
    const { session } = this.#open;
    const turn = this.#turn;
    const views = await this.#viewsOfApp();
    if (views === null) return;
    const { since, mine, dismissed, told: known } = this.#marker;
    const version = session.doc.version;
    const start = performance.now();
    const entries = await entriesOf({ session, views, since, mine, dismissed, pause });
    this.#took = performance.now() - start;
    if (turn !== this.#turn) return;
    this.#set({ entries, waiting: views.waiting?.(session, words) ?? [] });
    if (entries.length === 0) this.#mark({ since: version, dismissed: new Set() });
    const fresh = entries.filter(({ key }) => !known.has(key));
    if (fresh.length === 0) return;
    this.#mark({ told: new Set([...known, ...fresh.map(({ key }) => key)]) });
    this.onNew(fresh);
  }

  /** What the app says of conflicts. Null: nothing, or it could not be fetched, and the next look tries again. */
  async #viewsOfApp(): Promise<ConflictViews<Session<TitledSchema>> | null> {
    this.#views ??= this.#open.app.conflicts?.() ?? null;
    try {
      return await this.#views;
    } catch {
      this.#views = null;
      return null;
    }
  }

  #mark(change: Partial<ReadMarker>): void {
    this.#marker = { ...this.#marker, ...change };
    saveMarker(this.#open.address, this.#open.as, this.#marker);
  }

  #set(state: InboxState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
