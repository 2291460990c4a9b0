import { Avatar, classNames } from '@concord/ui';
import { CalendarClock, CircleCheck, ListChecks, TextAlignStart } from 'lucide-react';
import { memo } from 'react';
import { cardName } from '../actions.ts';
import { type DueState, dueState, formatDue } from '../dates.ts';
import { labelName, labelsOf } from '../labels.ts';
import { progressOf } from '../model.ts';
import type { CardView } from '../schema.ts';
import { useBoard } from '../session.ts';
import { useStore } from '../store.ts';

const DUE_WORDS: Readonly<Record<DueState, string>> = {
  done: 'done',
  overdue: 'overdue',
  today: 'today',
  soon: 'soon',
  later: '',
};

/** The due date with how near it is, in colour and in words. */
export function DueBadge({ due, done }: { due: string; done: boolean }) {
  const today = useStore((state) => state.today);
  const state = dueState(due, done, today);
  const word = DUE_WORDS[state];
  return (
    <span className={`cc-board-due cc-board-due--${state}`}>
      {done ? <CircleCheck aria-hidden="true" /> : <CalendarClock aria-hidden="true" />}
      <span className="cc-hidden">Due </span>
      <time dateTime={due}>{formatDue(due, today)}</time>
      {word ? <span>{word}</span> : null}
    </span>
  );
}

export const LabelChips = memo(function LabelChips({ labels }: { labels: readonly string[] }) {
  const names = useBoard((view) => view.labelNames);
  const shown = labelsOf(labels);
  if (shown.length === 0) return null;
  return (
    <ul className="cc-board-labels" aria-label="Labels">
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
          <span key={person.id} title={`${person.name} has this open`}>
            <Avatar size="small" person={person} />
            <span className="cc-hidden"> has this open</span>
          </span>
        ),
      )}
    </span>
  );
}

/** What a card shows below its title: small signs for what is inside. */
export const CardSigns = memo(function CardSigns({ id, card }: { id: string; card: CardView }) {
  const { done, of } = progressOf(card);
  const busy = useStore((state) => state.visitors[id]?.some((visitor) => !visitor.drags) ?? false);
  const written = card.description.length > 0;
  if (!(card.due || written || of > 0 || busy || card.done)) return null;
  return (
    <div className="cc-board-signs">
      {card.due ? <DueBadge due={card.due} done={card.done} /> : null}
      {card.done && !card.due ? (
        <span className="cc-board-due cc-board-due--done">
          <CircleCheck aria-hidden="true" />
          Done
        </span>
      ) : null}
      {written ? (
        <span className="cc-board-sign" title="Has a description">
          <TextAlignStart aria-hidden="true" />
          <span className="cc-hidden">Has a description</span>
        </span>
      ) : null}
      {of > 0 ? (
        <span
          className={classNames('cc-board-sign', done === of && 'cc-board-sign--complete')}
          title={`Checklist: ${done} of ${of} done`}
        >
          <ListChecks aria-hidden="true" />
          <span aria-hidden="true">
            {done}/{of}
          </span>
          <span className="cc-hidden">{`Checklist: ${done} of ${of} done`}</span>
        </span>
      ) : null}
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
