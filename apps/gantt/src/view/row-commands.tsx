import { stepOn, useMayEdit } from '@concord/shell';
import { announce, type MenuEntry, toast } from '@concord/ui';
import { ArrowDown, ArrowUp, BetweenHorizontalStart, Diamond, PanelRightOpen, Trash2 } from 'lucide-react';
import { useMemo } from 'react';
import { addTask, deleteTask, editTask, moveTask, nameOf, restoreTask } from '../model.ts';
import type { Row } from '../plan.ts';
import { useViewState } from '../store.ts';
import { words } from '../words.ts';
import { useLatestPlanner } from './planner.tsx';

/** What can be done to a row, for its menu and for the keys. The same functions as long as the component is there. */
export function useRowCommands() {
  const latest = useLatestPlanner();
  const mayEdit = useMayEdit();
  return useMemo(() => {
    const { select, edit: startEditing, openDetails } = useViewState.getState();

    const moveBy = (row: Row, by: -1 | 1): void => {
      const { plan, edit } = latest.current;
      const before = plan.rows[row.number - 1 + (by < 0 ? -1 : 2)]?.key ?? null;
      const there = row.number + by >= 1 && row.number + by <= plan.rows.length;
      if (
        !there ||
        !edit(stepOn(words.moveTask, nameOf(plan, row.key)), (root) => moveTask(root, row.key, before))
      )
        return;
      announce(words.movedToRow(nameOf(plan, row.key), row.number + by, plan.rows.length));
    };

    const remove = (row: Row): void => {
      const { plan, edit } = latest.current;
      const { active } = useViewState.getState();
      const next = plan.rows[row.number] ?? plan.rows[row.number - 2];
      if (!edit(stepOn(words.deleteTask, nameOf(plan, row.key)), (root) => deleteTask(root, row.key))) return;
      if (active?.key === row.key) {
        select(next ? { key: next.key, column: active.column } : null, next ? 'table' : undefined);
      }
      toast({
        key: `deleted ${row.key}`,
        title: words.deleted(nameOf(plan, row.key)),
        action: {
          label: words.restore,
          onSelect: () =>
            edit(stepOn(words.restoreTask, nameOf(plan, row.key)), (root) => restoreTask(root, row.key)),
        },
      });
    };

    const insert = (before: string | null): void => {
      const { edit, today } = latest.current;
      edit(words.addTask, (root) => startEditing({ key: addTask(root, before, today), column: 'name' }));
    };

    const detailsOf = (row: Row): MenuEntry => ({
      label: words.details,
      icon: <PanelRightOpen />,
      shortcut: 'Mod+Enter',
      onSelect: () => openDetails(row.key),
    });
    const menuOf = (row: Row): MenuEntry[] => [
      detailsOf(row),
      { type: 'separator' },
      {
        label: words.insertAbove,
        icon: <BetweenHorizontalStart />,
        shortcut: 'Insert',
        onSelect: () => insert(row.key),
      },
      { label: words.insertBelow, onSelect: () => insert(latest.current.plan.rows[row.number]?.key ?? null) },
      {
        label: words.moveUp,
        icon: <ArrowUp />,
        shortcut: 'Alt+Up',
        disabled: row.number === 1,
        onSelect: () => moveBy(row, -1),
      },
      {
        label: words.moveDown,
        icon: <ArrowDown />,
        shortcut: 'Alt+Down',
        disabled: row.number === latest.current.plan.rows.length,
        onSelect: () => moveBy(row, 1),
      },
      {
        label: row.milestone ? words.makeTask : words.makeMilestone,
        icon: <Diamond />,
        onSelect: () => {
          const { plan, edit } = latest.current;
          edit(stepOn(words.changeMilestone, nameOf(plan, row.key)), (root) =>
            editTask(root, row.key, { milestone: !row.milestone }),
          );
        },
      },
      { type: 'separator' },
      {
        label: words.deleteTask,
        icon: <Trash2 />,
        shortcut: 'Delete',
        danger: true,
        onSelect: () => remove(row),
      },
    ];

    return { moveBy, remove, menuOf: mayEdit ? menuOf : (row: Row) => [detailsOf(row)] };
  }, [latest, mayEdit]);
}
