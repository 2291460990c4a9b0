import { type KeyboardEvent, useEffect, useRef, useState } from 'react';

export interface Draft {
  readonly value: string;
  readonly onChange: (event: { readonly currentTarget: { readonly value: string } }) => void;
  readonly onBlur: () => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
}

/**
 * A short text while it is being typed. What others write shows at once, but never under the reader's own typing;
 * what was typed is kept on Enter, on leaving the field, and when the field goes away.
 */
export function useDraft(value: string, commit: (text: string) => void): Draft {
  const [draft, setDraft] = useState<string | null>(null);
  const latest = useRef({ draft, value, commit });
  latest.current = { draft, value, commit };
  const keep = (): void => {
    const { draft, value, commit } = latest.current;
    latest.current = { draft: null, value, commit };
    if (draft !== null && draft !== value) commit(draft);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the field goes away
  useEffect(() => keep, []);
  return {
    value: draft ?? value,
    onChange: (event) => setDraft(event.currentTarget.value),
    onBlur: () => {
      keep();
      setDraft(null);
    },
    onKeyDown: (event) => {
      if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
      event.preventDefault();
      keep();
      setDraft(null);
    },
  };
}
