import { layoutOf } from './layout.ts';
import { BOARD, type BoardMut, type BoardView, STEPS } from './schema.ts';

/*
 * What people do to a board, as functions over its Mut: no React, no DOM. Places are named by neighbours, never by
 * index, so that a drop means the same when the list changed under the pointer.
 */

/** Between which two neighbours something goes; null is the end on that side. */
export interface Gap {
  readonly before: string | null;
  readonly after: string | null;
}

export const atEnd: Gap = { before: null, after: null };

/** The gap at `index` of `order` (which is without the thing that moves). */
export const gapAt = (order: readonly string[], index: number): Gap => ({
  before: order[index] ?? null,
  after: order[index - 1] ?? null,
});

/** Where `gap` is in `order` now: before its next neighbour, else after its previous one, else at the end. */
export function indexOfGap(order: readonly string[], { before, after }: Gap): number {
  const next = before === null ? -1 : order.indexOf(before);
  if (next >= 0) return next;
  const previous = after === null ? -1 : order.indexOf(after);
  return previous < 0 ? order.length : previous + 1;
}

/** Places `entity` in the gap of `parent`. False, and nothing written, if it stands there already. */
function place(root: BoardMut, entity: string, parent: string, gap: Gap): boolean {
  const order = root.places.of(parent);
  const index = indexOfGap(
    order.filter((each) => each !== entity),
    gap,
  );
  if (order.indexOf(entity) === index) return false;
  root.places.place(entity, parent, index);
  return true;
}

// Lists

/** Adds a list at the right end of the board. */
export function addList(root: BoardMut, title: string): string {
  const id = root.lists.create();
  root.lists.at(id).title.set(title);
  place(root, id, BOARD, atEnd);
  return id;
}

export const renameList = (root: BoardMut, list: string, title: string): void =>
  root.lists.at(list).title.set(title);

export const moveList = (root: BoardMut, list: string, gap: Gap): boolean => place(root, list, BOARD, gap);

/** Puts the list and the live cards in it away. A card that comes at the same moment stays on the board. */
export function archiveList(root: BoardMut, list: string): void {
  const cards = root.places
    .of(list)
    .filter((card) => root.cards.has(card) && !root.cards.at(card).archived.get());
  root.lists.at(list).archived.set(cards);
}

export const restoreList = (root: BoardMut, list: string): void => root.lists.at(list).archived.set(null);

// Cards

/** Adds a card to a list, at its end unless told otherwise. */
export function addCard(root: BoardMut, list: string, title: string, gap: Gap = atEnd): string {
  const id = root.cards.create();
  root.cards.at(id).title.set(title);
  place(root, id, list, gap);
  return id;
}

/** Puts the card in one list, once, whoever else moves it. False if it is there already. */
export const moveCard = (root: BoardMut, card: string, list: string, gap: Gap): boolean =>
  place(root, card, list, gap);

export const archiveCard = (root: BoardMut, card: string): void => root.cards.at(card).archived.set(true);

/** Brings the card back to where it was; if its list cannot be seen, to the end of `fallback`. */
export function restoreCard(root: BoardMut, card: string, fallback: string | null): void {
  root.cards.at(card).archived.set(false);
  const list = root.places.parentOf(card);
  const seen = list !== undefined && root.lists.has(list) && root.lists.at(list).archived.get() === null;
  if (!seen && fallback !== null) place(root, card, fallback, atEnd);
}

export function toggleLabel(root: BoardMut, card: string, label: string): void {
  const { labels } = root.cards.at(card);
  if (labels.has(label)) labels.remove(label);
  else labels.add(label);
}

/** Names a label on this board; an empty name gives it its colour's word again. */
export function nameLabel(root: BoardMut, label: string, name: string): void {
  if (name.trim() === '') root.labelNames.delete(label);
  else root.labelNames.set(label, name.trim());
}

// Checklist

/** Adds a step at the end of the card's checklist. */
export function addStep(root: BoardMut, card: string, text: string): string {
  const { steps, stepPlaces } = root.cards.at(card);
  const id = steps.create();
  steps.at(id).text.set(text);
  stepPlaces.place(id, STEPS, stepPlaces.of(STEPS).length);
  return id;
}

export function removeStep(root: BoardMut, card: string, step: string): void {
  const { steps, stepPlaces } = root.cards.at(card);
  stepPlaces.remove(step);
  steps.remove(step);
}

/** Moves a step up (−1) or down (+1) past its visible neighbour. False at the end of the list. */
export function moveStep(root: BoardMut, card: string, step: string, by: -1 | 1): boolean {
  const { steps, stepPlaces } = root.cards.at(card);
  const order = stepPlaces.of(STEPS).filter((each) => steps.has(each));
  const neighbour = order[order.indexOf(step) + by];
  if (neighbour === undefined) return false;
  const rest = stepPlaces.of(STEPS).filter((each) => each !== step);
  stepPlaces.place(step, STEPS, rest.indexOf(neighbour) + (by > 0 ? 1 : 0));
  return true;
}

/** The card's steps in order; one that lost its place to somebody's undo stands last. */
export function stepsOf(card: BoardView['cards'][string]): readonly string[] {
  const placed = (card.stepPlaces.byParent[STEPS] ?? []).filter((id) => card.steps[id]);
  const unplaced = Object.keys(card.steps).filter((id) => card.stepPlaces.parentOf[id] === undefined);
  return [...placed, ...unplaced];
}

export function progressOf(card: BoardView['cards'][string]): { readonly done: number; readonly of: number } {
  const steps = Object.values(card.steps);
  return { done: steps.filter((step) => step.done).length, of: steps.length };
}

// What was put away

export interface Archive {
  /** Newest last, as they were created. */
  readonly cards: readonly string[];
  readonly lists: readonly string[];
}

export function archiveOf(view: BoardView): Archive {
  const cards = Object.keys(view.cards).filter((id) => view.cards[id]?.archived);
  const lists = Object.keys(view.lists).filter((id) => view.lists[id]?.archived !== null);
  return { cards, lists };
}

/** The archived lists that unfiled cards were moved into: restoring one brings its cards home. */
export function listsOfUnfiled(view: BoardView): readonly string[] {
  const parents = layoutOf(view).unfiled.map((card) => view.places.parentOf[card]);
  return [...new Set(parents)].filter((id): id is string => id !== undefined && view.lists[id] !== undefined);
}
