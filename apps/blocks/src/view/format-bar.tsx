import { Toolbar, ToolbarButton } from '@concord/ui';
import { Bold, Code, Italic, Link, Strikethrough, Underline } from 'lucide-react';
import { useLayoutEffect, useRef } from 'react';
import { editorOf } from '../editor/block-editor.ts';
import type { MarkName } from '../editor/schema.ts';
import { setState, useStore } from '../store.ts';

const MARKS: readonly {
  readonly mark: MarkName;
  readonly label: string;
  readonly shortcut: string;
  readonly Icon: typeof Bold;
}[] = [
  { mark: 'bold', label: 'Bold', shortcut: 'Mod+B', Icon: Bold },
  { mark: 'italic', label: 'Italic', shortcut: 'Mod+I', Icon: Italic },
  { mark: 'underline', label: 'Underline', shortcut: 'Mod+U', Icon: Underline },
  { mark: 'strike', label: 'Strikethrough', shortcut: 'Mod+Shift+S', Icon: Strikethrough },
  { mark: 'code', label: 'Inline code', shortcut: 'Mod+E', Icon: Code },
];

/** Formats for the selected text, above it. */
export function FormatBar() {
  const selected = useStore((state) => state.selected);
  const linking = useStore((state) => state.linking);
  const bar = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = bar.current;
    if (!selected || !element) return;
    const { offsetWidth: width, offsetHeight: height } = element;
    const left = Math.max(8, Math.min(selected.box.left - width / 2, window.innerWidth - width - 8));
    // Below the text where a finger's own handles and menu stand above it.
    const coarse = window.matchMedia('(pointer: coarse)').matches;
    const above = selected.box.top - height - 8;
    element.style.left = `${left}px`;
    element.style.top = `${coarse || above < 60 ? selected.box.bottom + (coarse ? 28 : 8) : above}px`;
  }, [selected]);
  if (!selected || linking) return null;
  const { block, marks } = selected;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only keeps the selection while a button inside is pressed
    <div
      ref={bar}
      className="cc-blocks-format"
      // A press must not take the selection away.
      onMouseDown={(event) => event.preventDefault()}
    >
      <Toolbar label="Format">
        {MARKS.map(({ mark, label, shortcut, Icon }) => (
          <ToolbarButton
            key={mark}
            size="small"
            label={label}
            shortcut={shortcut}
            icon={<Icon />}
            pressed={marks.includes(mark)}
            onClick={() => editorOf(block)?.toggle(mark)}
          />
        ))}
        <ToolbarButton
          size="small"
          label="Link"
          shortcut="Mod+K"
          icon={<Link />}
          pressed={selected.href !== ''}
          onClick={() => setState({ linking: selected })}
        />
      </Toolbar>
    </div>
  );
}
