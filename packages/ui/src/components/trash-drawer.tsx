import type { ReactNode } from 'react';
import './trash-drawer.css';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { EmptyState } from './feedback.tsx';

export type TrashItem = {
  id: string;
  name: string;
  /** What comes back with it. */
  note?: string | null;
  /** What the button that brings it back says to those who do not see the row. */
  restoreLabel: string;
  onRestore: () => void;
  /** It can be looked at where it is. */
  onOpen?: () => void;
};

export type TrashPart = {
  /** What a screen reader calls the list. */
  label: string;
  title?: string;
  hint?: string;
  /** What each button says. */
  restore: string;
  /** The oldest first. */
  items: readonly TrashItem[];
};

export type TrashDrawerProps = {
  title: string;
  description: string;
  icon: ReactNode;
  emptyTitle: string;
  emptyHint: string;
  parts: readonly TrashPart[];
  /** Without it all can be seen, and nothing brought back. */
  mayRestore: boolean;
  onClose: () => void;
};

/** What was deleted or put away, the latest first: all of it comes back with one click. Open as long as it is there. */
export function TrashDrawer(props: TrashDrawerProps) {
  const { title, description, icon, emptyTitle, emptyHint, parts, mayRestore, onClose } = props;
  const filled = parts.filter(({ items }) => items.length > 0);
  return (
    <Dialog open title={title} description={description} className="cc-trash" onOpenChange={onClose}>
      {filled.length === 0 ? (
        <EmptyState title={emptyTitle} icon={icon}>
          {emptyHint}
        </EmptyState>
      ) : null}
      {filled.map((part) => (
        <section key={part.label} className="cc-trash__part">
          {part.title ? <h3>{part.title}</h3> : null}
          {part.hint ? <p>{part.hint}</p> : null}
          <ul aria-label={part.label}>
            {part.items.toReversed().map((item) => (
              <li key={item.id}>
                <span>
                  {item.onOpen ? (
                    <button type="button" className="cc-trash__open" onClick={item.onOpen}>
                      {item.name}
                    </button>
                  ) : (
                    item.name
                  )}
                  {item.note ? <small>{item.note}</small> : null}
                </span>
                {mayRestore ? (
                  <Button size="small" aria-label={item.restoreLabel} onClick={item.onRestore}>
                    {part.restore}
                  </Button>
                ) : null}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Dialog>
  );
}
