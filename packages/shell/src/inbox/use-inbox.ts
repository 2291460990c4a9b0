import { toast } from '@concord/ui';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { loadWhenLive } from '../load-when-live.ts';
import { type Shell, useAuthors, useShell } from '../shell.tsx';
import type { Entry } from './entries.ts';
import type { Inbox, InboxState } from './inbox.ts';
import { wasTold } from './tell-at-once.ts';
import { words } from './words.ts';

const NOTHING: InboxState = { entries: [], waiting: [] };
const open = new WeakMap<Shell['session'], Promise<Inbox>>();

/** The inbox of an open document: one, loaded when it is first asked for. */
function inboxOf({ session, app, address, as }: Shell): Promise<Inbox> {
  const known = open.get(session);
  if (known) return known;
  const made = loadWhenLive(session, () => import('./inbox.ts')).then(
    ({ Inbox }) => new Inbox({ session, app, address, as }),
  );
  open.set(session, made);
  return made;
}

/** The inbox, or null until it is there. */
export function useInbox(): Inbox | null {
  const shell = useShell();
  const { session } = shell;
  const [inbox, setInbox] = useState<Inbox | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rest of the shell stays with its session
  useEffect(() => {
    let isHere = true;
    inboxOf(shell).then(
      (made) => isHere && setInbox(made),
      () => undefined,
    );
    return () => {
      isHere = false;
    };
  }, [session]);
  return inbox;
}

const never = (): (() => void) => () => {};

export function useInboxState(): InboxState {
  const inbox = useInbox();
  return useSyncExternalStore(inbox?.subscribe ?? never, inbox?.get ?? (() => NOTHING));
}

/** How many entries there are. Each look gives other ones: who only counts is not rendered again for that. */
export function useInboxCount(): number {
  const inbox = useInbox();
  return useSyncExternalStore(inbox?.subscribe ?? never, () => {
    const { entries, waiting } = inbox?.get() ?? NOTHING;
    return entries.length + waiting.length;
  });
}

/** Looks for conflicts as long as the document is shown, and says once that there are new ones. */
export function useConflictNotices(): void {
  const inbox = useInbox();
  const { openPanel, panel, past } = useShell();
  const isPast = past !== null;
  const nameOf = useAuthors();
  const dismiss = useRef((): void => {});
  const isOpen = panel?.id === 'inbox';
  useEffect(() => {
    if (!inbox) return;
    const tell = (fresh: readonly Entry[]): void => {
      const entries = fresh.filter(({ once }) => !wasTold(once));
      const [one] = entries;
      // The past is nobody's news; the button says that something waits.
      if (one === undefined || isOpen || isPast) return;
      const name = nameOf(one.by)?.name || words.someone;
      dismiss.current = toast({
        key: 'inbox',
        title: entries.length === 1 ? words.alsoChanged(name, one.thing) : words.merged(entries.length),
        ...(entries.length === 1 && { description: words.became(one) }),
        action: { label: words.look, onSelect: () => openPanel('inbox') },
        duration: 15_000,
      });
    };
    inbox.onNew = tell;
  }, [inbox, openPanel, isOpen, isPast, nameOf]);
  // Who looks needs no notice any more.
  useEffect(() => {
    if (isOpen || isPast) dismiss.current();
  }, [isOpen, isPast]);
  useEffect(() => inbox?.start(), [inbox]);
}
