import { type KeyboardEvent, useRef, useState } from 'react';
import { words } from '../words.ts';

export type TitleFieldProps = {
  title: string;
  onTitleChange?: ((title: string) => void) | undefined;
};

/**
 * The document's name, edited in place. While the field has the focus it shows what this user types, whatever
 * arrives from others; afterwards it shows what the document says. Escape puts back what stood there before.
 */
export function TitleField({ title, onTitleChange }: TitleFieldProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const before = useRef(title);
  if (!onTitleChange) return <h1 className="cc-title">{title || words.untitled}</h1>;

  const change = (text: string, composing: boolean): void => {
    setDraft(text);
    if (!composing && text !== title) onTitleChange(text);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') change(before.current, false);
    if (event.key === 'Escape' || event.key === 'Enter') event.currentTarget.blur();
  };
  return (
    <h1 className="cc-title">
      <input
        className="cc-title__input"
        aria-label={words.title}
        placeholder={words.untitled}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        size={Math.max(8, (draft ?? title).length)}
        value={draft ?? title}
        onFocus={() => {
          before.current = title;
          setDraft(title);
        }}
        onChange={(event) =>
          change(
            event.currentTarget.value,
            event.nativeEvent instanceof InputEvent && event.nativeEvent.isComposing,
          )
        }
        onCompositionEnd={(event) => change(event.currentTarget.value, false)}
        onBlur={() => setDraft(null)}
        onKeyDown={onKeyDown}
      />
    </h1>
  );
}
