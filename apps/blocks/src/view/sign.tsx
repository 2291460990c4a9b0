import { Lightbulb } from 'lucide-react';
import { nameOf } from '../names.ts';
import type { Block } from '../page.ts';
import { numeral } from '../rows.ts';
import { words } from '../words.ts';

type SignProps = {
  block: Block;
  depth: number;
  number: number | null;
  /** Without it a box is only to be read. */
  onCheck?: ((checked: boolean) => void) | undefined;
};

/** What stands before a block's text and says its type: a bullet, a number, a box. */
export function Sign({ block, depth, number, onCheck }: SignProps) {
  switch (block.type) {
    case 'bullet':
      return <span className="cc-blocks-sign cc-blocks-bullet" data-level={depth % 3} aria-hidden="true" />;
    case 'numbered':
      return <span className="cc-blocks-sign cc-blocks-number">{numeral(number ?? 1, depth)}.</span>;
    case 'todo':
      return (
        <span className="cc-blocks-sign">
          <input
            type="checkbox"
            className="cc-blocks-box"
            aria-label={words.done(nameOf(block))}
            checked={block.attrs.checked === true}
            disabled={!onCheck}
            onChange={(event) => onCheck?.(event.target.checked)}
          />
        </span>
      );
    case 'callout':
      return (
        <span className="cc-blocks-sign cc-blocks-callout" aria-hidden="true">
          <Lightbulb />
        </span>
      );
    default:
      return null;
  }
}
