import type { Conflict, Deed, PlacementOp } from '@concord/crdt';
import {
  type ConflictTold,
  type ConflictViews,
  choiceOf,
  decideTheSame,
  type InboxWords,
  keyIn,
  stepOn,
  writtenBy,
} from '@concord/shell';
import { actionsFor, cardName, listName } from '../actions.ts';
import { formatDue } from '../dates.ts';
import { layoutOf } from '../layout.ts';
import { atEnd, moveCard } from '../model.ts';
import type { BoardMut } from '../schema.ts';
import type { BoardSession } from '../session.ts';
import { getState } from '../store.ts';
import { words } from '../words.ts';

const placed = ({ op }: Deed): PlacementOp => op as PlacementOp;

/** What was done to a card, its place and its archiving included; and to what else stands on the board. */
function topicsOf(deed: Deed): readonly string[] {
  if (deed.path === 'places') return [`card ${placed(deed).entity}`];
  const card = keyIn(deed.path, 'cards');
  if (card !== null) return [`card ${card}`];
  return deed.contested === null ? [] : [`${deed.path} ${deed.contested}`];
}

const archives = ({ path, op }: Deed): boolean =>
  path.endsWith('/archived') && (op as { value: unknown }).value === true;

/** Boards tell of cards that two people moved, renamed or dated, and of cards archived while somebody worked on them. */
export const boardConflicts: ConflictViews<BoardSession> = {
  topics: () => topicsOf,

  tell(session, conflict, inbox) {
    const { doc } = session;
    const { view } = doc;
    const { mine, theirs, topic } = conflict;
    const edit = (label: string, name: string, run: (root: BoardMut) => void): void =>
      void doc.change(run, { label: stepOn(label, name) });
    if (!topic.startsWith('card ')) return tellOther(session, conflict);
    const id = topic.slice('card '.length);
    const card = view.cards[id];
    if (!card) return null;
    const thing = cardName(card.title);
    const subject = { type: 'item', id } as const;
    if (!decideTheSame(conflict)) {
      if (!card.archived || !(archives(mine) || archives(theirs))) return null;
      const by = (deed: Deed): string => {
        if (archives(deed)) return inbox.archived;
        return deed.path === 'places' ? inbox.moved : inbox.edited;
      };
      const run = (): void => actionsFor(session).restoreCard(id);
      const told = {
        thing,
        what: inbox.archiving,
        mine: by(mine),
        theirs: by(theirs),
        once: `archived ${id}`,
      };
      return { ...told, holds: 'both', take: { label: inbox.restore, run } };
    }
    const about = (what: string, choice: ReturnType<typeof choiceOf>): ConflictTold | null =>
      choice && { thing, what, subject, ...choice };
    if (mine.path === 'places') {
      const here = { mine: placed(mine).at, theirs: placed(theirs).at };
      if (here.mine && here.theirs && here.mine.parent === here.theirs.parent)
        return about(inbox.place, placeChoice(session, id, here.mine, here.theirs, inbox));
      const parents = { mine: placed(mine).at?.parent ?? null, theirs: placed(theirs).at?.parent ?? null };
      const list = (parent: string | null): string =>
        parent === null ? inbox.nothing : listName(view.lists[parent]?.title);
      const take = (parent: string | null): void =>
        parent === null
          ? undefined
          : edit(words.moveCard, thing, (root) => void moveCard(root, id, parent, atEnd));
      return about(
        words.listField,
        choiceOf({ ...parents, now: view.places.parentOf[id] ?? null }, list, take),
      );
    }
    const values = { mine: writtenBy(mine), theirs: writtenBy(theirs) };
    const yesNo = (value: unknown): string => (value === true ? inbox.yes : inbox.no);
    switch (mine.path.split('/').slice(2).join('/')) {
      case 'title':
        return about(
          inbox.name,
          choiceOf({ ...values, now: card.title }, cardName, (title) =>
            edit(words.renameCard, thing, (root) => root.cards.at(id).title.set(String(title))),
          ),
        );
      case 'due': {
        const format = (due: unknown): string =>
          typeof due === 'string' ? formatDue(due, getState().today) : inbox.nothing;
        return about(
          words.dueDate,
          choiceOf({ ...values, now: card.due }, format, (due) =>
            edit(words.changeDueDate, thing, (root) =>
              root.cards.at(id).due.set(typeof due === 'string' ? due : null),
            ),
          ),
        );
      }
      case 'done':
        return about(
          words.done,
          choiceOf({ ...values, now: card.done }, yesNo, (done) =>
            edit(words.markDone, thing, (root) => root.cards.at(id).done.set(done === true)),
          ),
        );
      case 'archived':
        return about(
          inbox.archiving,
          choiceOf({ ...values, now: card.archived }, yesNo, (archived) =>
            edit(words.archiveCard, thing, (root) => root.cards.at(id).archived.set(archived === true)),
          ),
        );
      default:
        return null;
    }
  },

  waiting(session) {
    const { view } = session.doc;
    const first = layoutOf(view).columns[0];
    return layoutOf(view).unfiled.map((id) => ({
      key: `unfiled ${id}`,
      title: cardName(view.cards[id]?.title),
      why: words.unfiledHint,
      subject: { type: 'item', id } as const,
      ...(first && {
        fix: {
          label: `${words.moveCard} → ${listName(view.lists[first.id]?.title)}`,
          run: () => actionsFor(session).moveCard(id, first.id, atEnd),
        },
      }),
    }));
  },
};

type Place = NonNullable<PlacementOp['at']>;

/** Two places for a card in one list, as they are among the cards that are there now. */
function placeChoice({ doc }: BoardSession, id: string, mine: Place, theirs: Place, inbox: InboxWords) {
  const { parent } = mine;
  const { view } = doc;
  const all = view.places.byParent[parent] ?? [];
  if (!all.includes(id)) return null;
  const others = all.filter((card) => card !== id);
  const shown = (index: number): number =>
    others.slice(0, index).filter((card) => view.cards[card]?.archived === false).length + 1;
  const places = doc.query(({ places: at }) => ({
    mine: at.indexAt(id, mine),
    theirs: at.indexAt(id, theirs),
    now: all.indexOf(id),
  }));
  if (shown(places.mine) === shown(places.theirs)) return null;
  return choiceOf(
    places,
    (index) => inbox.nth(shown(index), listName(view.lists[parent]?.title)),
    (index) =>
      void doc.change((root) => root.places.place(id, parent, index), {
        label: stepOn(words.moveCard, cardName(view.cards[id]?.title)),
      }),
  );
}

/** Titles of lists and of the board. */
function tellOther({ doc }: BoardSession, { mine, theirs }: Conflict): ConflictTold | null {
  const list = keyIn(mine.path, 'lists');
  if (mine.path !== 'title' && !mine.path.endsWith('/title')) return null;
  const now = list === null ? doc.view.title : doc.view.lists[list]?.title;
  const choice = choiceOf({ mine: writtenBy(mine), theirs: writtenBy(theirs), now }, String, (title) => {
    const run = (root: BoardMut): void =>
      (list === null ? root : root.lists.at(list)).title.set(String(title));
    doc.change(run, { label: stepOn(words.renameList, String(now)) });
  });
  return choice && { thing: String(now), what: words.listTitle, ...choice };
}
