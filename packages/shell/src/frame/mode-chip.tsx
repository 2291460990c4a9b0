import { announce, Tooltip } from '@concord/ui';
import { Eye, MessageSquareText } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Mode } from '../definition.ts';
import { words } from '../words.ts';

/** Says what this user may not do, as long as that is so; and when it changes, says it aloud. */
export function ModeChip({ mode }: { mode: Mode }) {
  const before = useRef<Mode>('edit');
  useEffect(() => {
    if (before.current === mode) return;
    before.current = mode;
    announce({ edit: words.editAgain, comment: words.commentOnlyMeaning, view: words.viewOnlyMeaning }[mode]);
  }, [mode]);
  if (mode === 'edit') return null;
  const [text, meaning, Icon] =
    mode === 'view'
      ? [words.viewOnly, words.viewOnlyMeaning, Eye]
      : [words.commentOnly, words.commentOnlyMeaning, MessageSquareText];
  return (
    <Tooltip label={meaning}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: keyboards reach what it means as pointers do */}
      <span className="cc-mode" role="note" aria-label={`${text}. ${meaning}`} tabIndex={0}>
        <Icon aria-hidden="true" />
        <span>{text}</span>
      </span>
    </Tooltip>
  );
}
