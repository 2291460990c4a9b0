import { DOCUMENT_KINDS, type DocumentKind, KIND_NAMES } from '@concord/shell/local';
import { Button, EmptyState, lazyView, SegmentedControl, TextField } from '@concord/ui';
import { Clock, Search, Star, Trash2 } from 'lucide-react';
import { Suspense, useState } from 'react';
import { words } from '../words.ts';
import type { Asked } from './ask.tsx';
import { Row } from './row.tsx';
import { type Documents, type Shelf, shown } from './use-documents.ts';

type Shown = DocumentKind | 'all';

const Ask = lazyView(() => import('./ask.tsx'));
const SHELVES: readonly Shelf[] = ['recent', 'starred', 'trash'];
const EMPTY_ICON = { recent: <Clock />, starred: <Star />, trash: <Trash2 /> };

const kindOptions = () => [
  { value: 'all' as Shown, label: words.all },
  ...DOCUMENT_KINDS.map((kind) => ({ value: kind as Shown, label: KIND_NAMES[kind].app })),
];

/** The documents of this browser by shelf, kind and title. */
export function DocumentList({ documents }: { documents: Documents }) {
  const [shelf, setShelf] = useState<Shelf>('recent');
  const [kind, setKind] = useState<Shown>('all');
  const [query, setQuery] = useState('');
  const [asked, setAsked] = useState<Asked | null>(null);
  const found = shown(documents.all, { shelf, kind, query });
  const isFiltered = kind !== 'all' || query.trim() !== '';
  return (
    <section className="documents" aria-labelledby="documents">
      <div className="documents__head">
        <h2 id="documents" className="home__heading">
          {words.documents}
        </h2>
        {documents.all.length > 0 ? (
          <>
            <SegmentedControl
              label={words.shelf}
              value={shelf}
              options={SHELVES.map((value) => ({ value, label: words.shelves[value] }))}
              onChange={setShelf}
            />
            <SegmentedControl
              label={words.showKinds}
              value={kind}
              options={kindOptions()}
              onChange={setKind}
            />
            <TextField
              label={words.search}
              hideLabel
              placeholder={words.search}
              type="search"
              icon={<Search aria-hidden="true" />}
              value={query}
              onChange={(event) => setQuery(event.currentTarget.value)}
            />
          </>
        ) : null}
      </div>
      {shelf === 'trash' && found.length > 0 ? (
        <p className="documents__note">
          {words.trashNote}
          <Button
            size="small"
            variant="ghost"
            onClick={() => setAsked({ what: 'empty-trash', documents: found })}
          >
            {words.emptyTrash}
          </Button>
        </p>
      ) : null}
      {found.length > 0 ? (
        <ul className="documents__list">
          {found.map((each) => (
            <Row key={`${each.kind}/${each.id}`} document={each} documents={documents} ask={setAsked} />
          ))}
        </ul>
      ) : (
        <div className="documents__empty">
          {isFiltered ? (
            <EmptyState
              icon={<Search />}
              title={words.noneTitle}
              action={
                <Button
                  onClick={() => {
                    setKind('all');
                    setQuery('');
                  }}
                >
                  {words.showAll}
                </Button>
              }
            >
              {words.noneBody}
            </EmptyState>
          ) : (
            <EmptyState icon={EMPTY_ICON[shelf]} title={words.emptyTitle[shelf]}>
              {words.emptyBody[shelf]}
            </EmptyState>
          )}
        </div>
      )}
      <Suspense>
        {asked ? <Ask asked={asked} documents={documents} onClose={() => setAsked(null)} /> : null}
      </Suspense>
    </section>
  );
}
