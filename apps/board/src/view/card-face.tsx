import { CommentBadge, useItemComments } from '@concord/shell';
import { Avatar, classNames, formatLocale } from '@concord/ui';
import { CalendarClock, CircleCheck, ListChecks, TextAlignStart } from 'lucide-react';
import { memo } from 'react';
import { cardName } from '../actions.ts';
import { dueState, formatDue } from '../dates.ts';
import { labelName, labelsOf } from '../labels.ts';
import { progressOf } from '../model.ts';
import type { CardView } from '../schema.ts';
import { useBoard } from '../session.ts';
import { useStore } from '../store.ts';
import { words } from '../words.ts';

/** The due date with how near it is, in colour and in words. */
export function DueBadge({ due, done }: { due: string; done: boolean }) {
  const today = useStore((state) => state.today);
  const state = dueState(due, done, today);
  const word = words.dueStates[state];
  return (
    <span className={`cc-board-due cc-board-due--${state}`}>
      {done ? <CircleCheck aria-hidden="true" /> : <CalendarClock aria-hidden="true" />}
      <span className="cc-hidden">{words.due} </span>
      <time dateTime={due}>{formatDue(due, today, formatLocale())}</time>
      {word ? <span>{word}</span> : null}
    </span>
  );
}

export const LabelChips = memo(function LabelChips({ labels }: { labels: readonly string[] }) {
  const names = useBoard((view) => view.labelNames);
  const shown = labelsOf(labels);
  if (shown.length === 0) return null;
  return (
    <ul className="cc-board-labels" aria-label={words.labels}>
      {shown.map((colour) => (
        <li key={colour} className="cc-board-label" data-label={colour}>
          {labelName(names, colour)}
        </li>
      ))}
    </ul>
  );
});

/** Who else has the card open. Whoever drags it is written on the card itself. */
function ViewersHere({ card }: { card: string }) {
  const visitors = useStore((state) => state.visitors[card]);
  return (
    <span className="cc-board-card__people">
      {visitors?.map(({ person, drags }) =>
        drags ? null : (
          <span key={person.id} title={words.hasOpen(person.name)}>
            <Avatar size="small" person={person} />
            <span className="cc-hidden"> {words.hasOpenAfterName}</span>
          </span>
        ),
      )}
    </span>
  );
}

type SignsProps = {
  id: string;
  card: CardView;
  /** Whether Tab stops at the card. */
  stop?: boolean;
};

/** What a card shows below its title: small signs for what is inside. */
export const CardSigns = memo(function CardSigns({ id, card, stop = false }: SignsProps) {
  const { done, of } = progressOf(card);
  const busy = useStore((state) => state.visitors[id]?.some((visitor) => !visitor.drags) ?? false);
  const written = card.description.length > 0;
  const commented = useItemComments(id) !== undefined;
  if (!(card.due || written || of > 0 || busy || card.done || commented)) return null;
  return (
    <div className="cc-board-signs">
      {card.due ? <DueBadge due={card.due} done={card.done} /> : null}
      {card.done && !card.due ? (
        <span className="cc-board-due cc-board-due--done">
          <CircleCheck aria-hidden="true" />
          {words.done}
        </span>
      ) : null}
      {written ? (
        <span className="cc-board-sign" title={words.hasDescription}>
          <TextAlignStart aria-hidden="true" />
          <span className="cc-hidden">{words.hasDescription}</span>
        </span>
      ) : null}
      {of > 0 ? (
        <span
          className={classNames('cc-board-sign', done === of && 'cc-board-sign--complete')}
          title={words.checklistDone(done, of)}
        >
          <ListChecks aria-hidden="true" />
          <span aria-hidden="true">
            {done}/{of}
          </span>
          <span className="cc-hidden">{words.checklistDone(done, of)}</span>
        </span>
      ) : null}
      <CommentBadge id={id} tabIndex={stop ? 0 : -1} />
      <ViewersHere card={id} />
    </div>
  );
});

/** The card's looks without any of its doings, for the thing under the pointer while it is dragged. */
export function CardGhost({ id }: { id: string }) {
  const card = useBoard((view) => view.cards[id]);
  if (!card) return null;
  return (
    <div className="cc-board-card cc-board-card--lifted">
      <LabelChips labels={card.labels} />
      <span className="cc-board-card__open">{cardName(card.title)}</span>
      <CardSigns id={id} card={card} />
    </div>
  );
}
