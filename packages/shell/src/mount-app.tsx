import '@concord/ui/styles.css';
import './shell.css';
import { useStatus } from '@concord/react';
import type { NetworkCondition, NetworkName, Session, SimulatedNetwork } from '@concord/sync';
import {
  AppFrame,
  Button,
  EmptyState,
  Failure,
  Skeleton,
  startLocale,
  startTheme,
  UiProvider,
  VisuallyHidden,
} from '@concord/ui';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { Comments } from './comments/comments.ts';
import { CommentsContext } from './comments/use-comments.ts';
import type { AppDefinition, TitledSchema } from './definition.ts';
import { DocumentFrame } from './frame/document-frame.tsx';
import {
  type DocumentAddress,
  documentPath,
  KIND_NAMES,
  newDocumentId,
  parseAddress,
} from './local/address.ts';
import { type Identity, loadIdentity } from './local/identity.ts';
import { loadPerson } from './local/person.ts';
import { loadRole, saveRole } from './local/roles.ts';
import { ModeContext, modeOf, useLocks } from './mode.tsx';
import { keepOffline } from './offline/keep-offline.ts';
import { openNetwork, openRoom } from './open-session.ts';
import { loadGrant, takeGrant } from './sharing/grant.ts';
import { type Shell, ShellContext } from './shell.tsx';
import { type SocialSchema, socialSchema } from './social/schema.ts';
import { signChanges } from './social/social.ts';
import { watchSaved } from './status/saved-at.ts';
import { words } from './words.ts';

declare global {
  interface Window {
    /** For tests and the curious: what this page holds. */
    concord?: {
      stateHash(): string;
      version(): Record<string, number>;
      /** Resolves once the local store is loaded. */
      readonly ready: Promise<void>;
      /** Makes the network slow, lossy, cut or good again, for this page only. */
      network(condition: NetworkName | NetworkCondition): void;
    };
  }
}

type OpenDocument<S extends TitledSchema> = {
  readonly address: DocumentAddress;
  readonly as: string | null;
  readonly identity: Identity;
  readonly session: Session<S>;
  readonly social: Session<SocialSchema>;
  readonly network: SimulatedNetwork;
};

function open<S extends TitledSchema>(schema: S, address: DocumentAddress): OpenDocument<S> {
  const as = new URLSearchParams(location.search).get('as')?.trim().slice(0, 40) || null;
  const identity = loadIdentity(as);
  const network = openNetwork();
  const room = `${address.kind}/${address.id}`;
  const way = { as, identity, network, grant: takeGrant(address, as) };
  const session = openRoom(schema, { ...way, room });
  const social = openRoom(socialSchema, { ...way, room: `${room}#comments` });
  window.concord = {
    stateHash: () => session.doc.stateHash(),
    version: () => Object.fromEntries(session.doc.version),
    ready: session.ready,
    network: network.set,
  };
  return { address, as, identity, session, social, network };
}

const Loading = ({ address }: { address: DocumentAddress }) => (
  <AppFrame kind={address.kind} title="">
    <div className="cc-loading" aria-busy="true">
      <VisuallyHidden>{words.loading}</VisuallyHidden>
      <Skeleton lines={6} />
    </div>
  </AppFrame>
);

const NotFound = ({ kind }: { kind: DocumentAddress['kind'] }) => (
  <AppFrame kind={kind} title={KIND_NAMES[kind].app}>
    <EmptyState
      title={words.notFoundTitle}
      action={
        <Button asChild variant="primary">
          <a href="/">{words.toHome}</a>
        </Button>
      }
    >
      {words.notFoundBody}
    </EmptyState>
  </AppFrame>
);

function DocumentPage<S extends TitledSchema>({
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
  // The frame uses of the schema what every document has.
  const titled = session as unknown as Session<TitledSchema>;
  const status = useStatus(session);
  // Who comes by a link sees nothing to edit before the relay has said that they may.
  const [lastRole] = useState(() => loadRole(address, as) ?? (loadGrant(address, as) ? 'viewer' : null));
  const mode = modeOf(status, lastRole);
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
  const [comments] = useState(
    () =>
      new Comments({
        social,
        person: loadPerson(as),
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
    }),
    [address, as, identity, titled, social, comments, network, definition, mode, panel],
  );
  useEffect(() => signChanges(titled, social, () => signed.current), [titled, social]);
  return (
    <ShellContext value={shell}>
      <ModeContext value={mode}>
        <CommentsContext value={comments}>
          <DocumentFrame onIdentity={setIdentity}>{app}</DocumentFrame>
        </CommentsContext>
      </ModeContext>
    </ShellContext>
  );
}

/**
 * Starts an app in the page's `#root`: reads the address (`/<kind>/<id>`, `?as=Name` for a person of their own), opens
 * the session, and renders `App` in the frame once the local store is loaded. `/<kind>/` makes a new document.
 */
export function mountApp<S extends TitledSchema>(definition: AppDefinition<S>): void {
  startTheme();
  void startLocale().then(() => mount(definition));
  keepOffline();
}

function mount<S extends TitledSchema>(definition: AppDefinition<S>): void {
  const { kind, schema } = definition;
  const host = document.getElementById('root');
  if (!host) throw new Error('The page has no element with the id "root".');
  if (/^\/[a-z]+\/?$/.test(location.pathname)) {
    location.replace(documentPath({ kind, id: newDocumentId() }) + location.search);
    return;
  }
  const root = createRoot(host);
  const show = (page: ReactNode): void => root.render(<UiProvider>{page}</UiProvider>);
  const address = parseAddress(location.pathname);
  if (address?.kind !== kind) {
    show(<NotFound kind={kind} />);
    return;
  }
  show(<Loading address={address} />);
  try {
    const opened = open(schema, address);
    Promise.all([opened.session.ready, opened.social.ready]).then(
      () => show(<DocumentPage definition={definition} opened={opened} />),
      failed,
    );
  } catch (error) {
    failed(error);
  }

  function failed(error: unknown): void {
    show(
      <AppFrame kind={kind} title={KIND_NAMES[kind].app}>
        <Failure
          error={error}
          title={words.failedTitle}
          body={words.failedBody}
          onRetry={() => location.reload()}
        />
      </AppFrame>,
    );
  }
}
