import '@concord/ui/styles.css';
import './shell.css';
import {
  AppFrame,
  Button,
  EmptyState,
  Failure,
  lateWords,
  startLocale,
  startTheme,
  UiProvider,
  VisuallyHidden,
} from '@concord/ui';
import { SearchX } from 'lucide-react';
import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import type { DocumentDefinition, TitledSchema, ViewDefinition } from './definition.ts';
import { Loading } from './loading.tsx';
import {
  type DocumentAddress,
  documentPath,
  KIND_NAMES,
  newDocumentId,
  parseAddress,
} from './local/address.ts';
import { keepOffline } from './offline/keep-offline.ts';
import { openDocument } from './open-document.ts';
import { words } from './words.ts';

const Opening = ({ address }: { address: DocumentAddress }) => (
  <AppFrame kind={address.kind} title="">
    <Loading>
      <VisuallyHidden>{words.loading}</VisuallyHidden>
    </Loading>
  </AppFrame>
);

const NotFound = ({ kind }: { kind: DocumentAddress['kind'] }) => (
  <AppFrame kind={kind} title={KIND_NAMES[kind].app}>
    <EmptyState
      icon={<SearchX />}
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

/**
 * Starts an app in the page's `#root`: reads the address (`/<kind>/<id>`, `?as=Name` for a person of their own), opens
 * the session, and renders `App` in the frame once the local store is loaded and the view has come. The frame is there
 * before. `/<kind>/` makes a new document.
 */
export function mountApp<S extends TitledSchema>(
  document: DocumentDefinition<S>,
  view: Promise<ViewDefinition<S>>,
): void {
  const parts = Promise.all([view, import('./document-page.tsx')]);
  // Told where they are waited for.
  parts.catch(() => undefined);
  startTheme();
  void startLocale().then(() => mount(document, parts));
  keepOffline();
}

function mount<S extends TitledSchema>(
  { kind, schema }: DocumentDefinition<S>,
  parts: Promise<[ViewDefinition<S>, typeof import('./document-page.tsx')]>,
): void {
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
  show(<Opening address={address} />);
  try {
    const opened = openDocument(schema, address);
    Promise.all([parts, opened.session.ready, opened.social.ready])
      .then(async ([[view, { DocumentPage }]]) => {
        await lateWords();
        show(<DocumentPage definition={{ kind, schema, ...view }} opened={opened} />);
      })
      .catch(failed);
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
