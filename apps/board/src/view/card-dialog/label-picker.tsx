import { EditOnly } from '@concord/shell';
import { Button, Checkbox, IconButton, Popover } from '@concord/ui';
import { PenLine, Plus } from 'lucide-react';
import { useRef, useState } from 'react';
import { type LabelColour, labelColours, labelName } from '../../labels.ts';
import { nameLabel, toggleLabel } from '../../model.ts';
import { useBoard, useEdit } from '../../session.ts';
import { words } from '../../words.ts';
import { LabelChips } from '../card-face.tsx';
import { useDraft } from '../use-draft.ts';

/** The card's labels, and the panel that sets and names them. */
export function LabelPicker({ id, labels }: { id: string; labels: readonly string[] }) {
  const edit = useEdit();
  const names = useBoard((view) => view.labelNames);
  const [naming, setNaming] = useState<LabelColour | null>(null);
  const named = useRef<LabelColour | null>(null);
  return (
    <section className="cc-board-fact">
      <h3>{words.labels}</h3>
      <div className="cc-board-fact__row">
        <LabelChips labels={labels} />
        <EditOnly>
          <Popover
            label={words.labels}
            align="start"
            trigger={
              <Button size="small" icon={<Plus />}>
                {labels.length > 0 ? words.editLabels : words.addLabels}
              </Button>
            }
          >
            <ul className="cc-board-palette" aria-label={words.boardLabels}>
              {labelColours.map((colour) => {
                const name = labelName(names, colour);
                return (
                  <li key={colour} data-label={colour}>
                    {naming === colour ? (
                      <LabelName
                        name={names[colour] ?? ''}
                        placeholder={name}
                        onName={(next) => edit(words.nameLabel, (root) => nameLabel(root, colour, next))}
                        onClose={() => {
                          named.current = colour;
                          setNaming(null);
                        }}
                        onLeave={() => setNaming(null)}
                      />
                    ) : (
                      <>
                        <span className="cc-board-palette__row">
                          <Checkbox
                            label={name}
                            checked={labels.includes(colour)}
                            onChange={() => edit(words.changeLabels, (root) => toggleLabel(root, id, colour))}
                          />
                        </span>
                        <IconButton
                          ref={(button) => {
                            if (button && named.current === colour) button.focus();
                            if (named.current === colour) named.current = null;
                          }}
                          label={words.renameLabel(name)}
                          // A tooltip would take the Escape that is meant for the panel.
                          tooltip={false}
                          icon={<PenLine />}
                          size="small"
                          onClick={() => setNaming(colour)}
                        />
                      </>
                    )}
                  </li>
                );
              })}
            </ul>
          </Popover>
        </EditOnly>
      </div>
    </section>
  );
}

interface LabelNameProps {
  name: string;
  placeholder: string;
  onName: (name: string) => void;
  /** By a key: the focus goes back to where the naming began. */
  onClose: () => void;
  onLeave: () => void;
}

function LabelName({ name, placeholder, onName, onClose, onLeave }: LabelNameProps) {
  const draft = useDraft(name, onName);
  return (
    <span className="cc-input">
      <input
        {...draft}
        // biome-ignore lint/a11y/noAutofocus: the reader asked for this field by the button that it replaces
        autoFocus
        aria-label={words.labelName}
        placeholder={placeholder}
        maxLength={40}
        onKeyDown={(event) => {
          draft.onKeyDown(event);
          if (event.key !== 'Enter' && event.key !== 'Escape') return;
          event.preventDefault();
          event.stopPropagation();
          onClose();
        }}
        onBlur={() => {
          draft.onBlur();
          onLeave();
        }}
      />
    </span>
  );
}
