import { toast } from '@concord/ui';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { type Column, columnBeside } from '../columns.ts';
import type { Row } from '../plan.ts';
import { useViewState } from '../store.ts';
import { words } from '../words.ts';
import { cellText, draftOf, isEditable, readCell } from './cell-values.ts';
import { usePlanner, wordsOf } from './planner.tsx';

const hintOf = (column: Column): string | undefined =>
  column === 'name' || column === 'duration' || column === 'predecessors' ? words.hints[column] : undefined;

/**
 * Edits one cell. Enter commits and goes down, Tab commits and goes on, Escape leaves it as it was, leaving the
 * field commits. What cannot be read stays, with words that say why.
 */
export function CellEditor({ row, column, typed }: { row: Row; column: Column; typed: string | null }) {
  const { plan, edit } = usePlanner();
  const { select, stopEditing, edit: startEditing } = useViewState.getState();
  const isDate = column === 'start' || column === 'finish';
  const [draft, setDraft] = useState(typed !== null && !isDate ? typed : draftOf(row, column));
  const [error, setError] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const done = useRef(false);
  const noteId = useId();

  useEffect(() => {
    input.current?.focus();
    if (typed === null) input.current?.select?.();
  }, [typed]);

  /** True unless the text cannot be read. */
  const commit = (): boolean => {
    if (done.current) return true;
    try {
      const change = readCell(plan, row, column, draft.trim());
      // In the way of a failed edit stand its own words, as a toast: the cell stays open.
      if (change && !edit(change.label, change.run)) return false;
      done.current = true;
      return true;
    } catch (problem) {
      setError(wordsOf(problem));
      return false;
    }
  };
  const leaveTo = (key: string, to: Column): void => {
    stopEditing();
    select({ key, column: to }, 'table');
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      done.current = true;
      leaveTo(row.key, column);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (commit()) leaveTo(plan.rows[row.number - 1 + (event.shiftKey ? -1 : 1)]?.key ?? row.key, column);
    } else if (event.key === 'Tab') {
      const next = columnBeside(column, event.shiftKey ? -1 : 1);
      if (next === column) return;
      event.preventDefault();
      if (!commit()) return;
      if (isEditable(next)) startEditing({ key: row.key, column: next });
      else leaveTo(row.key, next);
    }
  };

  return (
    <span className="cc-gantt-editor">
      <input
        ref={input}
        type={isDate ? 'date' : 'text'}
        inputMode={column === 'progress' ? 'numeric' : undefined}
        aria-label={words.cellOf(words.columns[column], cellText(row, 'name'))}
        aria-invalid={error !== null || undefined}
        aria-describedby={error !== null ? noteId : undefined}
        placeholder={hintOf(column)}
        maxLength={500}
        autoComplete="off"
        value={draft}
        onChange={(event) => {
          setDraft(event.currentTarget.value);
          setError(null);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => {
          if (done.current) return;
          if (!commit()) {
            try {
              readCell(plan, row, column, draft.trim());
            } catch (problem) {
              toast({
                key: 'refused',
                title: wordsOf(problem),
                description: words.cellKept,
                tone: 'danger',
              });
            }
          }
          const { editing } = useViewState.getState();
          if (editing?.key === row.key && editing.column === column) stopEditing();
        }}
      />
      {error !== null ? (
        <span id={noteId} role="alert" className="cc-gantt-editor__error">
          {error}
        </span>
      ) : null}
    </span>
  );
}
