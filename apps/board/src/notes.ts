import { type DocEvent, placementPatches } from '@concord/crdt';

/*
 * What others just did, as far as a reader should hear of it, and what this reader did a moment ago: where the two
 * touch one card, the reader is told in so many words.
 */

export type CardDeed = 'moved' | 'edited' | 'archived' | 'restored' | 'added';

/** One thing that was done to a card. */
export interface Deed {
  readonly card: string;
  readonly what: CardDeed;
  /** For a move: the list it stands in now. */
  readonly list: string | null;
  /** For a move: whether it came from another list. */
  readonly across: boolean;
}

/** What an event did to cards, one deed per card: an archive outranks a move, a move outranks an edit. */
export function deedsOf(event: DocEvent): readonly Deed[] {
  const deeds = new Map<string, Deed>();
  const rank: readonly CardDeed[] = ['edited', 'moved', 'added', 'restored', 'archived'];
  const note = (deed: Deed): void => {
    const known = deeds.get(deed.card);
    if (!known || rank.indexOf(known.what) < rank.indexOf(deed.what)) deeds.set(deed.card, deed);
  };
  for (const { entity, from, to } of placementPatches(event, 'places')) {
    if (to === null) continue;
    const across = from?.parent !== to.parent;
    note({ card: entity, what: from ? 'moved' : 'added', list: to.parent, across });
  }
  for (const [path, patches] of event.patches) {
    const [kind, key, field] = path.split('/');
    if (kind !== 'cards' || key === undefined || field === undefined) continue;
    const card = decodeURIComponent(key);
    const what = field === 'archived' ? archivedNow(patches) : 'edited';
    note({ card, what, list: null, across: false });
  }
  return [...deeds.values()];
}

function archivedNow(patches: readonly unknown[]): CardDeed {
  const last = patches.at(-1);
  const value = typeof last === 'object' && last !== null && 'value' in last ? last.value : null;
  return value === true ? 'archived' : 'restored';
}

/** How long a reader's own deed counts as "at the same time", in milliseconds; one made offline counts until it is answered. */
const RECENT = 120_000;

interface Own {
  readonly what: CardDeed;
  readonly at: number;
  readonly offline: boolean;
}

/** What this reader did to cards lately. */
export class OwnDeeds {
  readonly #deeds = new Map<string, Own>();

  record(deeds: readonly Deed[], at: number, offline: boolean): void {
    for (const { card, what } of deeds) this.#deeds.set(card, { what, at, offline });
  }

  /** The reader's own recent deed to the card; it is answered, so it is told once only. */
  take(card: string, now: number): CardDeed | null {
    const own = this.#deeds.get(card);
    this.#deeds.delete(card);
    return own && (own.offline || now - own.at < RECENT) ? own.what : null;
  }
}
