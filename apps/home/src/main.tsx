import '@concord/ui/styles.css';
import './home.css';
import { DOCUMENT_KINDS, isDocumentKind } from '@concord/shell/local';
import { keepOffline } from '@concord/shell/offline';
import { startLocale, startTheme, UiProvider } from '@concord/ui';
import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { HomePage } from './home-page.tsx';
import { NotFoundPage } from './not-found-page.tsx';
import { TryPage } from './try-page.tsx';

function page(path: string): ReactNode {
  const [first, kind, ...rest] = path.split('/').filter(Boolean);
  if (first === undefined) return <HomePage />;
  if (first === 'try' && isDocumentKind(kind) && rest.length === 0) return <TryPage kind={kind} />;
  return <NotFoundPage />;
}

const host = document.getElementById('root');
if (!host) throw new Error('The page has no element with the id "root".');
startTheme();
// Not awaited here: the words of a language may stand in a file that waits for this one.
void startLocale().then(() => createRoot(host).render(<UiProvider>{page(location.pathname)}</UiProvider>));
keepOffline(DOCUMENT_KINDS.map((kind) => `/${kind}/`));
