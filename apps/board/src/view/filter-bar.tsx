import { Button, classNames, IconButton, Menu, type MenuEntry, TextField } from '@concord/ui';
import { Archive, ListFilter, Search, X } from 'lucide-react';
import { useMemo } from 'react';
import { labelColours, labelName } from '../labels.ts';
import { isFiltering } from '../layout.ts';
import { useBoard } from '../session.ts';
import { clearFilter, getState, setState, toggleFilterLabel, useStore } from '../store.ts';
import { words } from '../words.ts';

/** The board's own tools in the top bar. Where the bar is narrow the filter folds into a button. */
export function BoardBar() {
  const filtering = useStore((state) => state.filtering);
  const active = useStore(isFiltering);
  return (
    <div className="cc-board-bar">
      <FilterFields />
      <span className="cc-board-bar__narrow">
        <IconButton
          label={words.filter}
          icon={<Search />}
          aria-expanded={filtering}
          pressed={active}
          onClick={() => {
            setState({ filtering: !filtering });
            if (!filtering) setTimeout(focusFilter);
          }}
        />
      </span>
      <IconButton label={words.archive} icon={<Archive />} onClick={() => setState({ archive: true })} />
    </div>
  );
}

/** The filter's own row where the bar is too narrow for it. */
export function FilterRow() {
  const filtering = useStore((state) => state.filtering);
  return filtering ? (
    <div className="cc-board__filter-row">
      <FilterFields />
    </div>
  ) : null;
}

/** Puts the caret into the filter that can be seen; unfolds it first where it is folded. */
export function focusFilter(): void {
  const seen = [...document.querySelectorAll<HTMLInputElement>('[data-filter]')].find(
    (field) => field.offsetParent !== null,
  );
  if (seen) seen.focus();
  else if (!getState().filtering) {
    setState({ filtering: true });
    setTimeout(focusFilter);
  }
}

/** Finds cards by words and labels. */
function FilterFields() {
  const query = useStore((state) => state.query);
  const labels = useStore((state) => state.labels);
  const names = useBoard((view) => view.labelNames);
  const used = useUsedLabels();
  const offered = labelColours.filter((colour) => used.has(colour) || labels.includes(colour));
  const items: readonly MenuEntry[] = offered.map((colour) => ({
    type: 'check',
    label: labelName(names, colour),
    checked: labels.includes(colour),
    onChange: () => toggleFilterLabel(colour),
  }));
  return (
    <search className="cc-board-filter">
      <TextField
        label={words.filterCards}
        hideLabel
        type="search"
        icon={<Search />}
        placeholder={words.filterCards}
        data-filter
        value={query}
        onChange={(event) => setState({ query: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          if (query === '') event.currentTarget.blur();
          setState({ query: '' });
        }}
      />
      <Menu
        align="end"
        items={
          items.length > 0
            ? [{ type: 'heading', label: words.cardsWithAny }, ...items]
            : [{ label: words.noLabelYet, disabled: true, onSelect: () => undefined }]
        }
        trigger={
          <Button
            variant="ghost"
            icon={<ListFilter />}
            className={classNames(labels.length > 0 && 'cc-board-filter--on')}
            aria-label={labels.length > 0 ? words.labelsChosen(labels.length) : words.labelsToFilter}
          >
            {labels.length > 0 ? words.labelsCount(labels.length) : words.labels}
          </Button>
        }
      />
      {isFiltering({ query, labels }) ? (
        <IconButton label={words.clearFilter} icon={<X />} onClick={clearFilter} />
      ) : null}
    </search>
  );
}

function useUsedLabels(): ReadonlySet<string> {
  const cards = useBoard((view) => view.cards);
  return useMemo(() => {
    const used = new Set<string>();
    for (const card of Object.values(cards)) if (!card.archived) for (const key of card.labels) used.add(key);
    return used;
  }, [cards]);
}
