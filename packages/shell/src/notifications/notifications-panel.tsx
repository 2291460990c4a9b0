import { Avatar, EmptyState, SidePanel } from '@concord/ui';
import { Bell } from 'lucide-react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { Ago } from '../comments/ago.tsx';
import { useShell } from '../shell.tsx';
import type { Feed } from './feed.ts';
import type { Notice } from './notices.ts';
import { sentence } from './sentence.ts';
import { show } from './show.ts';
import { useFeed } from './unread.ts';
import { words } from './words.ts';
import './notifications.css';

/** More than these nobody reads; the comments themselves are in their own panel. */
const MOST = 100;

/** What others did that this user should hear of, the newest first. */
export default function NotificationsPanel() {
  const { closePanel } = useShell();
  const feed = useFeed();
  return (
    <SidePanel title={words.title} onClose={closePanel}>
      {feed ? <List feed={feed} /> : null}
    </SidePanel>
  );
}

function List({ feed }: { feed: Feed }) {
  const notices = useSyncExternalStore(feed.subscribe, feed.notices);
  const unread = useSyncExternalStore(feed.subscribe, feed.unread);
  // What was new when it came into view stays marked as new as long as one looks.
  const [fresh, setFresh] = useState(unread);
  useEffect(() => {
    if (unread.size === 0) return;
    setFresh((before) => new Set([...before, ...unread]));
    feed.markRead();
  }, [feed, unread]);

  if (notices.length === 0)
    return (
      <EmptyState icon={<Bell />} title={words.none}>
        {words.noneHint}
      </EmptyState>
    );
  return (
    <ul className="cc-notices" aria-label={words.title}>
      {notices.slice(0, MOST).map((notice) => (
        <li key={notice.id}>
          <Line notice={notice} fresh={fresh.has(notice.id)} />
        </li>
      ))}
    </ul>
  );
}

function Line({ notice, fresh }: { notice: Notice; fresh: boolean }) {
  const shell = useShell();
  const { by, at, text } = notice;
  return (
    <button
      type="button"
      className="cc-notice"
      data-fresh={fresh ? '' : undefined}
      onClick={() => show(shell, notice)}
    >
      <span aria-hidden="true">
        <Avatar
          person={{ id: notice.id, name: by?.name ?? words.someone, colour: by?.colour ?? 9 }}
          size="small"
        />
      </span>
      <span className="cc-notice__words">
        <span className="cc-notice__what">
          {fresh ? <span className="cc-notice__new">{words.fresh}</span> : null}
          {sentence(notice)}
        </span>
        {text !== '' ? (
          <span className="cc-notice__text" dir="auto">
            {text}
          </span>
        ) : null}
        <span className="cc-notice__when">
          <Ago at={at} />
        </span>
      </span>
    </button>
  );
}
