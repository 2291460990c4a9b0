import {
  isStringOrNull,
  type Json,
  lww,
  type Mut,
  map,
  object,
  placement,
  record,
  set,
  text,
  type View,
} from '@concord/crdt';

const isKeysOrNull = (value: Json): value is readonly string[] | null =>
  value === null || (Array.isArray(value) && value.every((key) => typeof key === 'string'));

/** The `places` parent whose entities are lists; every other parent is a list's key. */
export const BOARD = 'board';

/**
 * One step of a card's checklist. Its order stands in the card's `stepPlaces`, under the parent `STEPS`.
 */
export const STEPS = 'steps';

/**
 * A board. Cards and lists each have one atomic place, so a card that two people move is in one list, once.
 *
 * - `archived` of a list: null, or the keys of the cards that were in it and went with it. A card that lands in the
 *   list at the same moment is not among them, so it is not swallowed: it stands in the "Unfiled" lane.
 * - `due`: a civil date, `YYYY-MM-DD`, the same day for everyone wherever they are.
 * - `labels` of a card: keys of `labelColours`; the board's `labelNames` gives a colour its meaning here.
 */
export const boardSchema = object({
  title: lww(''),
  lists: record(object({ title: lww(''), archived: lww<readonly string[] | null>(null, isKeysOrNull) })),
  cards: record(
    object({
      title: lww(''),
      description: text(),
      labels: set<string>(),
      due: lww<string | null>(null, isStringOrNull),
      done: lww(false),
      archived: lww(false),
      steps: record(object({ text: lww(''), done: lww(false) })),
      stepPlaces: placement(),
    }),
  ),
  places: placement(),
  labelNames: map<string>(),
});

export type BoardSchema = typeof boardSchema;
export type BoardView = View<BoardSchema>;
export type BoardMut = Mut<BoardSchema>;
export type CardView = BoardView['cards'][string];
