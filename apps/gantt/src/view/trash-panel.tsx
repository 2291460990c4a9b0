import { stepOn, useMayEdit } from '@concord/shell';
import { TrashDrawer } from '@concord/ui/trash';
import { Trash2 } from 'lucide-react';
import { restoreTask } from '../model.ts';
import { useViewState } from '../store.ts';
import { words } from '../words.ts';
import { usePlanner } from './planner.tsx';

/** Deleted tasks, with the way back. */
export function TrashPanel() {
  const open = useViewState((state) => state.panel === 'trash');
  return open ? <Panel /> : null;
}

function Panel() {
  const { plan, edit } = usePlanner();
  const openPanel = useViewState((state) => state.openPanel);
  const items = plan.trash.map(({ key, name, links }) => ({
    id: key,
    name: name || words.untitledTask,
    note: links > 0 ? words.linksWait(links) : null,
    restoreLabel: words.restoreNamed(name || words.untitledTask),
    onRestore: () =>
      edit(stepOn(words.restoreTask, name || words.untitledTask), (root) => restoreTask(root, key)),
  }));
  return (
    <TrashDrawer
      title={words.trash}
      description={words.trashHint}
      icon={<Trash2 />}
      emptyTitle={words.trashEmpty}
      emptyHint={words.trashEmptyHint}
      parts={[{ label: words.deletedTasks, restore: words.restore, items }]}
      mayRestore={useMayEdit()}
      onClose={() => openPanel(null)}
    />
  );
}
