import { Avatar, Badge, Button } from '@concord/ui';
import { Ago } from '../comments/ago.tsx';
import type { Subject } from '../comments/subject.ts';
import type { Identity } from '../local/identity.ts';
import type { Entry } from './entries.ts';
import { words } from './words.ts';

type EntryCardProps = {
  entry: Entry;
  self: Identity;
  other: Identity | null;
  /** Whether this user may decide it anew. */
  mayEdit: boolean;
  onShow: ((subject: Subject) => void) | null;
  onTake: () => void;
  onDismiss: () => void;
};

/** One conflict: what each made of it, which of them stands, and the way to the other. */
export function EntryCard({ entry, self, other, mayEdit, onShow, onTake, onDismiss }: EntryCardProps) {
  const { thing, what, mine, theirs, holds, take, subject, at, by } = entry;
  const name = other?.name || words.someone;
  const colour = other?.colour ?? 9;
  const side = (who: 'mine' | 'theirs') => (
    <li className="cc-conflict__side">
      <Avatar size="small" person={who === 'mine' ? { id: 'self', ...self } : { id: by, name, colour }} />
      <span className="cc-conflict__words">
        <span className="cc-conflict__who">{who === 'mine' ? words.you : name}</span>{' '}
        <span className={holds === who || holds === 'both' ? undefined : 'cc-conflict__lost'}>
          {who === 'mine' ? mine : theirs}
        </span>
      </span>
      {holds === who ? <Badge tone="success">{words.holds}</Badge> : null}
    </li>
  );
  return (
    <li className="cc-conflict">
      <p className="cc-conflict__head">
        <strong>{thing}</strong> <span className="cc-conflict__what">{what}</span>
        <span className="cc-conflict__when">
          <Ago at={at} />
        </span>
      </p>
      <ul className="cc-conflict__sides">
        {side('mine')}
        {side('theirs')}
      </ul>
      {holds === 'both' ? <p className="cc-conflict__what">{words.bothKept}</p> : null}
      <div className="cc-conflict__actions">
        {take && mayEdit ? (
          <Button size="small" variant="primary" onClick={onTake}>
            {take.label ?? (holds === 'theirs' ? words.takeMine : words.takeTheirs(name))}
          </Button>
        ) : null}
        {subject && onShow ? (
          <Button size="small" onClick={() => onShow(subject)}>
            {words.show}
          </Button>
        ) : null}
        <Button size="small" onClick={onDismiss}>
          {words.dismiss}
        </Button>
      </div>
    </li>
  );
}
