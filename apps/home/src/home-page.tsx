import { AppFrame } from '@concord/ui';
import { DocumentList } from './documents/document-list.tsx';
import { useDocuments } from './documents/use-documents.ts';
import { ImportFiles } from './import/import-files.tsx';
import { NewDocuments } from './new-documents.tsx';
import { OpenForm } from './open-form.tsx';
import { words } from './words.ts';

/** Create, bring in, open, and find again. */
export function HomePage() {
  const documents = useDocuments();
  return (
    <AppFrame kind="home" title={words.title}>
      <ImportFiles>
        {(pick) => (
          <div className="home">
            <NewDocuments />
            <div className="home__ways">
              <OpenForm />
              {pick}
            </div>
            <DocumentList documents={documents} />
          </div>
        )}
      </ImportFiles>
    </AppFrame>
  );
}
