import { CommentBadge, EditOnly, useMayEdit } from '@concord/shell';
import { Avatar, IconButton } from '@concord/ui';
import { useDraggable } from '@dnd-kit/core';
import { ChevronRight, GripVertical, Plus } from 'lucide-react';
import { type CSSProperties, type HTMLAttributes, memo, useSyncExternalStore } from 'react';
import { nameOf } from '../names.ts';
import type { Block } from '../page.ts';
import { personOf } from '../presence.ts';
import { isCollapsed } from '../rows.ts';
import { fold, setState, useStore } from '../store.ts';
import { words } from '../words.ts';
import { useTools } from './context.ts';
import { Divider } from './divider.tsx';
import { EditorHost } from './editor-host.tsx';
import { Sign } from './sign.tsx';

type Props = {
  block: Block;
  depth: number;
  number: number | null;
  /** The only block of the page: it says what can be done even while nobody is in it. */
  alone: boolean;
  dragged: boolean;
  /** Whether the page has so many blocks that only those near the screen have editors. */
  many: boolean;
};

/** One block: its handle, its sign (bullet, number, box, arrow), its text, and who else is in it. */
export const RowView = memo(function RowView({ block, depth, number, alone, dragged, many }: Props) {
  const { id, type, attrs, text } = block;
  const { name, hint } = words.types[type];
  const empty = text === '';
  const { editing } = useTools();
  const mayEdit = useMayEdit();
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: ARIA 1.2 has levels of list items; rows are siblings at any level
    <li
      aria-level={depth + 1}
      className="cc-blocks-row"
      data-block={id}
      data-type={type}
      data-checked={type === 'todo' && attrs.checked === true ? '' : undefined}
      data-dragged={dragged ? '' : undefined}
      style={{ '--cc-depth': depth } as CSSProperties}
    >
      <Handles block={block} />
      <Sign
        block={block}
        depth={depth}
        number={number}
        onCheck={mayEdit ? (checked) => editing.setChecked(id, checked) : undefined}
      />
      <div
        className="cc-blocks-body"
        data-hint={empty && mayEdit ? hint : undefined}
        data-alone={alone ? '' : undefined}
      >
        {type === 'divider' ? <Divider block={block} /> : null}
        {type === 'divider' && empty ? null : <EditorHost block={block} label={name} many={many} />}
      </div>
      <CommentBadge id={id} />
      <Visitors id={id} />
    </li>
  );
});

function Handles({ block }: { block: Block }) {
  const { editing } = useTools();
  const { id } = block;
  const mayEdit = useMayEdit();
  const { setNodeRef, setActivatorNodeRef, listeners, attributes } = useDraggable({ id, disabled: !mayEdit });
  const { onMouseDown, onTouchStart, onKeyDown } = (listeners ?? {}) as Pick<
    HTMLAttributes<HTMLElement>,
    'onMouseDown' | 'onTouchStart' | 'onKeyDown'
  >;
  const folds = block.children.length > 0;
  const collapsed = useStore((state) => isCollapsed(block, state.folds));
  return (
    <div className="cc-blocks-handles" ref={setNodeRef}>
      <EditOnly>
        <IconButton
          className="cc-blocks-plus"
          size="small"
          tabIndex={-1}
          label={words.addBelow(nameOf(block))}
          icon={<Plus />}
          tooltip={false}
          onClick={() => editing.addBelow(id)}
        />
        <button
          type="button"
          ref={setActivatorNodeRef}
          className="cc-blocks-handle"
          data-handle={id}
          aria-label={words.moveOrChange(nameOf(block))}
          aria-haspopup="menu"
          aria-describedby={attributes['aria-describedby']}
          title={words.handleHint}
          onMouseDown={onMouseDown}
          onTouchStart={onTouchStart}
          onKeyDown={onKeyDown}
          onClick={(event) => {
            const { left, bottom } = event.currentTarget.getBoundingClientRect();
            setState({ menu: { block: id, at: { x: left, y: bottom } } });
          }}
        >
          <GripVertical aria-hidden="true" />
        </button>
      </EditOnly>
      {folds ? (
        <button
          type="button"
          className="cc-blocks-fold"
          aria-expanded={!collapsed}
          aria-label={(collapsed ? words.expandNamed : words.collapseNamed)(nameOf(block))}
          onClick={() => (mayEdit ? editing.toggleCollapsed(id) : fold([id], !collapsed))}
        >
          <ChevronRight aria-hidden="true" />
        </button>
      ) : null}
    </div>
  );
}

function Visitors({ id }: { id: string }) {
  const { presence } = useTools();
  const peers = useSyncExternalStore(
    (listener) => presence.subscribe(id, listener),
    () => presence.of(id),
  );
  if (peers.length === 0) return null;
  return (
    <ul className="cc-blocks-visitors" aria-label={words.peopleHere}>
      {peers.slice(0, 3).map((peer) => (
        <li key={peer.id}>
          <Avatar person={personOf(peer)} size="small" />
        </li>
      ))}
    </ul>
  );
}
