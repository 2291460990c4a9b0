import { useStatus } from '@concord/react';
import type { Session } from '@concord/sync';
import { lazyView } from '@concord/ui';
import { Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { Comments } from './comments/comments.ts';
import { CommentsContext } from './comments/use-comments.ts';
import type { AppDefinition, TitledSchema } from './definition.ts';
import { AwaitedContext, isAwaited } from './empty-document.tsx';
import { DocumentFrame } from './frame/document-frame.tsx';
import { Loading } from './loading.tsx';
import { loadPerson } from './local/person.ts';
import { loadRole, saveRole } from './local/roles.ts';
import { ModeContext, modeOf, useLocks } from './mode.tsx';
import type { OpenDocument } from './open-document.ts';
import { loadGrant } from './sharing/grant.ts';
import { type Shell, ShellContext } from './shell.tsx';
import { ShutDocument, useIsShut } from './shut-document.tsx';
import { introduce, signChanges } from './social/social.ts';
import { watchSaved } from './status/saved-at.ts';

const PastView = lazyView(() => import('./history/past-view.tsx'));

/** An open document in its frame. */
export function DocumentPage<S extends TitledSchema>({
  definition,
  opened,
}: {
  definition: AppDefinition<S>;
  opened: OpenDocument<S>;
}) {
  const { session, social, address, as, network } = opened;
  const { App } = definition;
  const [identity, setIdentity] = useState(opened.identity);
  const [panel, setPanel] = useState<Shell['panel']>(null);
  const [past, setPast] = useState<Shell['past']>(null);
  // The frame uses of the schema what every document has.
  const titled = session as unknown as Session<TitledSchema>;
  const status = useStatus(session, ({ role, refusal, remote }) => ({ role, refusal, remote }));
  // Who comes by a link sees nothing to edit before the relay has said that they may.
  const [lastRole] = useState(() => loadRole(address, as) ?? (loadGrant(address, as) ? 'viewer' : null));
  const mode = modeOf(status, lastRole);
  const isShut = useIsShut(titled);
  useLocks(titled, social, mode);
  useEffect(() => saveRole(address, as, status.role), [address, as, status.role]);
  useEffect(() => watchSaved(session), [session]);
  // The same element as long as nothing in it is new: a change in the bar does not render the app again.
  const app = useMemo(
    () => <App session={session} self={identity} mode={mode} />,
    [App, session, identity, mode],
  );
  const signed = useRef(identity);
  signed.current = identity;
  const [person] = useState(() => loadPerson(as));
  const [comments] = useState(
    () =>
      new Comments({
        social,
        person,
        self: () => signed.current,
        open: () => setPanel({ id: 'comments', subject: null }),
      }),
  );
  const shell = useMemo(
    (): Shell => ({
      address,
      as,
      self: identity,
      session: titled,
      social,
      comments,
      network,
      app: definition as unknown as AppDefinition<TitledSchema>,
      mode,
      panel,
      openPanel: (id, subject = '') => setPanel({ id, subject: subject || null }),
      closePanel: () => setPanel(null),
      past,
      lookAt: setPast,
    }),
    [address, as, identity, titled, social, comments, network, definition, mode, panel, past],
  );
  useEffect(() => introduce(social, person), [social, person]);
  useEffect(() => signChanges(titled, social, () => signed.current, person), [titled, social, person]);
  return (
    <ShellContext value={shell}>
      <ModeContext value={mode}>
        <CommentsContext value={comments}>
          <DocumentFrame onIdentity={setIdentity}>
            <AwaitedContext value={isAwaited(status)}>
              {past ? (
                <Suspense fallback={<Loading />}>
                  <PastView look={past} />
                </Suspense>
              ) : isShut ? (
                <ShutDocument />
              ) : (
                app
              )}
            </AwaitedContext>
          </DocumentFrame>
        </CommentsContext>
      </ModeContext>
    </ShellContext>
  );
}
