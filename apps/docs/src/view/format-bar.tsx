import { useCommentTool } from '@concord/shell';
import { Menu, Toolbar, ToolbarButton, ToolbarSeparator } from '@concord/ui';
import type { Editor } from '@tiptap/core';
import { toggleMark } from '@tiptap/pm/commands';
import { NodeSelection } from '@tiptap/pm/state';
import {
  AlignCenter,
  AlignLeft,
  AlignRight,
  Bold,
  ChevronDown,
  Code,
  Image,
  IndentDecrease,
  IndentIncrease,
  Italic,
  Link,
  List,
  ListChecks,
  ListOrdered,
  Minus,
  Quote,
  RemoveFormatting,
  SquareCode,
  Strikethrough,
  Underline,
} from 'lucide-react';
import {
  clearFormatting,
  hasStyle,
  indent,
  insertDivider,
  selectedBlocks,
  setAlign,
  setStyles,
  toggleStyle,
} from '../editor/commands.ts';
import { SHORTCUTS, STYLES } from '../editor/keymap.ts';
import { useDocsStore } from '../store.ts';
import { run, useEditorValue } from './use-editor.ts';
import { words } from './words.ts';

type StyleName = keyof typeof STYLES;
const STYLE_NAMES = Object.keys(STYLES) as StyleName[];
const MARKS = [
  ['bold', <Bold key="bold" />],
  ['italic', <Italic key="italic" />],
  ['underline', <Underline key="underline" />],
  ['strike', <Strikethrough key="strike" />],
  ['code', <Code key="code" />],
] as const;
const BLOCKS = [
  ['bullet', <List key="bullet" />],
  ['ordered', <ListOrdered key="ordered" />],
  ['task', <ListChecks key="task" />],
  ['quote', <Quote key="quote" />],
  ['codeBlock', <SquareCode key="codeBlock" />],
] as const;
const ALIGNS = ['start', 'center', 'end'] as const;
const ALIGN_ICONS = { start: <AlignLeft />, center: <AlignCenter />, end: <AlignRight /> };

/** What the bar shows of the selection. Flat, so that equal values render nothing. */
function readFormats(editor: Editor) {
  const { state } = editor;
  const { selection, storedMarks, schema } = state;
  const { $from, from, to, empty } = selection;
  const marks = storedMarks ?? $from.marks();
  const isOn = (name: string): boolean => {
    const type = schema.marks[name];
    if (!type) return false;
    return empty ? type.isInSet(marks) !== undefined : state.doc.rangeHasMark(from, to, type);
  };
  const align: unknown = selectedBlocks(state)[0]?.node.attrs.align;
  return {
    style: STYLE_NAMES.find((name) => hasStyle(state, STYLES[name])) ?? null,
    align: ALIGNS.find((each) => each === align) ?? null,
    bold: isOn('bold'),
    italic: isOn('italic'),
    underline: isOn('underline'),
    strike: isOn('strike'),
    code: isOn('code'),
    link: isOn('link'),
    image: selection instanceof NodeSelection && selection.node.type.name === 'image',
    canIndent: indent(1)(state),
    canOutdent: indent(-1)(state),
  };
}

/** The tools above the text. A mouse press leaves the caret where it is. */
export function FormatBar({ editor }: { editor: Editor }) {
  const comment = useCommentTool();
  const formats = useEditorValue(editor, readFormats);
  const openDialog = useDocsStore((state) => state.openDialog);
  const styleName = formats.style ? (words.styles[formats.style] ?? words.mixed) : words.mixed;
  const chosen = (value: string): void => {
    const name = STYLE_NAMES.find((each) => each === value);
    if (name) run(editor, setStyles(STYLES[name]));
    requestAnimationFrame(() => editor.view.focus());
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keeps the caret in the text; the buttons inside do the work
    <div className="cc-docs-tools" onMouseDown={(event) => event.preventDefault()}>
      <Toolbar label={words.toolbar}>
        <Menu
          trigger={
            <ToolbarButton
              label={words.style(styleName)}
              className="cc-docs-style"
              icon={
                <>
                  <span>{styleName}</span>
                  <ChevronDown aria-hidden="true" />
                </>
              }
            />
          }
          items={[
            {
              type: 'choice',
              label: words.style('').replace(/\W+$/, ''),
              value: formats.style ?? '',
              options: STYLE_NAMES.map((name) => ({ value: name, label: words.styles[name] ?? name })),
              onChange: chosen,
            },
          ]}
        />
        <ToolbarSeparator />
        {MARKS.map(([name, icon]) => (
          <ToolbarButton
            key={name}
            label={words.marks[name]}
            icon={icon}
            shortcut={SHORTCUTS[name]}
            pressed={formats[name]}
            onClick={() => {
              const type = editor.schema.marks[name];
              if (type) run(editor, toggleMark(type));
            }}
          />
        ))}
        <ToolbarButton
          label={words.link}
          icon={<Link />}
          shortcut={SHORTCUTS.link}
          pressed={formats.link}
          onClick={() => openDialog('link')}
        />
        <ToolbarSeparator />
        {BLOCKS.map(([name, icon]) => (
          <ToolbarButton
            key={name}
            label={words.styles[name] ?? name}
            icon={icon}
            shortcut={SHORTCUTS[name]}
            pressed={formats.style === name}
            onClick={() => run(editor, toggleStyle(STYLES[name]))}
          />
        ))}
        <ToolbarButton
          label={words.outdent}
          icon={<IndentDecrease />}
          shortcut="Shift+Tab"
          aria-disabled={!formats.canOutdent}
          onClick={() => run(editor, indent(-1))}
        />
        <ToolbarButton
          label={words.indent}
          icon={<IndentIncrease />}
          shortcut="Tab"
          aria-disabled={!formats.canIndent}
          onClick={() => run(editor, indent(1))}
        />
        <Menu
          trigger={<ToolbarButton label={words.align} icon={ALIGN_ICONS[formats.align ?? 'start']} />}
          items={ALIGNS.map((align) => ({
            label: words.aligns[align],
            icon: ALIGN_ICONS[align],
            disabled: formats.align === null,
            onSelect: () => {
              run(editor, setAlign(align));
              requestAnimationFrame(() => editor.view.focus());
            },
          }))}
        />
        <ToolbarSeparator />
        <ToolbarButton
          label={words.image}
          icon={<Image />}
          pressed={formats.image}
          onClick={() => openDialog('image')}
        />
        <ToolbarButton label={words.divider} icon={<Minus />} onClick={() => run(editor, insertDivider)} />
        <ToolbarButton {...comment} />
        <ToolbarSeparator />
        <ToolbarButton
          label={words.clear}
          icon={<RemoveFormatting />}
          shortcut={SHORTCUTS.clear}
          onClick={() => run(editor, clearFormatting)}
        />
      </Toolbar>
    </div>
  );
}
