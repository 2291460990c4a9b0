import { EditOnly } from '@concord/shell';
import { Checkbox, IconButton } from '@concord/ui';
import { X } from 'lucide-react';
import { useId } from 'react';
import { isCivilDate } from '../../dates.ts';
import { words } from '../../words.ts';
import { DueBadge } from '../card-face.tsx';

export interface DueFieldProps {
  due: string | null;
  done: boolean;
  onDue: (due: string | null) => void;
  onDone: (done: boolean) => void;
}

/** When the card is due, and whether it is done. */
export function DueField({ due, done, onDue, onDone }: DueFieldProps) {
  const id = useId();
  return (
    <section className="cc-board-fact">
      <label htmlFor={id}>{words.dueDate}</label>
      <div className="cc-board-fact__row">
        <span className="cc-input">
          <input
            id={id}
            type="date"
            value={due ?? ''}
            onChange={(event) => {
              const { value } = event.currentTarget;
              if (isCivilDate(value)) onDue(value);
              else if (value === '' && due !== null && event.currentTarget.validity.valid) onDue(null);
            }}
          />
        </span>
        {due ? (
          <EditOnly>
            <IconButton label={words.removeDueDate} icon={<X />} size="small" onClick={() => onDue(null)} />
          </EditOnly>
        ) : null}
        {due ? <DueBadge due={due} done={done} /> : null}
      </div>
      <Checkbox label={words.done} checked={done} onChange={onDone} />
    </section>
  );
}
