import { stepOn } from '@concord/shell';
import { Button, IconButton } from '@concord/ui';
import { Plus, X } from 'lucide-react';
import { type FocusEvent, useRef, useState } from 'react';
import { addCard, atEnd } from '../model.ts';
import { useEdit } from '../session.ts';
import { startAdding, useStore } from '../store.ts';
import { words } from '../words.ts';

/** The foot of a list: adds cards one after the other. Pasted lines become a card each. */
export function CardComposer({ list, name }: { list: string; name: string }) {
  const open = useStore((state) => state.adding === list);
  const back = useRef(false);
  if (open) {
    const onClose = (): void => {
      back.current = true;
      startAdding(null);
    };
    return <Composer list={list} name={name} onClose={onClose} />;
  }
  return (
    <Button
      ref={(button) => {
        if (button && back.current) button.focus();
        back.current = false;
      }}
      variant="ghost"
      size="small"
      icon={<Plus />}
      className="cc-board-add"
      data-add={list}
      onClick={() => startAdding(list)}
    >
      {words.addACard}
    </Button>
  );
}

function Composer({ list, name, onClose }: { list: string; name: string; onClose: () => void }) {
  const edit = useEdit();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState('');
  const add = (): void => {
    const titles = text
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean);
    field.current?.focus();
    if (titles.length === 0) return;
    edit(titles.length === 1 ? stepOn(words.addCard, titles[0] ?? '') : words.addCards, (root) => {
      for (const title of titles) addCard(root, list, title, atEnd);
    });
    setText('');
    setTimeout(() => field.current?.scrollIntoView({ block: 'nearest' }));
  };
  const onBlur = (event: FocusEvent<HTMLElement>): void => {
    if (text.trim() === '' && event.relatedTarget && !event.currentTarget.contains(event.relatedTarget))
      startAdding(null);
  };
  return (
    <form
      className="cc-board-composer"
      aria-label={words.newCardIn(name)}
      onBlur={onBlur}
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <textarea
        ref={field}
        // biome-ignore lint/a11y/noAutofocus: the reader asked for this field by the button that it replaces
        autoFocus
        rows={2}
        aria-label={words.cardTitle}
        placeholder={words.newCardHint}
        enterKeyHint="done"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Enter' && !event.shiftKey) {
            event.preventDefault();
            add();
          } else if (event.key === 'Escape') {
            event.stopPropagation();
            onClose();
          }
        }}
      />
      <div className="cc-board-composer__foot">
        <Button type="submit" variant="primary" size="small">
          {words.addCard}
        </Button>
        <IconButton label={words.stopAdding} icon={<X />} size="small" onClick={onClose} />
      </div>
    </form>
  );
}
