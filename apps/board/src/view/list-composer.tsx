import { stepOn } from '@concord/shell';
import { Button, IconButton } from '@concord/ui';
import { Plus, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { addList } from '../model.ts';
import { useEdit } from '../session.ts';
import { setState, useStore } from '../store.ts';
import { words } from '../words.ts';

/** The right end of the board: adds lists one after the other. */
export function ListComposer() {
  const open = useStore((state) => state.addingList);
  const edit = useEdit();
  const field = useRef<HTMLInputElement>(null);
  const back = useRef(false);
  const [title, setTitle] = useState('');
  if (!open) {
    return (
      <div className="cc-board-newlist">
        <Button
          variant="ghost"
          icon={<Plus />}
          className="cc-board-add"
          ref={(button) => {
            if (button && back.current) button.focus();
            back.current = false;
          }}
          onClick={() => setState({ addingList: true })}
        >
          {words.addAList}
        </Button>
      </div>
    );
  }
  const leave = (): void => setState({ addingList: false });
  const close = (): void => {
    back.current = true;
    leave();
  };
  const add = (): void => {
    field.current?.focus();
    if (title.trim() === '') return;
    edit(stepOn(words.addList, title.trim()), (root) => void addList(root, title.trim()));
    setTitle('');
    setTimeout(() => field.current?.scrollIntoView({ block: 'nearest', inline: 'end' }));
  };
  return (
    <form
      className="cc-board-newlist cc-board-newlist--open"
      aria-label={words.newList}
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <span className="cc-input">
        <input
          ref={field}
          // biome-ignore lint/a11y/noAutofocus: the reader asked for this field by the button that it replaces
          autoFocus
          type="text"
          aria-label={words.listTitle}
          placeholder={words.newListHint}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') close();
          }}
          onBlur={(event) => {
            if (
              title.trim() === '' &&
              event.relatedTarget &&
              !event.currentTarget.form?.contains(event.relatedTarget)
            )
              leave();
          }}
        />
      </span>
      <div className="cc-board-composer__foot">
        <Button type="submit" variant="primary" size="small">
          {words.addList}
        </Button>
        <IconButton label={words.stopAdding} icon={<X />} size="small" onClick={close} />
      </div>
    </form>
  );
}
