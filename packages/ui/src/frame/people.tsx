import { useState } from 'react';
import { Avatar, AvatarStack, type Person } from '../components/avatar.tsx';
import { TextField } from '../components/field.tsx';
import { Popover } from '../components/popover.tsx';
import { Tooltip } from '../components/tooltip.tsx';
import { words } from '../words.ts';

export type PeopleProps = {
  self: Person;
  /** Everyone else who is here. */
  others: readonly Person[];
  onRename?: ((name: string) => void) | undefined;
};

/** Who is here: a list of discs, the reader's own last; it opens a panel with names and the own name to change. */
export function People({ self, others, onRename }: PeopleProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const commit = (): void => {
    const name = draft?.trim();
    if (name && name !== self.name) onRename?.(name);
    setDraft(null);
  };
  const panel = (
    <div className="cc-people">
      <h2 className="cc-people__title">{words.peopleHere}</h2>
      {others.length > 0 ? (
        <ul>
          {others.map((person) => (
            <li key={person.id}>
              <Avatar person={person} size="medium" />
              <span>{person.name}</span>
              {person.away ? <span className="cc-people__away">{words.away}</span> : null}
            </li>
          ))}
        </ul>
      ) : (
        <p>{words.onlyYou}</p>
      )}
      {onRename ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            commit();
          }}
        >
          <TextField
            label={words.yourName}
            hint={words.yourNameHint}
            autoComplete="nickname"
            maxLength={60}
            value={draft ?? self.name}
            onChange={(event) => setDraft(event.currentTarget.value)}
            onBlur={commit}
          />
        </form>
      ) : null}
    </div>
  );
  return (
    <AvatarStack
      label={words.peopleHere}
      people={others}
      moreLabel={words.morePeople}
      renderPerson={(person) => (
        <Tooltip label={person.away ? `${person.name} · ${words.away}` : person.name}>
          <span>
            <Avatar person={person} />
          </span>
        </Tooltip>
      )}
      last={
        <Popover
          label={words.peopleHere}
          align="end"
          trigger={
            <button type="button" className="cc-self" aria-label={words.you(self.name)}>
              <Avatar person={self} />
            </button>
          }
        >
          {panel}
        </Popover>
      }
    />
  );
}
