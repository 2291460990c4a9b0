import { useStatus } from '@concord/react';
import type { Session } from '@concord/sync';
import { Button, EmptyState } from '@concord/ui';
import { Lock } from 'lucide-react';
import type { TitledSchema } from './definition.ts';
import { forgetGrant, loadGrant } from './sharing/grant.ts';
import { useShell } from './shell.tsx';
import { words } from './words.ts';

/** Whether the document is closed to this person, and nothing of it is on this device either. */
export const useIsShut = (session: Session<TitledSchema>): boolean =>
  useStatus(session, ({ refusal }) => refusal === 'forbidden') && session.doc.version.size === 0;

/** Back to one's own rights, if a link gave fewer. Null: no link was used. */
export function OpenWithoutLink() {
  const { address, as } = useShell();
  if (loadGrant(address, as) === null) return null;
  const open = (): void => {
    forgetGrant(address, as);
    location.reload();
  };
  return (
    <Button size="small" onClick={open}>
      {words.openWithoutLink}
    </Button>
  );
}

/** What stands in the place of a document that is closed to this person. */
export const ShutDocument = () => (
  <EmptyState
    icon={<Lock />}
    title={words.problemNotAllowed}
    action={
      <>
        <Button asChild variant="primary">
          <a href="/">{words.toHome}</a>
        </Button>
        <OpenWithoutLink />
      </>
    }
  >
    {words.askForAccess}
  </EmptyState>
);
