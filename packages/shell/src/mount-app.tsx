import '@concord/ui/styles.css';
import './shell.css';
import {
  fallbackTransport,
  indexedDbStore,
  type NetworkCondition,
  type NetworkName,
  openSession,
  type Session,
  simulatedNetwork,
  sseTransport,
  webSocketTransport,
} from '@concord/sync';
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
import { type ReactNode, useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';
import type { AppDefinition, TitledSchema } from './definition.ts';
import { DocumentFrame } from './frame/document-frame.tsx';
import {
  type DocumentAddress,
  documentPath,
  KIND_NAMES,
  newDocumentId,
  parseAddress,
} from './local/address.ts';
import { type Identity, identityNamespace, loadIdentity } from './local/identity.ts';
import { keepOffline } from './offline/keep-offline.ts';
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
};

function open<S extends TitledSchema>(schema: S, address: DocumentAddress): OpenDocument<S> {
  const as = new URLSearchParams(location.search).get('as')?.trim().slice(0, 40) || null;
  const identity = loadIdentity(as);
  const network = simulatedNetwork(
    fallbackTransport([
      webSocketTransport(new URL('/ws', location.href.replace(/^http/, 'ws')).href),
      // Where a proxy blocks WebSockets.
      sseTransport(new URL('/sse', location.href).href),
    ]),
  );
  const session = openSession({
    schema,
    room: `${address.kind}/${address.id}`,
    store: indexedDbStore({ name: `concord${identityNamespace(as)}` }),
    transport: network.transport,
    identity,
  });
  window.concord = {
    stateHash: () => session.doc.stateHash(),
    version: () => Object.fromEntries(session.doc.version),
    ready: session.ready,
    network: network.set,
  };
  return { address, as, identity, session };
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
  App,
  opened,
}: Pick<AppDefinition<S>, 'App'> & { opened: OpenDocument<S> }) {
  const { session, address, as } = opened;
  const [identity, setIdentity] = useState(opened.identity);
  // The same element as long as the identity is the same: a change in the bar does not render the app again.
  const app = useMemo(() => <App session={session} self={identity} />, [App, session, identity]);
  return (
    <DocumentFrame
      session={session as unknown as Session<TitledSchema>}
      address={address}
      as={as}
      identity={identity}
      onIdentity={setIdentity}
    >
      {app}
    </DocumentFrame>
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

function mount<S extends TitledSchema>({ kind, schema, App }: AppDefinition<S>): void {
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
    opened.session.ready.then(() => show(<DocumentPage App={App} opened={opened} />), failed);
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
