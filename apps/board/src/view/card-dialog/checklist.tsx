import { EditOnly, stepOn } from '@concord/shell';
import { Button, Checkbox, IconButton, Menu, ProgressBar } from '@concord/ui';
import { ChevronDown, ChevronUp, Ellipsis, Plus, X } from 'lucide-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { addStep, moveStep, progressOf, removeStep, stepsOf } from '../../model.ts';
import type { CardView } from '../../schema.ts';
import { useEdit } from '../../session.ts';
import { words } from '../../words.ts';
import { useDraft } from '../use-draft.ts';

/** The steps of a card, ticked off one by one. */
export function Checklist({ id, card }: { id: string; card: CardView }) {
  const steps = stepsOf(card);
  const { done, of } = progressOf(card);
  return (
    <section className="cc-board-part">
      <h3>
        {words.checklist}
        {of > 0 ? <span className="cc-board-part__count">{words.ofAll(done, of)}</span> : null}
      </h3>
      {of > 0 ? <ProgressBar label={words.checklistProgress} value={done} max={of} /> : null}
      {/* biome-ignore lint/a11y/noRedundantRoles: Safari drops the role of a list without bullets */}
      <ul role="list" className="cc-board-steps" aria-label={words.checklist}>
        {steps.map((step, index) => {
          const view = card.steps[step];
          return view ? (
            <Step
              key={step}
              card={id}
              id={step}
              text={view.text}
              done={view.done}
              first={index === 0}
              last={index === steps.length - 1}
            />
          ) : null;
        })}
      </ul>
      <EditOnly>
        <NewStep card={id} />
      </EditOnly>
    </section>
  );
}

interface StepProps {
  card: string;
  id: string;
  text: string;
  done: boolean;
  first: boolean;
  last: boolean;
}

function Step({ card, id, text, done, first, last }: StepProps) {
  const edit = useEdit();
  const draft = useDraft(text, (next) =>
    edit(words.editStep, (root) => root.cards.at(card).steps.at(id).text.set(next.trim())),
  );
  const name = text.trim() || words.untitledStep;
  const move = (by: -1 | 1): void =>
    edit(stepOn(words.moveStep, name), (root) => void moveStep(root, card, id, by));
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault();
      move(event.key === 'ArrowUp' ? -1 : 1);
    } else draft.onKeyDown(event);
  };
  return (
    <li className={done ? 'cc-board-step cc-board-step--done' : 'cc-board-step'}>
      <Checkbox
        hideLabel
        label={name}
        checked={done}
        onChange={(next) =>
          edit(stepOn(next ? words.tickStep : words.untickStep, name), (root) =>
            root.cards.at(card).steps.at(id).done.set(next),
          )
        }
      />
      <input {...draft} type="text" aria-label={words.stepNamed(name)} onKeyDown={onKeyDown} />
      <EditOnly>
        <Menu
          align="end"
          items={[
            {
              label: words.moveUp,
              icon: <ChevronUp />,
              shortcut: 'Alt+Up',
              disabled: first,
              onSelect: () => move(-1),
            },
            {
              label: words.moveDown,
              icon: <ChevronDown />,
              shortcut: 'Alt+Down',
              disabled: last,
              onSelect: () => move(1),
            },
            { type: 'separator' },
            {
              label: words.removeStep,
              icon: <X />,
              onSelect: () => edit(stepOn(words.removeStep, name), (root) => removeStep(root, card, id)),
            },
          ]}
          trigger={
            <IconButton
              className="cc-board-step__more"
              label={words.stepActions(name)}
              icon={<Ellipsis />}
              size="small"
            />
          }
        />
      </EditOnly>
    </li>
  );
}

function NewStep({ card }: { card: string }) {
  const edit = useEdit();
  const [text, setText] = useState('');
  const field = useRef<HTMLInputElement>(null);
  return (
    <form
      className="cc-board-newstep"
      aria-label={words.newStep}
      onSubmit={(event) => {
        event.preventDefault();
        field.current?.focus();
        if (text.trim() === '') return;
        edit(stepOn(words.addStep, text.trim()), (root) => void addStep(root, card, text.trim()));
        setText('');
      }}
    >
      <span className="cc-input">
        <input
          ref={field}
          type="text"
          aria-label={words.newStep}
          placeholder={words.addAStep}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </span>
      <Button type="submit" icon={<Plus />} disabled={text.trim() === ''}>
        {words.addStep}
      </Button>
    </form>
  );
}
