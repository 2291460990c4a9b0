import { useMayEdit } from '@concord/shell';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';

export interface Draft {
  readonly value: string;
  readonly readOnly: boolean;
  readonly onChange: (event: { readonly currentTarget: { readonly value: string } }) => void;
  readonly onBlur: () => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
}

/**
 * A short text while it is being typed. What others write shows at once, but never under the reader's own typing;
 * what was typed is kept on Enter, on leaving the field, and when the field goes away. Who may not edit (any more)
 * reads only; what they typed stays in the field.
 */
export function useDraft(value: string, commit: (text: string) => void): Draft {
  const [draft, setDraft] = useState<string | null>(null);
  const mayEdit = useMayEdit();
  const latest = useRef({ draft, value, commit, mayEdit });
  latest.current = { draft, value, commit, mayEdit };
  const keep = (): void => {
    const { draft, value, commit, mayEdit } = latest.current;
    if (!mayEdit) return;
    latest.current = { ...latest.current, draft: null };
    setDraft(null);
    if (draft !== null && draft !== value) commit(draft);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the field goes away
  useEffect(() => keep, []);
  return {
    value: draft ?? value,
    readOnly: !mayEdit,
    onChange: (event) => setDraft(event.currentTarget.value),
    onBlur: keep,
    onKeyDown: (event) => {
      if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
      event.preventDefault();
      keep();
    },
  };
}
