import type { Json } from '@concord/crdt';
import type { Person } from '@concord/ui';

/**
 * What everyone tells the others about themselves: which card is open before them, which card or list they drag, and
 * which card had their focus last.
 */
export type Whereabouts = {
  readonly card: string | null;
  readonly drag: string | null;
  readonly at: string | null;
};

const NOWHERE: Whereabouts = { card: null, drag: null, at: null };

export interface PersonHere {
  readonly person: Person;
  readonly where: Whereabouts;
}

interface PeerLike {
  readonly replica: string;
  readonly name: string;
  readonly colour: number;
  readonly data: Json;
}

/** Reads a peer's words about itself; what makes no sense counts as nothing. */
export function whereaboutsOf(data: Json): Whereabouts {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return NOWHERE;
  const read = (key: string): string | null => {
    const value = Object.hasOwn(data, key) ? (data as Record<string, Json>)[key] : null;
    return typeof value === 'string' && value.length <= 64 ? value : null;
  };
  return { card: read('card'), drag: read('drag'), at: read('at') };
}

export const personHere = ({ replica, name, colour, data }: PeerLike): PersonHere => ({
  person: { id: replica, name, colour },
  where: whereaboutsOf(data),
});

/** Who is at a card or list: has it open, or drags it. */
export interface Visitor {
  readonly person: Person;
  readonly drags: boolean;
}

export type Visitors = Readonly<Record<string, readonly Visitor[]>>;

/** Who is where. An entry that is the same as in `previous` keeps its identity, so that only its card is drawn again. */
export function visitorsOf(people: readonly PersonHere[], previous: Visitors = {}): Visitors {
  const next = new Map<string, Visitor[]>();
  const put = (id: string | null, visitor: Visitor): void => {
    if (id === null) return;
    const there = next.get(id);
    if (there) there.push(visitor);
    else next.set(id, [visitor]);
  };
  for (const { person, where } of people) {
    put(where.drag, { person, drags: true });
    if (where.card !== where.drag) put(where.card, { person, drags: false });
  }
  return Object.fromEntries(
    [...next].map(([id, visitors]) => {
      const before = previous[id];
      return [id, before && same(before, visitors) ? before : visitors];
    }),
  );
}

function same(a: readonly Visitor[], b: readonly Visitor[]): boolean {
  return (
    a.length === b.length &&
    a.every((each, i) => {
      const other = b[i];
      return (
        each.drags === other?.drags &&
        each.person.id === other.person.id &&
        each.person.name === other.person.name &&
        each.person.colour === other.person.colour
      );
    })
  );
}
