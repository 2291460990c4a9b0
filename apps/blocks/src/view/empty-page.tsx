import { Button } from '@concord/ui';
import { Sparkles } from 'lucide-react';
import { addSamplePage } from '../sample.ts';
import { words } from '../words.ts';
import { useTools } from './context.ts';

/** Keys that write nothing: they leave the page empty. */
const SILENT = /^(?:Tab|Shift|Control|Alt|Meta|Escape|CapsLock|F\d+|Page\w+|Home|End|Arrow\w+|ContextMenu)$/;

/**
 * A page without blocks: a line to write on. The first block is made by the first key, and the key then goes into
 * it; nothing is made by just opening the page, so two who open it find one empty page.
 */
export function EmptyPage() {
  const { editing } = useTools();
  return (
    <div className="cc-blocks-empty">
      {/* biome-ignore lint/a11y/useSemanticElements: it becomes a block's editor with the first key */}
      <div
        role="textbox"
        tabIndex={0}
        aria-label={words.emptyLabel}
        aria-multiline="true"
        className="cc-blocks-empty__line"
        onClick={() => editing.writeAtEnd()}
        onKeyDown={(event) => {
          const pastes = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'v';
          if (SILENT.test(event.key) || ((event.ctrlKey || event.metaKey || event.altKey) && !pastes)) return;
          editing.writeAtEnd();
          if (event.key === 'Enter') event.preventDefault();
        }}
      >
        {words.emptyHint}
      </div>
      <div className="cc-blocks-empty__ways">
        <Button
          icon={<Sparkles />}
          onClick={() => editing.change(words.fillSample, (root) => addSamplePage(root))}
        >
          {words.trySample}
        </Button>
        <p>{words.emptyMore}</p>
      </div>
    </div>
  );
}
