import { useMayEdit } from '@concord/shell';
import { useLayoutEffect, useRef } from 'react';
import { BlockEditor } from '../editor/block-editor.ts';
import { useTools } from './context.ts';

/** Its text is the editor's alone; React renders nothing inside. */
export function LiveText({ id, label, code }: { id: string; label: string; code: boolean }) {
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
