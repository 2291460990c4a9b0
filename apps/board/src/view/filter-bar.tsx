import { Button, classNames, IconButton, Menu, TextField } from '@concord/ui';
import { Archive, ListFilter, Search, X } from 'lucide-react';
import { type LabelColour, labelColours, labelName } from '../labels.ts';
import { isFiltering } from '../layout.ts';
import { useBoard } from '../session.ts';
import { clearFilter, setState, toggleFilterLabel, useStore } from '../store.ts';

/** Finds cards by words and labels, and opens the archive. Goes into the top bar. */
export function FilterBar() {
  const query = useStore((state) => state.query);
  const labels = useStore((state) => state.labels);
  const names = useBoard((view) => view.labelNames);
  const used = useUsedLabels();
  const offered = labelColours.filter((colour) => used.has(colour) || labels.includes(colour));
  return (
    <>
      <search className="cc-board-filter">
        <TextField
          label="Filter cards"
          hideLabel
          type="search"
          icon={<Search />}
          placeholder="Filter cards"
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
            offered.length > 0
              ? [
                  { type: 'heading', label: 'Cards with any of' },
                  ...offered.map((colour) => ({
                    type: 'check' as const,
                    label: labelName(names, colour),
                    checked: labels.includes(colour),
                    onChange: () => toggleFilterLabel(colour),
                  })),
                ]
              : [{ label: 'No card has a label yet', disabled: true, onSelect: () => undefined }]
          }
          trigger={
            <Button
              variant="ghost"
              icon={<ListFilter />}
              className={classNames(labels.length > 0 && 'cc-board-filter--on')}
              aria-label={labels.length > 0 ? `Labels: ${labels.length} chosen` : 'Filter by label'}
            >
              <span className="cc-board-wide">Labels</span>
              {labels.length > 0 ? ` · ${labels.length}` : null}
            </Button>
          }
        />
        {isFiltering({ query, labels }) ? (
          <IconButton label="Clear filter" icon={<X />} onClick={clearFilter} />
        ) : null}
      </search>
      <IconButton
        label="Archive"
        icon={<Archive />}
        data-archive
        onClick={() => setState({ archive: true })}
      />
    </>
  );
}

function useUsedLabels(): ReadonlySet<LabelColour> {
  const cards = useBoard((view) => view.cards);
  const used = new Set<LabelColour>();
  for (const card of Object.values(cards)) {
    if (card.archived) continue;
    for (const colour of labelColours) if (card.labels.includes(colour)) used.add(colour);
  }
  return used;
}
