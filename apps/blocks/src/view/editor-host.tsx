import { useMayEdit } from '@concord/shell';
import { useLayoutEffect, useRef, useState } from 'react';
import { askFocus, register } from '../focus.ts';
import type { Block } from '../page.ts';
import { useLive } from './live.ts';
import { useNear } from './near.ts';
import { StillText } from './still-text.tsx';

type Props = {
  block: Block;
  label: string /** Whether the page has so many blocks that it matters. */;
  many: boolean;
};

/**
 * A block's text: an editor near the screen and where the caret is, plain text elsewhere, so that a page of a
 * thousand blocks types as fast as one of ten.
 */
export function EditorHost({ block, label, many }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const near = useNear(host, many);
  const [entered, setEntered] = useState(false);
  const Live = useLive();
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears that the focus came and went
    <div ref={host} onFocus={() => setEntered(true)} onBlur={() => setEntered(false)}>
      {Live && (near || entered) ? (
        <Live id={block.id} label={label} code={block.type === 'code'} />
      ) : (
        <Still block={block} label={label} canEnter={Live !== null} onEnter={() => setEntered(true)} />
      )}
    </div>
  );
}

type StillProps = {
  block: Block;
  label: string;
  /** Whether the editors' code is here. */
  canEnter: boolean;
  onEnter: () => void;
};

function Still({ block, label, canEnter, onEnter }: StillProps) {
  const { id } = block;
  const mayEdit = useMayEdit();
  const enter = useRef(onEnter);
  enter.current = onEnter;
  useLayoutEffect(() => {
    return register(id, {
      focus: (at) => {
        askFocus(id, at);
        enter.current();
      },
    });
  }, [id]);
  if (!canEnter)
    return (
      <div className="cc-blocks-editor">
        <StillText spans={block.spans} />
      </div>
    );
  return (
    // biome-ignore lint/a11y/useSemanticElements: it becomes the block's editor
    <div
      role="textbox"
      tabIndex={mayEdit ? 0 : -1}
      aria-label={label}
      aria-readonly={!mayEdit}
      aria-multiline="true"
      className="cc-blocks-editor"
      onFocus={() => askFocus(id, 'end')}
    >
      <StillText spans={block.spans} />
    </div>
  );
}
