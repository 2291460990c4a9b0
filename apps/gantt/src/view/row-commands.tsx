import { useMayEdit } from '@concord/shell';
import { announce, type MenuEntry, toast } from '@concord/ui';
import { ArrowDown, ArrowUp, BetweenHorizontalStart, Diamond, PanelRightOpen, Trash2 } from 'lucide-react';
import { useMemo } from 'react';
import { addTask, deleteTask, editTask, moveTask, nameOf, restoreTask } from '../model.ts';
import type { Row } from '../plan.ts';
import { useViewState } from '../store.ts';
import { usePlanner } from './planner.tsx';

/** What can be done to a row, for its menu and for the keys. */
export function useRowCommands() {
  const { plan, today, edit } = usePlanner();
  const mayEdit = useMayEdit();
  return useMemo(() => {
    const { select, edit: startEditing, openDetails } = useViewState.getState();

    const moveBy = (row: Row, by: -1 | 1): void => {
      const before = plan.rows[row.number - 1 + (by < 0 ? -1 : 2)]?.key ?? null;
      const there = row.number + by >= 1 && row.number + by <= plan.rows.length;
      if (!there || !edit('Move task', (root) => moveTask(root, row.key, before))) return;
      announce(`${nameOf(plan, row.key)} is now row ${row.number + by} of ${plan.rows.length}`);
    };

    const remove = (row: Row): void => {
      const { active } = useViewState.getState();
      const next = plan.rows[row.number] ?? plan.rows[row.number - 2];
      if (!edit('Delete task', (root) => deleteTask(root, row.key))) return;
      if (active?.key === row.key) {
        select(next ? { key: next.key, column: active.column } : null, next ? 'table' : undefined);
      }
      toast({
        key: `deleted ${row.key}`,
        title: `Deleted “${nameOf(plan, row.key)}”`,
        action: {
          label: 'Restore',
          onSelect: () => edit('Restore task', (root) => restoreTask(root, row.key)),
        },
      });
    };

    const insert = (before: string | null): void => {
      edit('Add task', (root) => startEditing({ key: addTask(root, before, today), column: 'name' }));
    };

    const detailsOf = (row: Row): MenuEntry => ({
      label: 'Details…',
      icon: <PanelRightOpen />,
      shortcut: 'Mod+Enter',
      onSelect: () => openDetails(row.key),
    });
    const menuOf = (row: Row): MenuEntry[] => [
      detailsOf(row),
      { type: 'separator' },
      {
        label: 'Insert task above',
        icon: <BetweenHorizontalStart />,
        shortcut: 'Insert',
        onSelect: () => insert(row.key),
      },
      { label: 'Insert task below', onSelect: () => insert(plan.rows[row.number]?.key ?? null) },
      {
        label: 'Move up',
        icon: <ArrowUp />,
        shortcut: 'Alt+Up',
        disabled: row.number === 1,
        onSelect: () => moveBy(row, -1),
      },
      {
        label: 'Move down',
        icon: <ArrowDown />,
        shortcut: 'Alt+Down',
        disabled: row.number === plan.rows.length,
        onSelect: () => moveBy(row, 1),
      },
      {
        label: row.milestone ? 'Make it a task' : 'Make it a milestone',
        icon: <Diamond />,
        onSelect: () => {
          edit('Change milestone', (root) => editTask(root, row.key, { milestone: !row.milestone }));
        },
      },
      { type: 'separator' },
      {
        label: 'Delete task',
        icon: <Trash2 />,
        shortcut: 'Delete',
        danger: true,
        onSelect: () => remove(row),
      },
    ];

    return { moveBy, remove, menuOf: mayEdit ? menuOf : (row: Row) => [detailsOf(row)] };
  }, [plan, today, edit, mayEdit]);
}
