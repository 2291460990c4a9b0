import { EditOnly } from '@concord/shell';
import { Button, Dialog, EmptyState } from '@concord/ui';
import { ArchiveRestore, Trash2 } from 'lucide-react';
import { restoreTask } from '../model.ts';
import { useViewState } from '../store.ts';
import { usePlanner } from './planner.tsx';

/** Deleted tasks, with the way back. */
export function TrashPanel() {
  const { plan, edit } = usePlanner();
  const open = useViewState((state) => state.panel === 'trash');
  const openPanel = useViewState((state) => state.openPanel);
  return (
    <Dialog
      title="Trash"
      description="Deleted tasks keep what was written in them, and their links come back with them."
      open={open}
      onOpenChange={(next) => openPanel(next ? 'trash' : null)}
    >
      {plan.trash.length === 0 ? (
        <EmptyState icon={<Trash2 />} title="Nothing was deleted" />
      ) : (
        <ul className="cc-gantt-list" aria-label="Deleted tasks">
          {plan.trash.map(({ key, name, links }) => (
            <li key={key}>
              <span className="cc-gantt-list__words cc-gantt-list__words--gone">
                {name || 'Untitled task'}
                {links > 0 ? (
                  <span className="cc-gantt-note">
                    {links} {links === 1 ? 'link waits' : 'links wait'} with it
                  </span>
                ) : null}
              </span>
              <EditOnly>
                <Button
                  size="small"
                  icon={<ArchiveRestore />}
                  aria-label={`Restore ${name || 'Untitled task'}`}
                  onClick={() => edit('Restore task', (root) => restoreTask(root, key))}
                >
                  Restore
                </Button>
              </EditOnly>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}
