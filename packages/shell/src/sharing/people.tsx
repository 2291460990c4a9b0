import { sameFaces, usePeople } from '@concord/react';
import { Button, IconButton, Select, TextField, toast } from '@concord/ui';
import { UserPlus, X } from 'lucide-react';
import { useState } from 'react';
import { useShell } from '../shell.tsx';
import { type Access, ROLES, type Role } from './access.ts';
import { messageOf, type RunAccess } from './use-access.ts';
import { words } from './words.ts';

const OPTIONS = (): readonly { value: Role; label: string }[] =>
  ROLES.map((value) => ({ value, label: words.roles[value] }));

/** People by their account, with what they may do. */
export function People({ people, run }: { people: Access['people']; run: RunAccess }) {
  const { session } = useShell();
  const here = usePeople(session, sameFaces);
  const [user, setUser] = useState('');
  const [role, setRole] = useState<Role>('editor');
  const attempt = async (act: Parameters<RunAccess>[0]): Promise<boolean> => {
    try {
      await run(act);
      return true;
    } catch (error) {
      toast({ key: 'share', title: messageOf(error), tone: 'danger' });
      return false;
    }
  };
  /** What somebody who is here just now calls themselves. */
  const nameOf = (account: string): string | undefined => here.find((peer) => peer.user === account)?.name;
  return (
    <section>
      <h3>{words.peopleTitle}</h3>
      <ul className="cc-share__list" aria-label={words.peopleTitle}>
        {Object.entries(people).map(([account, held]) => (
          <li key={account}>
            <span className="cc-share__what">
              <bdi>{account}</bdi>
              {nameOf(account) ? <small>{nameOf(account)}</small> : null}
            </span>
            <Select
              label={words.roleOf(account)}
              hideLabel
              size="small"
              value={held}
              options={OPTIONS()}
              onChange={(next) => void attempt((list) => list.setPerson(account, next))}
            />
            <IconButton
              label={words.remove(account)}
              icon={<X />}
              size="small"
              onClick={() => void attempt((list) => list.removePerson(account))}
            />
          </li>
        ))}
      </ul>
      <form
        className="cc-share__form"
        onSubmit={(event) => {
          event.preventDefault();
          const name = user.trim();
          if (name === '') return;
          void attempt((list) => list.setPerson(name, role)).then((done) => done && setUser(''));
        }}
      >
        <TextField
          label={words.person}
          hint={words.personHint}
          value={user}
          maxLength={128}
          autoComplete="off"
          onChange={(event) => setUser(event.currentTarget.value)}
        />
        <Select label={words.role} value={role} options={OPTIONS()} onChange={setRole} />
        <Button type="submit" icon={<UserPlus />} disabled={user.trim() === ''}>
          {words.add}
        </Button>
      </form>
    </section>
  );
}
