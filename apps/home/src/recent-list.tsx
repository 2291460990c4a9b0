import {
  DOCUMENT_KINDS,
  type DocumentKind,
  documentPath,
  forgetRecent,
  KIND_NAMES,
  listRecents,
  type Recent,
  rememberRecent,
  watchRecents,
} from '@concord/shell/local';
import {
  Button,
  EmptyState,
  formatLocale,
  IconButton,
  LogoMark,
  Menu,
  type MenuEntry,
  SegmentedControl,
  TextField,
  toast,
} from '@concord/ui';
import { Clock, Ellipsis, ExternalLink, Link2, Search, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { relativeTime } from './relative-time.ts';
import { words } from './words.ts';

type Shown = DocumentKind | 'all';

const kindOptions = () => [
  { value: 'all' as Shown, label: words.all },
  ...DOCUMENT_KINDS.map((kind) => ({ value: kind as Shown, label: KIND_NAMES[kind].app })),
];

/** The documents that were opened in this browser: filtered by kind and title, the latest first. */
export function RecentList() {
  const [recents, setRecents] = useState(listRecents);
  const [kind, setKind] = useState<Shown>('all');
  const [query, setQuery] = useState('');
  const reload = (): void => setRecents(listRecents());
  useEffect(() => watchRecents(() => setRecents(listRecents())), []);
  // A page that comes back from the browser's cache has not seen what happened meanwhile.
  useEffect(() => {
    const onShow = (): void => setRecents(listRecents());
    window.addEventListener('pageshow', onShow);
    return () => window.removeEventListener('pageshow', onShow);
  }, []);

  const needle = query.trim().toLocaleLowerCase();
  const found = recents.filter(
    (each) =>
      (kind === 'all' || each.kind === kind) &&
      (each.title || words.untitled).toLocaleLowerCase().includes(needle),
  );
  return (
    <section className="recents" aria-labelledby="recents">
      <div className="recents__head">
        <h2 id="recents" className="home__heading">
          {words.recents}
        </h2>
        {recents.length > 0 ? (
          <>
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
      {found.length > 0 ? (
        <ul className="recents__list">
          {found.map((each) => (
            <Row key={`${each.kind}/${each.id}`} recent={each} onChange={reload} />
          ))}
        </ul>
      ) : (
        <div className="recents__empty">
          {recents.length === 0 ? (
            <EmptyState icon={<Clock />} title={words.emptyTitle}>
              {words.emptyBody}
            </EmptyState>
          ) : (
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
          )}
        </div>
      )}
    </section>
  );
}

function Row({ recent, onChange }: { recent: Recent; onChange: () => void }) {
  const title = recent.title || words.untitled;
  const path = documentPath(recent);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(new URL(path, location.href).href);
      toast({ title: words.linkCopied });
    } catch {
      toast({ title: words.linkFailed });
    }
  };
  const forget = (): void => {
    forgetRecent(recent);
    onChange();
    const restore = (): void => {
      rememberRecent(recent);
      onChange();
    };
    toast({ title: words.forgotten(title), action: { label: words.undo, onSelect: restore } });
  };
  const items: readonly MenuEntry[] = [
    {
      label: words.openNew,
      icon: <ExternalLink />,
      onSelect: () => void window.open(path, '_blank', 'noopener'),
    },
    { label: words.copyLink, icon: <Link2 />, onSelect: () => void copy() },
    { type: 'separator' },
    { label: words.forget, icon: <X />, onSelect: forget },
  ];
  return (
    <li className="recent">
      <LogoMark kind={recent.kind} size={24} />
      <a className="recent__title" href={path}>
        {title}
      </a>
      <span className="recent__kind">{KIND_NAMES[recent.kind].app}</span>
      <time className="recent__time" dateTime={new Date(recent.opened).toISOString()}>
        {relativeTime(recent.opened, Date.now(), formatLocale())}
      </time>
      <Menu
        align="end"
        items={items}
        trigger={
          <IconButton label={words.actionsOf(title)} icon={<Ellipsis />} size="small" tooltip={false} />
        }
      />
    </li>
  );
}
