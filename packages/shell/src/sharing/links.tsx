import { Button, formatLocale, Select, toast } from '@concord/ui';
import { Link2, Link2Off } from 'lucide-react';
import { useState } from 'react';
import type { Role, ShareLink } from './access.ts';
import { CopyField } from './copy-field.tsx';
import { messageOf, type RunAccess } from './use-access.ts';
import { words } from './words.ts';

const ROLES: readonly Role[] = ['viewer', 'commenter', 'editor'];
const HOUR = 3_600_000;
const LASTS = {
  never: null,
  hour: HOUR,
  day: 24 * HOUR,
  week: 7 * 24 * HOUR,
  month: 30 * 24 * HOUR,
} as const;
type Lasts = keyof typeof LASTS;

type LinksProps = {
  links: readonly ShareLink[];
  run: RunAccess;
  linkTo: (token: string) => string;
};

/** Links that let in with a role: makes them, lists them, takes them back. */
export function Links({ links, run, linkTo }: LinksProps) {
  const [role, setRole] = useState<Role>('viewer');
  const [lasts, setLasts] = useState<Lasts>('never');
  const [made, setMade] = useState<{ id: string; url: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const make = async (): Promise<void> => {
    const span = LASTS[lasts];
    setBusy(true);
    try {
      const { id, token } = await run((list) => list.addLink(role, span === null ? null : Date.now() + span));
      setMade({ id, url: linkTo(token) });
    } catch (error) {
      toast({ key: 'share', title: messageOf(error), tone: 'danger' });
    }
    setBusy(false);
  };
  const revoke = async (id: string): Promise<void> => {
    try {
      await run((list) => list.removeLink(id));
      setMade((last) => (last?.id === id ? null : last));
      toast({ key: 'share', title: words.revoked });
    } catch (error) {
      toast({ key: 'share', title: messageOf(error), tone: 'danger' });
    }
  };
  return (
    <section>
      <h3>{words.linksTitle}</h3>
      <div className="cc-share__form">
        <Select
          label={words.linkRole}
          value={role}
          options={ROLES.map((value) => ({ value, label: words.linkMay[value] }))}
          onChange={setRole}
        />
        <Select
          label={words.linkExpires}
          value={lasts}
          options={(Object.keys(LASTS) as Lasts[]).map((value) => ({ value, label: words.lasts[value] }))}
          onChange={setLasts}
        />
        <Button variant="primary" icon={<Link2 />} disabled={busy} onClick={() => void make()}>
          {words.makeLink}
        </Button>
      </div>
      {made ? (
        <div className="cc-share__made" role="status">
          <CopyField label={words.newLink} value={made.url} action={words.copyLink} />
          <p className="cc-share__note">{words.newLinkHint}</p>
        </div>
      ) : null}
      {links.length === 0 ? (
        <p className="cc-share__note">{words.noLinks}</p>
      ) : (
        <ul className="cc-share__list" aria-label={words.linksTitle}>
          {links.map(({ id, role: held, expires }) => (
            <li key={id}>
              <span className="cc-share__what">
                {words.roles[held]}
                <small>
                  {endOf(expires)} · <bdi>{id.slice(0, 6)}</bdi>
                </small>
              </span>
              <Button
                size="small"
                icon={<Link2Off />}
                aria-label={words.revokeLink(words.linkMay[held], id.slice(0, 6))}
                onClick={() => void revoke(id)}
              >
                {words.revoke}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function endOf(expires: number | null): string {
  if (expires === null) return words.neverEnds;
  const time = new Intl.DateTimeFormat(formatLocale(), { dateStyle: 'medium', timeStyle: 'short' }).format(
    expires,
  );
  return expires > Date.now() ? words.endsAt(time) : words.ended(time);
}
