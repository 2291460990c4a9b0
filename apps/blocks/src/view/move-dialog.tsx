import { ROOT } from '@concord/crdt';
import { Dialog, TextField } from '@concord/ui';
import { type CSSProperties, useMemo, useState } from 'react';
import { focusBlock } from '../focus.ts';
import { nameOf } from '../names.ts';
import { rowsOf, subtree } from '../rows.ts';
import { setState, useStore } from '../store.ts';
import { words } from '../words.ts';
import { usePage, useTools } from './context.ts';
import { TypeIcon } from './type-icon.tsx';

/** The way to move a block without dragging it: into another one, or to the top level. */
export function MoveDialog() {
  const moving = useStore((state) => state.moving);
  return moving === null ? null : <Targets id={moving} />;
}

function Targets({ id }: { id: string }) {
  const { editing } = useTools();
  const page = usePage();
  const [query, setQuery] = useState('');
  const block = page.byId.get(id);
  const targets = useMemo(() => {
    const own = new Set(block ? subtree(block).map((each) => each.id) : []);
    return rowsOf(page.blocks).filter((row) => !own.has(row.block.id) && row.block.type !== 'divider');
  }, [page.blocks, block]);
  const asked = query.trim().toLowerCase();
  const found = targets.filter((row) => row.block.text.toLowerCase().includes(asked));
  const close = (): void => {
    setState({ moving: null });
    requestAnimationFrame(() => focusBlock(id, 'keep'));
  };
  const move = (parent: string): void => {
    const siblings = parent === ROOT ? page.blocks : (page.byId.get(parent)?.children ?? []);
    const after = siblings.findLast((each) => each.id !== id)?.id ?? null;
    editing.move(id, { parent, after });
    close();
  };
  return (
    <Dialog open title={words.moveNamed(nameOf(block))} description={words.moveHint} onOpenChange={close}>
      <TextField
        label={words.findBlock}
        type="search"
        value={query}
        onChange={(event) => setQuery(event.target.value)}
      />
      <ul className="cc-blocks-targets" aria-label={words.places}>
        <li>
          <button type="button" className="cc-blocks-targets__one" onClick={() => move(ROOT)}>
            {words.endOfPage}
          </button>
        </li>
        {found.map(({ block: target, depth }) => (
          <li key={target.id}>
            <button
              type="button"
              className="cc-blocks-targets__one"
              style={{ '--cc-depth': asked === '' ? depth : 0 } as CSSProperties}
              onClick={() => move(target.id)}
            >
              <TypeIcon type={target.type} />
              <span>{nameOf(target)}</span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
