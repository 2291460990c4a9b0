import { useLayoutEffect, useRef } from 'react';
import { BlockEditor } from '../editor/block-editor.ts';
import { useTools } from './context.ts';

/** Where a block's editor lives. Its text is the editor's alone; React renders nothing inside. */
export function EditorHost({ id, label, code }: { id: string; label: string; code: boolean }) {
  const { editing, presence } = useTools();
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<BlockEditor | null>(null);
  const look = useRef({ label, code });
  look.current = { label, code };
  useLayoutEffect(() => {
    if (!host.current) return;
    const made = new BlockEditor(host.current, id, editing, presence, look.current);
    editor.current = made;
    return () => {
      editor.current = null;
      made.destroy();
    };
  }, [id, editing, presence]);
  useLayoutEffect(() => {
    if (editor.current) editor.current.look = { label, code };
  }, [label, code]);
  return <div ref={host} />;
}
