import type { TextView } from '@concord/crdt';
import { formatLocale, Popover } from '@concord/ui';
import type { Editor } from '@tiptap/core';
import { useMemo } from 'react';
import { countText } from '../model.ts';
import { useEditorValue } from './use-editor.ts';
import { words } from './words.ts';

/** Words a minute of a usual reader. */
const READING_SPEED = 230;

/** How long the document is, and the selection in it. */
export function WordCount({ editor, body }: { editor: Editor; body: TextView }) {
  const all = useMemo(() => countText(body.text), [body]);
  const selected = useEditorValue(editor, ({ state: { selection, doc } }) =>
    selection.empty ? null : countText(doc.textBetween(selection.from, selection.to, '\n', ' ')).words,
  );
  const label = selected === null ? words.counts(all.words) : words.countsSelected(selected, all.words);
  return (
    <div className="cc-docs-count cc-screen-only">
      <Popover
        label={words.countsTitle}
        side="top"
        align="start"
        trigger={
          <button type="button" className="cc-docs-count__button">
            {label}
          </button>
        }
      >
        <dl className="cc-docs-counts">
          <dt>{words.countWords}</dt>
          <dd>{all.words.toLocaleString(formatLocale())}</dd>
          <dt>{words.countCharacters}</dt>
          <dd>{all.characters.toLocaleString(formatLocale())}</dd>
          <dt>{words.readingTime}</dt>
          <dd>{words.minutes(Math.max(1, Math.round(all.words / READING_SPEED)))}</dd>
        </dl>
      </Popover>
    </div>
  );
}
