import { type DocEvent, dagPatches } from '@concord/crdt';
import { tellAtOnce } from '@concord/shell';
import type { Session } from '@concord/sync';
import { announce } from '@concord/ui';
import { useEffect, useRef } from 'react';
import { restoreTask } from '../model.ts';
import type { Plan } from '../plan.ts';
import type { GanttSchema } from '../schema.ts';
import { useViewState } from '../store.ts';
import { words } from '../words.ts';

/** Tells what others did: politely to screen readers, and as a toast where it concerns what this user is doing. */
export function useRemoteNews(session: Session<GanttSchema>, plan: Plan): void {
  const known = useRef(plan);
  known.current = plan;
  useEffect(() => {
    let removed = new Set(session.doc.view.links.removedNodes);
    return session.doc.subscribe((event) => {
      const before = removed;
      removed = new Set(session.doc.view.links.removedNodes);
      if (event.origin !== 'remote') return;
      const who = authorOf(session, event);
      const gone = [...removed].filter((key) => !before.has(key) && known.current.byKey.has(key));
      const edited = tasksOf(event).filter((key) => !removed.has(key));
      const name = (key: string): string =>
        known.current.byKey.get(key)?.name || session.doc.view.tasks[key]?.name || words.anUntitledTask;

      if (gone.length === 1 && gone[0]) announce(words.othersDeleted(who, name(gone[0])));
      else if (gone.length > 1) announce(words.othersDeletedMany(who, gone.length));
      else if (edited.length === 1 && edited[0]) announce(words.othersChanged(who, name(edited[0])));
      else if (edited.length > 1) announce(words.othersChangedMany(who, edited.length));
      else announce(words.othersChangedPlan(who));

      const { active, editing, details } = useViewState.getState();
      const mine = gone.find((key) => key === editing?.key || key === details || key === active?.key);
      if (mine) {
        tellAtOnce(`deleted ${mine}`, {
          title: words.othersDeletedMine(who, name(mine)),
          description: words.keptWithIt,
          action: {
            label: words.restore,
            onSelect: () =>
              session.doc.change((root) => restoreTask(root, mine), { label: words.restoreTask }),
          },
        });
      }
      const fresh = dagPatches(event, 'links').some(
        (patch) => patch.after === 'suspended' && patch.before !== 'suspended',
      );
      if (fresh) announce(words.linkSuspended);
    });
  }, [session]);
}

function authorOf(session: Session<GanttSchema>, event: DocEvent): string {
  const replicas = new Set(event.changes.map((change) => change.replica));
  const names = session.presence
    .peers()
    .filter((peer) => replicas.has(peer.replica))
    .map((peer) => peer.name);
  return names.length === 1 && replicas.size === 1 ? (names[0] ?? words.someone) : words.someone;
}

/** The keys of the tasks whose fields an event changed. */
function tasksOf(event: DocEvent): string[] {
  const keys = new Set<string>();
  for (const path of event.patches.keys()) {
    const [field, key] = path.split('/');
    if (field === 'tasks' && key) keys.add(decodeURIComponent(key));
  }
  return [...keys];
}
