/** A change of a commit. */
export interface Stored {
  readonly room: number;
  readonly head: number;
  readonly next: number;
  readonly place: number;
  readonly size: number;
}

/** What was stored since the indexes were brought up to date: they and the tables lack just this. */
export class Unfolded {
  readonly #rooms = new Map<number, { readonly places: number[]; bytes: number }>();
  /** By head, the next id. */
  #next = new Map<number, number>();
  #size = 0;

  /** How many changes. */
  get size(): number {
    return this.#size;
  }

  add({ room, head, next, place, size }: Stored): void {
    const recent = this.#rooms.get(room);
    if (recent) {
      recent.places.push(place);
      recent.bytes += size;
    } else this.#rooms.set(room, { places: [place], bytes: size });
    this.#next.set(head, next);
    this.#size++;
  }

  /** The places of a room's changes, in order. */
  places(room: number): readonly number[] {
    return this.#rooms.get(room)?.places ?? [];
  }

  bytes(room: number): number {
    return this.#rooms.get(room)?.bytes ?? 0;
  }

  /** The next id of a head whose row says `folded`. */
  next(head: number, folded: number): number {
    return this.#next.get(head) ?? folded;
  }

  /** Notes next ids of a transaction that is under way. Returns the way back, if it comes to nothing. */
  tentatively(): { note(stored: Stored): void; undo(): void } {
    const before = new Map(this.#next);
    return {
      note: ({ head, next }) => this.#next.set(head, next),
      undo: () => {
        this.#next = before;
      },
    };
  }

  clear(): void {
    this.#rooms.clear();
    this.#next.clear();
    this.#size = 0;
  }
}
