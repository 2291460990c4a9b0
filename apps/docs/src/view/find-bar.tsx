import { EditOnly } from '@concord/shell';
import { Button, IconButton, TextField } from '@concord/ui';
import type { Editor } from '@tiptap/core';
import { CaseSensitive, ChevronDown, ChevronUp, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useState } from 'react';
import { find, findNext, findState, replaceAll, replaceMatch } from '../editor/find.ts';
import { useDocsStore } from '../store.ts';
import { run, useEditorValue } from './use-editor.ts';
import { words } from './words.ts';

// Buttons are never really disabled: the last match replaced would take the focus away with it.
/** Find and replace. The text keeps its selection; Escape goes back to it. */
export function FindBar({ editor }: { editor: Editor }) {
  const setFinding = useDocsStore((state) => state.setFinding);
  const { count, current } = useEditorValue(editor, ({ state }) => {
    const found = findState(state);
    return { count: found.matches.length, current: found.current };
  });
  // What is selected is most often what is looked for.
  const [text, setText] = useState(() => {
    const { from, to } = editor.state.selection;
    return editor.state.doc.textBetween(from, Math.min(to, from + 100), ' ');
  });
  const [replacement, setReplacement] = useState('');
  const [matchCase, setMatchCase] = useState(false);

  useEffect(() => {
    run(editor, find({ text, matchCase }));
  }, [editor, text, matchCase]);
  useEffect(() => () => void (editor.isDestroyed || run(editor, find(null))), [editor]);

  const close = (): void => {
    setFinding(false);
    editor.view.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    close();
  };
  const onEnter = (action: (back: boolean) => void) => (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    action(event.shiftKey);
  };
  return (
    <search className="cc-docs-find cc-screen-only" aria-label={words.find} onKeyDown={onKeyDown}>
      <div className="cc-docs-find__row">
        <TextField
          label={words.findWhat}
          hideLabel
          placeholder={words.findWhat}
          value={text}
          autoFocus
          autoComplete="off"
          spellCheck={false}
          onFocus={(event) => event.target.select()}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onEnter((back) => run(editor, findNext(back ? -1 : 1)))}
        />
        <output className="cc-docs-find__count">{text === '' ? '' : words.found(current + 1, count)}</output>
        <IconButton
          label={words.matchCase}
          icon={<CaseSensitive />}
          size="small"
          pressed={matchCase}
          onClick={() => setMatchCase(!matchCase)}
        />
        <IconButton
          label={words.findPrevious}
          icon={<ChevronUp />}
          size="small"
          shortcut="Shift+Enter"
          aria-disabled={count === 0}
          onClick={() => run(editor, findNext(-1))}
        />
        <IconButton
          label={words.findNext}
          icon={<ChevronDown />}
          size="small"
          shortcut="Enter"
          aria-disabled={count === 0}
          onClick={() => run(editor, findNext(1))}
        />
        <IconButton label={words.findClose} icon={<X />} size="small" onClick={close} />
      </div>
      <EditOnly>
        <div className="cc-docs-find__row">
          <TextField
            label={words.replaceWith}
            hideLabel
            placeholder={words.replaceWith}
            value={replacement}
            autoComplete="off"
            onChange={(event) => setReplacement(event.target.value)}
            onKeyDown={onEnter(() => run(editor, replaceMatch(replacement)))}
          />
          <Button
            size="small"
            aria-disabled={count === 0}
            onClick={() => run(editor, replaceMatch(replacement))}
          >
            {words.replace}
          </Button>
          <Button
            size="small"
            aria-disabled={count === 0}
            onClick={() => run(editor, replaceAll(replacement))}
          >
            {words.replaceAll}
          </Button>
        </div>
      </EditOnly>
    </search>
  );
}
