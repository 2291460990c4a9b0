import { Button } from '@concord/ui';
import { MessageSquareText } from 'lucide-react';
import { useMode } from '../mode.tsx';
import { useComments, useItemComments } from './use-comments.ts';
import { words } from './words.ts';
import './comment-badge.css';

/** How many open threads a card, a task or a block has; a press shows them. Nothing without any. */
export function CommentBadge({ id, tabIndex }: { id: string; tabIndex?: number }) {
  const comments = useComments();
  const mark = useItemComments(id);
  if (!mark || mark.count === 0) return null;
  return (
    <button
      type="button"
      className="cc-comment-badge"
      data-active={mark.active ? '' : undefined}
      tabIndex={tabIndex}
      aria-label={words.count(mark.count)}
      title={words.count(mark.count)}
      onClick={(event) => {
        event.stopPropagation();
        comments.pressItem(id);
      }}
      // Cards and rows listen for keys and for the start of a drag.
      onKeyDown={(event) => event.stopPropagation()}
      onPointerDown={(event) => event.stopPropagation()}
    >
      <MessageSquareText aria-hidden="true" />
      <span aria-hidden="true">{mark.count}</span>
    </button>
  );
}

type CommentButtonProps = {
  id: string;
  /** What the thing is called. */
  quote: string;
  /** Closes the dialog that the button stands in: the comments are beside the document, not above it. */
  onOpen: () => void;
};

/** For the dialog of a card or a task: leads to its comments, or to where the first is written. */
export function CommentButton({ id, quote, onOpen }: CommentButtonProps) {
  const comments = useComments();
  const mode = useMode();
  const count = useItemComments(id)?.count ?? 0;
  if (count === 0 && mode === 'view') return null;
  const open = (): void => {
    onOpen();
    // After the dialog has given the focus back.
    requestAnimationFrame(() =>
      setTimeout(() => {
        if (count > 0) comments.pressItem(id);
        else comments.begin({ subject: { type: 'item', id }, quote });
      }),
    );
  };
  return (
    <Button icon={<MessageSquareText />} onClick={open}>
      {count > 0 ? words.count(count) : words.begin}
    </Button>
  );
}
