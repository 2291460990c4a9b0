import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { Avatar, AvatarStack, type Person } from '../components/avatar.tsx';
import { IconButton } from '../components/button.tsx';
import { TextField } from '../components/field.tsx';
import { Menu, type MenuEntry } from '../components/menu.tsx';
import { Popover } from '../components/popover.tsx';
import { Tooltip } from '../components/tooltip.tsx';
import { words } from '../words.ts';

export type PeopleProps = {
  self: Person;
  /** Everyone else who is here. */
  others: readonly Person[];
  onRename?: ((name: string) => void) | undefined;
  /** What can be done about somebody else who is here. */
  menuOf?: ((person: Person) => readonly MenuEntry[]) | undefined;
};

/** Who is here: a list of discs, the reader's own last; it opens a panel with names and the own name to change. */
export function People({ self, others, onRename, menuOf }: PeopleProps) {
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
              {menuOf ? (
                <Menu
                  align="end"
                  items={menuOf(person)}
                  trigger={
                    <IconButton
                      className="cc-people__more"
                      label={words.actionsFor(person.name)}
                      icon={<Ellipsis />}
                      size="small"
                      tooltip={false}
                    />
                  }
                />
              ) : null}
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
      renderPerson={(person) => <PersonHere person={person} menu={menuOf?.(person)} />}
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

function PersonHere({ person, menu }: { person: Person; menu: readonly MenuEntry[] | undefined }) {
  const text = person.away ? `${person.name} · ${words.away}` : person.name;
  if (!menu)
    return (
      <Tooltip label={text}>
        <span>
          <Avatar person={person} />
        </span>
      </Tooltip>
    );
  return (
    <Menu
      align="end"
      items={menu}
      trigger={
        <button type="button" className="cc-self" title={text}>
          <Avatar person={person} />
        </button>
      }
    />
  );
}
