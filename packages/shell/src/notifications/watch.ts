import { toast } from '@concord/ui';
import type { Shell } from '../shell.tsx';
import { Feed } from './feed.ts';
import { sentence } from './sentence.ts';
import { show } from './show.ts';
import { words } from './words.ts';

/** Between two toasts, in milliseconds: what comes meanwhile is counted in the next one. */
const QUIET = 5000;

/** Keeps the feed of a document, and says what comes in while it is open. */
export function watch(shell: () => Shell): { readonly feed: Feed; readonly close: () => void } {
  const feed = new Feed(shell);
  let known = feed.unread();
  let waiting = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const say = (): void => {
    timer = undefined;
    const { panel, past } = shell();
    // Not over a past version: it is said when one is back.
    if (past !== null) {
      timer = setTimeout(say, QUIET);
      return;
    }
    const unread = feed.unread();
    const news = feed.notices().filter(({ id }) => waiting.has(id) && unread.has(id));
    waiting = new Set();
    const [first] = news;
    if (!first || panel?.id === 'notifications') return;
    timer = setTimeout(say, QUIET);
    const one = news.length === 1;
    toast({
      key: 'notice',
      polite: true,
      title: one ? sentence(first) : words.news(news.length),
      ...(one && first.text !== '' && { description: first.text.slice(0, 140) }),
      action: {
        label: words.show,
        onSelect: () => (one ? show(shell(), first) : shell().openPanel('notifications')),
      },
    });
  };
  const stop = feed.subscribe(() => {
    const unread = feed.unread();
    for (const id of unread) if (!known.has(id)) waiting.add(id);
    known = unread;
    if (waiting.size > 0 && timer === undefined) timer = setTimeout(say);
  });
  return {
    feed,
    close: () => {
      stop();
      clearTimeout(timer);
      feed.close();
    },
  };
}
