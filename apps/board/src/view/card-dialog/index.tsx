import { CommentButton, EditFields, EditOnly, stepOn } from '@concord/shell';
import { Avatar, Badge, Banner, Button, Dialog } from '@concord/ui';
import { Archive, ArchiveRestore, ArrowRightLeft } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { cardName, listName, useActions } from '../../actions.ts';
import { focusCard } from '../../focus.ts';
import type { CardView } from '../../schema.ts';
import { useBoard, useEdit } from '../../session.ts';
import { getState, openCard, startMoving, useStore } from '../../store.ts';
import { words } from '../../words.ts';
import { useDraft } from '../use-draft.ts';
import { Checklist } from './checklist.tsx';
import { Description } from './description.tsx';
import { DueField } from './due-field.tsx';
import { LabelPicker } from './label-picker.tsx';

/** The open card, if there is one. */
export function CardDialog() {
  const id = useStore((state) => state.card);
  const card = useBoard((view) => (id === null ? undefined : view.cards[id]));
  const last = useRef(id);
  useEffect(() => {
    // Once the dialog is gone the focus belongs to its card.
    if (id === null && last.current !== null) focusCard(last.current);
    last.current = id;
  }, [id]);
  // Somebody's undo took the card away altogether; or the address names a card that is not here.
  const missing = id !== null && card === undefined;
  useEffect(() => {
    if (missing) openCard(null);
  }, [missing]);
  if (id === null || !card) return null;
  return <OpenCard key={id} id={id} card={card} />;
}

function OpenCard({ id, card }: { id: string; card: CardView }) {
  const actions = useActions();
  const edit = useEdit();
  const list = useBoard((view) => {
    const parent = view.places.parentOf[id];
    return parent === undefined ? undefined : view.lists[parent];
  });
  return (
    <Dialog
      open
      size="large"
      className="cc-board-dialog"
      title={cardName(card.title)}
      description={list ? words.inList(listName(list.title), Boolean(list.archived)) : words.inNoList}
      onOpenChange={(open) => {
        if (!open && !getState().moving) openCard(null);
      }}
    >
      {card.archived ? (
        <Banner
          tone="warning"
          action={
            <EditOnly>
              <Button size="small" icon={<ArchiveRestore />} onClick={() => actions.restoreCard(id)}>
                {words.restoreCard}
              </Button>
            </EditOnly>
          }
        >
          {words.cardArchived}
        </Banner>
      ) : null}
      <TitleField id={id} title={card.title} />
      <Viewers id={id} />
      <EditFields>
        <div className="cc-board-dialog__facts">
          <LabelPicker id={id} labels={card.labels} />
          <DueField
            due={card.due}
            done={card.done}
            onDue={(due) =>
              edit(stepOn(words.changeDueDate, cardName(card.title)), (root) =>
                root.cards.at(id).due.set(due),
              )
            }
            onDone={(done) =>
              edit(stepOn(done ? words.markDone : words.markNotDone, cardName(card.title)), (root) =>
                root.cards.at(id).done.set(done),
              )
            }
          />
        </div>
      </EditFields>
      <Description id={id} />
      <EditFields>
        <Checklist id={id} card={card} />
      </EditFields>
      <div className="cc-board-dialog__foot">
        <CommentButton id={id} quote={cardName(card.title)} onOpen={() => openCard(null)} />
        <EditOnly>
          <Button icon={<ArrowRightLeft />} onClick={() => startMoving({ kind: 'card', id })}>
            {words.moveTo}
          </Button>
          {card.archived ? null : (
            <Button
              icon={<Archive />}
              onClick={() => {
                openCard(null);
                actions.archiveCard(id);
              }}
            >
              {words.archiveCard}
            </Button>
          )}
        </EditOnly>
      </div>
    </Dialog>
  );
}

function TitleField({ id, title }: { id: string; title: string }) {
  const edit = useEdit();
  const draft = useDraft(title, (text) =>
    edit(stepOn(words.renameCard, cardName(title)), (root) => root.cards.at(id).title.set(text.trim())),
  );
  const field = useRef<HTMLTextAreaElement>(null);
  // Opening a card to read it must not open the keyboard of a phone: the focus starts on the dialog itself.
  useEffect(() => field.current?.closest<HTMLElement>('[role=dialog]')?.focus(), []);
  return (
    <textarea
      ref={field}
      {...draft}
      className="cc-board-dialog__title"
      rows={1}
      aria-label={words.cardTitle}
      placeholder={words.untitledCard}
      enterKeyHint="done"
    />
  );
}

/** Who else has the card open. */
function Viewers({ id }: { id: string }) {
  const visitors = useStore((state) => state.visitors[id]);
  if (!visitors) return null;
  return (
    <ul className="cc-board-dialog__people" aria-label={words.alsoHere}>
      <li aria-hidden="true">{words.alsoHereColon}</li>
      {visitors.map(({ person, drags }) => (
        <li key={person.id}>
          <span aria-hidden="true">
            <Avatar person={person} size="small" />
          </span>
          {person.name}
          {drags ? <Badge tone="info">{words.isMoving}</Badge> : null}
        </li>
      ))}
    </ul>
  );
}
