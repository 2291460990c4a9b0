import { EditOnly, stepOn, useTrace } from '@concord/shell';
import { Badge, classNames, IconButton, Menu, type MenuEntry } from '@concord/ui';
import {
  Archive,
  ArrowLeft,
  ArrowLeftRight,
  ArrowRight,
  Ellipsis,
  GripVertical,
  PenLine,
  Plus,
} from 'lucide-react';
import { memo, useRef } from 'react';
import { listName, useActions } from '../actions.ts';
import { useDragSource } from '../dnd/use-drag-source.ts';
import type { Column as ColumnLayout } from '../layout.ts';
import { gapAt, renameList } from '../model.ts';
import { useBoard, useEdit } from '../session.ts';
import { startAdding, startMoving, useStore } from '../store.ts';
import { words } from '../words.ts';
import { CardComposer } from './card-composer.tsx';
import { CardTile } from './card-tile.tsx';
import { DropLine } from './drop-line.tsx';
import { useShown } from './shown.ts';
import { useDraft } from './use-draft.ts';

export interface ColumnProps {
  column: ColumnLayout;
  /** How many cards the list has besides what the filter lets pass. */
  total: number;
  /** Cards that stand elsewhere by now, while the reader's own drag keeps the screen still. */
  leaving: ReadonlySet<string>;
}

/** One list: its head, its cards, and the line that adds more. */
export const Column = memo(function Column({ column, total, leaving }: ColumnProps) {
  const { id, cards } = column;
  const title = useBoard((view) => view.lists[id]?.title);
  const name = listName(title);
  const trace = useTrace(id);
  const drag = useDragSource('list', id);
  const dragged = useStore((state) => state.drag?.id === id);
  const aim = useStore(({ drag }) => drag?.kind === 'card' && drag.over?.parent === id);
  const stop = useStore((state) => state.stops[id]);
  const edge = useStore(({ drag }) => (drag?.kind === 'list' ? drag.over?.index : undefined));
  const mover = useStore((state) => state.visitors[id]?.find((visitor) => visitor.drags)?.person);
  const at = useColumnIndex(id);
  const tabStop = stop !== undefined && cards.includes(stop) ? stop : cards[0];
  return (
    <section
      ref={drag.ref}
      data-column={id}
      data-presence={mover?.colour}
      {...trace}
      aria-label={name}
      className={classNames(
        'cc-board-list',
        dragged && 'cc-board-list--dragged',
        aim && 'cc-board-list--aim',
        mover && 'cc-board-list--marked',
        edge !== undefined && edge === at.before && 'cc-board-list--edge-start',
        edge !== undefined && edge === at.after && at.last && 'cc-board-list--edge-end',
      )}
    >
      <div className="cc-board-list__head" {...drag.pointer}>
        <EditOnly>
          <button
            type="button"
            ref={drag.handleRef}
            className="cc-board-list__grip"
            aria-label={words.dragList(name)}
            aria-describedby={drag.describedBy}
            onKeyDown={drag.onKeyDown}
          >
            <GripVertical aria-hidden="true" />
          </button>
        </EditOnly>
        <ListTitle id={id} title={title ?? ''} />
        <Badge>{cards.length === total ? total : words.ofAll(cards.length, total)}</Badge>
        <EditOnly>
          <ListMenu id={id} name={name} />
        </EditOnly>
      </div>
      {/* biome-ignore lint/a11y/noRedundantRoles: Safari drops the role of a list without bullets */}
      <ul role="list" className="cc-board-cards" data-list={id} aria-label={name}>
        {cards.map((card) => (
          <CardTile key={card} id={card} list={id} stop={card === tabStop} leaving={leaving.has(card)} />
        ))}
        <DropLine list={id} />
      </ul>
      {cards.length === 0 && !aim ? (
        <p className="cc-board-list__empty">{total === 0 ? words.noCards : words.noMatch}</p>
      ) : null}
      <EditOnly>
        <CardComposer list={id} name={name} />
      </EditOnly>
    </section>
  );
});

/** Which slots of a dragged list lie at this column's edges: the slots count the columns without the dragged one. */
function useColumnIndex(id: string): { before: number; after: number; last: boolean } {
  const shown = useShown();
  const dragged = useStore(({ drag }) => (drag?.kind === 'list' ? drag.id : null));
  if (dragged === null || dragged === id) return { before: -1, after: -1, last: false };
  const others = shown.current.columns.filter((column) => column.id !== dragged);
  const index = others.findIndex((column) => column.id === id);
  return { before: index, after: index + 1, last: index === others.length - 1 };
}

function ListTitle({ id, title }: { id: string; title: string }) {
  const edit = useEdit();
  const draft = useDraft(title, (text) => {
    if (text.trim() !== '')
      edit(stepOn(words.renameList, listName(title)), (root) => renameList(root, id, text.trim()));
  });
  return (
    <h2 className="cc-board-list__title">
      <input
        {...draft}
        data-title={id}
        aria-label={words.listTitle}
        placeholder={words.untitledList}
        onKeyDown={(event) => {
          draft.onKeyDown(event);
          if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
        }}
        onMouseDown={(event) => {
          // In a field with the caret a drag selects text.
          if (document.activeElement === event.currentTarget) event.stopPropagation();
        }}
      />
    </h2>
  );
}

function ListMenu({ id, name }: { id: string; name: string }) {
  const renaming = useRef(false);
  const actions = useActions();
  const shown = useShown();
  const step = (by: -1 | 1): void => {
    const order = shown.current.columns.map((column) => column.id);
    const rest = order.filter((each) => each !== id);
    actions.moveList(id, gapAt(rest, Math.max(0, order.indexOf(id) + by)));
  };
  const items: MenuEntry[] = [
    { label: words.addACard, icon: <Plus />, onSelect: () => startAdding(id) },
    {
      label: words.renameList,
      icon: <PenLine />,
      onSelect: () => {
        renaming.current = true;
      },
    },
    { type: 'separator' },
    { label: words.moveListTo, icon: <ArrowLeftRight />, onSelect: () => startMoving({ kind: 'list', id }) },
    { label: words.moveListLeft, icon: <ArrowLeft />, onSelect: () => step(-1) },
    { label: words.moveListRight, icon: <ArrowRight />, onSelect: () => step(1) },
    { type: 'separator' },
    { label: words.archiveList, icon: <Archive />, onSelect: () => actions.archiveList(id) },
  ];
  return (
    <Menu
      align="end"
      items={items}
      trigger={
        <IconButton
          label={words.listActions(name)}
          icon={<Ellipsis />}
          size="small"
          onFocus={() => {
            // The menu gives the focus back to its button, from where it goes on to the title.
            if (!renaming.current) return;
            renaming.current = false;
            const input = document.querySelector<HTMLInputElement>(`[data-title="${CSS.escape(id)}"]`);
            input?.focus();
            input?.select();
          }}
        />
      }
    />
  );
}
