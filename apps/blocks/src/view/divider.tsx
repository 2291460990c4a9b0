import { useMayEdit } from '@concord/shell';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { focusBlock, focusHandle, register } from '../focus.ts';
import type { Block } from '../page.ts';
import { words } from '../words.ts';
import { useTools } from './context.ts';

/** A line across the page. It takes the focus as a whole, and then keys act on it. */
export function Divider({ block: { id } }: { block: Block }) {
  const { editing, presence } = useTools();
  const mayEdit = useMayEdit();
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => register(id, { focus: () => line.current?.focus() }), [id]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const mod = event.ctrlKey || event.metaKey;
    const go = (step: -1 | 1): void => {
      const next = editing.neighbour(id, step);
      if (next) focusBlock(next.block.id, step < 0 ? 'end' : 'start');
    };
    if (!mayEdit && !event.key.startsWith('Arrow')) return;
    const nudges = mayEdit && event.shiftKey && (event.altKey || mod);
    switch (event.key) {
      case 'ArrowUp':
        if (nudges) editing.nudge(id, 'up');
        else go(-1);
        break;
      case 'ArrowDown':
        if (nudges) editing.nudge(id, 'down');
        else go(1);
        break;
      case 'ArrowLeft':
        go(-1);
        break;
      case 'ArrowRight':
        go(1);
        break;
      case 'Backspace':
      case 'Delete':
        editing.remove(id, false);
        break;
      case 'Enter':
        editing.addBelow(id);
        break;
      case 'Tab':
        if (event.shiftKey) editing.outdent(id);
        else editing.indent(id);
        break;
      case 'Escape':
        focusHandle(id);
        break;
      default:
        return;
    }
    event.preventDefault();
  };
  return (
    <div
      ref={line}
      role="img"
      aria-label={words.types.divider.name}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keys act on the line as a whole
      tabIndex={0}
      className="cc-blocks-rule"
      onKeyDown={onKeyDown}
      onFocus={() => presence.show(id, null)}
    />
  );
}
