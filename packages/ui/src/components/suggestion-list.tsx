import { Command as Parts } from 'cmdk';
import { type RefObject, useLayoutEffect, useState } from 'react';
import './suggestion-list.css';

export type SuggestionListProps = {
  list: RefObject<HTMLDivElement | null>;
  id: string;
  label: string;
  items: readonly string[];
  /** Which option is looked at: the id of its element, for `aria-activedescendant` of the field. */
  onActive: (id: string | null) => void;
  onChoose: (item: string) => void;
};

/**
 * What fits what is being typed, below the field that keeps the focus. The field hands its arrow keys and Enter on to
 * this element as events.
 */
export function SuggestionList({ list, id, label, items, onActive, onChoose }: SuggestionListProps) {
  const [value, setValue] = useState(items[0] ?? '');
  const shown = items.includes(value) ? value : (items[0] ?? '');
  const index = items.indexOf(shown);
  useLayoutEffect(() => {
    // The options are named by the list itself.
    onActive(list.current?.querySelector(`[data-at="${index}"]`)?.id ?? null);
    return () => onActive(null);
  }, [list, index, onActive]);
  return (
    <Parts
      ref={list}
      label={label}
      shouldFilter={false}
      value={shown}
      onValueChange={setValue}
      className="cc-suggestions"
      // A press must not take the focus out of the field.
      onMouseDown={(event) => event.preventDefault()}
    >
      <Parts.List id={id} label={label}>
        {items.map((item, at) => (
          <Parts.Item
            key={item}
            data-at={at}
            value={item}
            className="cc-suggestions__item"
            onSelect={() => onChoose(item)}
          >
            {item}
          </Parts.Item>
        ))}
      </Parts.List>
    </Parts>
  );
}
