import { useMayEdit } from '@concord/shell';
import { useLayoutEffect, useRef, useState } from 'react';
import { BlockEditor } from '../editor/block-editor.ts';
import { askFocus, register } from '../focus.ts';
import type { Block } from '../page.ts';
import { useTools } from './context.ts';
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
  const live = near || entered;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears that the focus came and went
    <div ref={host} onFocus={() => setEntered(true)} onBlur={() => setEntered(false)}>
      {live ? (
        <Live id={block.id} label={label} code={block.type === 'code'} />
      ) : (
        <Still block={block} label={label} onEnter={() => setEntered(true)} />
      )}
    </div>
  );
}

/** Its text is the editor's alone; React renders nothing inside. */
function Live({ id, label, code }: { id: string; label: string; code: boolean }) {
  const tools = useTools();
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<BlockEditor | null>(null);
  const readOnly = !useMayEdit();
  const look = useRef({ label, code, readOnly });
  look.current = { label, code, readOnly };
  useLayoutEffect(() => {
    if (!host.current) return;
    const made = new BlockEditor(host.current, id, tools, look.current);
    editor.current = made;
    return () => {
      editor.current = null;
      made.destroy();
    };
  }, [id, tools]);
  useLayoutEffect(() => {
    if (editor.current) editor.current.look = { label, code, readOnly };
  }, [label, code, readOnly]);
  return <div ref={host} />;
}

function Still({ block, label, onEnter }: { block: Block; label: string; onEnter: () => void }) {
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
