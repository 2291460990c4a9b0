import { useMayEdit } from '@concord/shell';
import { TextArea, TextField } from '@concord/ui';
import { type KeyboardEvent, useState } from 'react';
import { wordsOf } from './planner.tsx';

export type CommitFieldProps = {
  label: string;
  value: string;
  /** Throws with words for the user if the text cannot be taken. */
  onCommit: (text: string) => void;
  hint?: string;
  type?: 'text' | 'date';
  lines?: boolean;
};

/**
 * A field that writes when it is left, or on Enter, and shows what others write while it is not being edited. A date
 * writes as soon as it is one.
 */
export function CommitField({
  label,
  value,
  onCommit,
  hint,
  type = 'text',
  lines = false,
}: CommitFieldProps) {
  const readOnly = !useMayEdit();
  const [draft, setDraft] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);

  const commit = (text: string): void => {
    try {
      if (text !== value) onCommit(text);
      setDraft(null);
      setError(null);
    } catch (problem) {
      setError(wordsOf(problem));
    }
  };
  const shared = {
    label,
    value: draft ?? value,
    ...(hint !== undefined && { hint }),
    ...(error !== null && { error }),
    onBlur: () => {
      if (draft !== null && !readOnly) commit(draft.trim());
    },
    readOnly,
  };
  if (lines) {
    return <TextArea {...shared} onChange={(event) => setDraft(event.currentTarget.value)} />;
  }
  return (
    <TextField
      {...shared}
      type={type}
      autoComplete="off"
      onChange={(event) => {
        const text = event.currentTarget.value;
        setDraft(text);
        setError(null);
        if (type === 'date' && text !== '') commit(text);
      }}
      onKeyDown={(event: KeyboardEvent<HTMLInputElement>) => {
        if (event.key === 'Enter' && !event.nativeEvent.isComposing && draft !== null) {
          event.preventDefault();
          commit(draft.trim());
        }
      }}
    />
  );
}
