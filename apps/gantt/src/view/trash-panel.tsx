import { EditOnly } from '@concord/shell';
import { Button, Dialog, EmptyState } from '@concord/ui';
import { ArchiveRestore, Trash2 } from 'lucide-react';
import { restoreTask } from '../model.ts';
import { useViewState } from '../store.ts';
import { words } from '../words.ts';
import { usePlanner } from './planner.tsx';

/** Deleted tasks, with the way back. */
export function TrashPanel() {
  const { plan, edit } = usePlanner();
  const open = useViewState((state) => state.panel === 'trash');
  const openPanel = useViewState((state) => state.openPanel);
  return (
    <Dialog
      title={words.trash}
      description={words.trashHint}
      open={open}
      onOpenChange={(next) => openPanel(next ? 'trash' : null)}
    >
      {plan.trash.length === 0 ? (
        <EmptyState icon={<Trash2 />} title={words.trashEmpty} />
      ) : (
        <ul className="cc-gantt-list" aria-label={words.deletedTasks}>
          {plan.trash.map(({ key, name, links }) => (
            <li key={key}>
              <span className="cc-gantt-list__words cc-gantt-list__words--gone">
                {name || words.untitledTask}
                {links > 0 ? <span className="cc-gantt-note">{words.linksWait(links)}</span> : null}
              </span>
              <EditOnly>
                <Button
                  size="small"
                  icon={<ArchiveRestore />}
                  aria-label={words.restoreNamed(name || words.untitledTask)}
                  onClick={() => edit(words.restoreTask, (root) => restoreTask(root, key))}
                >
                  {words.restore}
                </Button>
              </EditOnly>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}
