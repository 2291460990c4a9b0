import { Button, TextArea } from '@concord/ui';
import { SuggestionList } from '@concord/ui/suggestions';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { type Asked, askedAt } from './mentions.ts';
import { LONGEST_MESSAGE } from './threads.ts';
import { useNames } from './use-names.ts';
import { words } from './words.ts';

type ComposerProps = {
  label: string;
  placeholder: string;
  send: string;
  initial?: string;
  /** Takes the focus when it comes up. */
  focus?: boolean;
  /** Small until somebody writes in it. */
  folds?: boolean;
  onSend: (text: string) => void;
  onCancel?: () => void;
};

/** More than these are found by another letter. */
const MOST_NAMES = 6;

/** Where a comment is written. Mod+Enter sends it, Escape gives it up, @ offers the people to name. */
export function Composer(props: ComposerProps) {
  const { label, placeholder, send, initial = '', focus = false, folds = false, onSend, onCancel } = props;
  const field = useRef<HTMLTextAreaElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const listId = useId();
  const [text, setText] = useState(initial);
  const [inside, setInside] = useState(false);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [active, setActive] = useState<string | null>(null);
  const names = useNames();
  const query = asked?.query.toLocaleLowerCase() ?? '';
  const offered = asked
    ? names
        .filter((name) => name.toLocaleLowerCase().startsWith(query) && name.toLocaleLowerCase() !== query)
        .slice(0, MOST_NAMES)
    : [];
  const open = offered.length > 0;
  const tooLong = text.trim().length > LONGEST_MESSAGE;

  useEffect(() => {
    // After the panel has taken the focus to its own heading.
    if (focus) queueMicrotask(() => field.current?.focus());
  }, [focus]);

  const look = (): void => {
    const { value = '', selectionStart = 0 } = field.current ?? {};
    setAsked(askedAt(value, selectionStart));
  };
  const choose = (name: string): void => {
    if (!asked || !field.current) return;
    const start = `${text.slice(0, asked.from)}@${name} `;
    const rest = text.slice(asked.from + 1 + asked.query.length).trimStart();
    setText(start + rest);
    setAsked(null);
    // Once React has put the text there.
    requestAnimationFrame(() => field.current?.setSelectionRange(start.length, start.length));
  };
  const submit = (): void => {
    if (text.trim() === '' || tooLong) return;
    onSend(text);
    setText('');
    setAsked(null);
  };
  const cancel = (): void => {
    setText(initial);
    setAsked(null);
    onCancel?.();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.nativeEvent.isComposing) return;
    if (open && (event.key === 'ArrowDown' || event.key === 'ArrowUp' || event.key === 'Home')) {
      event.preventDefault();
      list.current?.dispatchEvent(new window.KeyboardEvent('keydown', { key: event.key, bubbles: true }));
    } else if (open && (event.key === 'Enter' || event.key === 'Tab')) {
      event.preventDefault();
      list.current?.dispatchEvent(new window.KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      submit();
    } else if (event.key === 'Escape' && (open || onCancel || text !== initial)) {
      event.preventDefault();
      if (open) setAsked(null);
      else cancel();
    }
  };

  const unfolded = !folds || inside || text !== '';
  return (
    <form
      className="cc-composer"
      data-folded={unfolded ? undefined : ''}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onFocus={() => setInside(true)}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setInside(false);
      }}
    >
      <TextArea
        ref={field}
        label={label}
        hideLabel
        placeholder={placeholder}
        rows={1}
        value={text}
        {...(tooLong && { error: words.tooLong(LONGEST_MESSAGE) })}
        {...(open && {
          'aria-autocomplete': 'list' as const,
          'aria-controls': listId,
          ...(active !== null && { 'aria-activedescendant': active }),
        })}
        onChange={(event) => {
          setText(event.currentTarget.value);
          look();
        }}
        onSelect={look}
        onBlur={() => setAsked(null)}
        onKeyDown={onKeyDown}
      />
      {open ? (
        <SuggestionList
          list={list}
          id={listId}
          label={words.people}
          items={offered}
          onActive={setActive}
          onChoose={choose}
        />
      ) : null}
      {unfolded ? (
        <Foot>
          {onCancel ? (
            <Button size="small" variant="ghost" onClick={cancel}>
              {words.cancel}
            </Button>
          ) : null}
          <Button size="small" variant="primary" type="submit" disabled={text.trim() === '' || tooLong}>
            {send}
          </Button>
        </Foot>
      ) : null}
    </form>
  );
}

const Foot = ({ children }: { children: ReactNode }) => <div className="cc-composer__foot">{children}</div>;
