import { useEffect, useLayoutEffect, useRef } from 'react';
import { editorOf } from '../editor/open-editors.ts';
import { chooseType, typesFor } from '../slash.ts';
import { setState, useStore } from '../store.ts';
import { words } from '../words.ts';
import { useTools } from './context.ts';
import { TypeIcon } from './type-icon.tsx';

const LIST = 'cc-blocks-slash';

/** What `/` offers: a list that the editor's own keys walk, so that the caret never leaves the text. */
export function SlashMenu() {
  const slash = useStore((state) => state.slash);
  const { editing } = useTools();
  const list = useRef<HTMLDivElement>(null);
  const types = slash ? typesFor(slash.query) : [];
  const chosen = slash ? types[slash.active] : undefined;
  const block = slash?.block;

  useLayoutEffect(() => {
    const box = list.current;
    if (!slash || !box) return;
    const { offsetHeight: height, offsetWidth: width } = box;
    const above = slash.box.bottom + 6 + height > window.innerHeight && slash.box.top > height + 6;
    const left = Math.max(8, Math.min(slash.box.left - 12, window.innerWidth - width - 8));
    box.style.left = `${left}px`;
    box.style.top = `${above ? slash.box.top - height - 6 : slash.box.bottom + 6}px`;
  }, [slash]);
  useEffect(() => {
    const editor = block === undefined ? undefined : editorOf(block)?.dom;
    if (!editor) return;
    editor.setAttribute('aria-controls', LIST);
    editor.setAttribute('aria-haspopup', 'listbox');
    return () => {
      for (const name of ['aria-controls', 'aria-haspopup', 'aria-activedescendant'])
        editor.removeAttribute(name);
    };
  }, [block]);
  useEffect(() => {
    if (block === undefined || chosen === undefined) return;
    editorOf(block)?.dom.setAttribute('aria-activedescendant', `${LIST}-${chosen}`);
    document.getElementById(`${LIST}-${chosen}`)?.scrollIntoView({ block: 'nearest' });
  }, [block, chosen]);
  useEffect(() => {
    if (block === undefined) return;
    const close = (event: Event): void => {
      if (event.target instanceof Node && list.current?.contains(event.target)) return;
      setState({ slash: null });
    };
    window.addEventListener('scroll', close, { capture: true, passive: true });
    window.addEventListener('resize', close);
    return () => {
      window.removeEventListener('scroll', close, { capture: true });
      window.removeEventListener('resize', close);
    };
  }, [block]);

  if (!slash || types.length === 0) return null;
  return (
    <div ref={list} id={LIST} role="listbox" aria-label={words.chooseBlock} className="cc-blocks-slash">
      {types.map((type, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the caret stays in the text; aria-activedescendant points here
        // biome-ignore lint/a11y/useKeyWithClickEvents: the editor has the keys
        <div
          key={type}
          id={`${LIST}-${type}`}
          role="option"
          aria-selected={index === slash.active}
          className="cc-blocks-slash__option"
          // A press must not take the focus out of the text.
          onMouseDown={(event) => event.preventDefault()}
          onMouseMove={() => {
            if (index !== slash.active) setState({ slash: { ...slash, active: index } });
          }}
          onClick={() => chooseType(editing, type)}
        >
          <TypeIcon type={type} />
          {words.types[type].name}
        </div>
      ))}
    </div>
  );
}
