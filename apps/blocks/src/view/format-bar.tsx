import { useCommentTool } from '@concord/shell';
import { Toolbar, ToolbarButton } from '@concord/ui';
import { Bold, Code, Italic, Link, Strikethrough, Underline } from 'lucide-react';
import { useLayoutEffect, useRef } from 'react';
import { editorOf } from '../editor/open-editors.ts';
import type { MarkName } from '../editor/schema.ts';
import { setState, useStore } from '../store.ts';
import { words } from '../words.ts';

const MARKS: readonly {
  readonly mark: Exclude<MarkName, 'link'>;
  readonly shortcut: string;
  readonly Icon: typeof Bold;
}[] = [
  { mark: 'bold', shortcut: 'Mod+B', Icon: Bold },
  { mark: 'italic', shortcut: 'Mod+I', Icon: Italic },
  { mark: 'underline', shortcut: 'Mod+U', Icon: Underline },
  { mark: 'strike', shortcut: 'Mod+Shift+S', Icon: Strikethrough },
  { mark: 'code', shortcut: 'Mod+E', Icon: Code },
];

/** Formats for the selected text, above it. */
export function FormatBar() {
  const selected = useStore((state) => state.selected);
  const linking = useStore((state) => state.linking);
  const comment = useCommentTool();
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
      <Toolbar label={words.format}>
        {MARKS.map(({ mark, shortcut, Icon }) => (
          <ToolbarButton
            key={mark}
            size="small"
            label={words.marks[mark]}
            shortcut={shortcut}
            icon={<Icon />}
            pressed={marks.includes(mark)}
            onClick={() => editorOf(block)?.toggle(mark)}
          />
        ))}
        <ToolbarButton
          size="small"
          label={words.link}
          shortcut="Mod+K"
          icon={<Link />}
          pressed={selected.href !== ''}
          onClick={() => setState({ linking: selected })}
        />
        <ToolbarButton size="small" {...comment} />
      </Toolbar>
    </div>
  );
}
