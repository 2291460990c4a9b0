import { X } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { IconButton } from '../components/button.tsx';
import { words } from '../words.ts';

export type SidePanelProps = {
  title: string;
  onClose: () => void;
  /** Controls beside the title. */
  actions?: ReactNode;
  /** Stays in view below what scrolls. */
  footer?: ReactNode;
  /** Leaves the focus where it is when it opens. */
  quiet?: boolean;
  children: ReactNode;
};

/**
 * What stands beside the document while people go on working in it: not modal. On a narrow screen it covers the lower
 * part. Focus moves in when it opens and goes back when it closes; Escape closes it.
 */
export function SidePanel({ title, onClose, actions, footer, quiet = false, children }: SidePanelProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const id = useId();
  const opensQuietly = useRef(quiet);
  useEffect(() => {
    const before = document.activeElement;
    if (!opensQuietly.current) heading.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <aside
      className="cc-side"
      aria-labelledby={id}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        onClose();
      }}
    >
      <div className="cc-side__head">
        <h2 id={id} ref={heading} tabIndex={-1}>
          {title}
        </h2>
        {actions}
        <IconButton label={words.close} icon={<X />} size="small" onClick={onClose} />
      </div>
      <div className="cc-side__body">{children}</div>
      {footer ? <div className="cc-side__foot">{footer}</div> : null}
    </aside>
  );
}
