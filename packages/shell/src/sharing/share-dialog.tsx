import './share.css';
import { useStatus, useView } from '@concord/react';
import { Button, Dialog, Skeleton } from '@concord/ui';
import { useShell } from '../shell.tsx';
import { words as shellWords } from '../words.ts';
import { CopyField } from './copy-field.tsx';
import { linkTo, loadGrant } from './grant.ts';
import { Links } from './links.tsx';
import { People } from './people.tsx';
import { useAccess } from './use-access.ts';
import { words } from './words.ts';

/** Who may do what with the document: its address, links with a role, and people. */
export default function ShareDialog() {
  const { session, address, as, closePanel } = useShell();
  const title = useView(session, (view) => view.title) || shellWords.untitled;
  const role = useStatus(session, (status) => status.role);
  const { state, read, run } = useAccess(`${address.kind}/${address.id}`);
  const grant = loadGrant(address, as);
  // An open relay takes everybody for an owner who asks without a link; who came by one is what the link makes them.
  const isOwner = state.kind === 'owner' && role === 'owner';
  const isOpen = state.kind === 'owner' && state.access.open;
  return (
    <Dialog open title={words.title(title)} onOpenChange={closePanel}>
      <div className="cc-share">
        {grant === null || isOwner ? (
          <section>
            <h3>{words.addressTitle}</h3>
            <p>{isOpen ? words.addressOpen : isOwner ? words.addressAccounts : words.addressMember}</p>
            <CopyField label={words.addressTitle} value={linkTo(address, null)} action={words.copyAddress} />
            {isOpen ? <p className="cc-share__note">{words.addressOpenWhy}</p> : null}
          </section>
        ) : (
          <section>
            <p>{words.ownLinkHint}</p>
            <CopyField label={words.copyOwnLink} value={linkTo(address, grant)} action={words.copyOwnLink} />
          </section>
        )}
        {state.kind === 'loading' ? (
          <div aria-busy="true">
            <p className="cc-hidden">{words.loading}</p>
            <Skeleton lines={3} />
          </div>
        ) : state.kind === 'failed' ? (
          <section>
            <p role="alert">{state.message}</p>
            <div>
              <Button onClick={() => void read()}>{words.tryAgain}</Button>
            </div>
          </section>
        ) : isOwner ? (
          <>
            <Links links={state.access.links} run={run} linkTo={(token) => linkTo(address, token)} />
            {isOpen ? null : <People people={state.access.people} run={run} />}
          </>
        ) : (
          <p className="cc-share__note">
            {state.kind === 'refused' && state.why === 'signed-out' ? words.signedOut : words.notOwner}
          </p>
        )}
      </div>
    </Dialog>
  );
}
