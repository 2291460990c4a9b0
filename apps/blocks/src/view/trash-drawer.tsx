import { EditOnly } from '@concord/shell';
import { Button, Dialog, EmptyState } from '@concord/ui';
import { Trash2 } from 'lucide-react';
import { nameOf } from '../names.ts';
import { subtree } from '../rows.ts';
import { setState, useStore } from '../store.ts';
import { words } from '../words.ts';
import { usePage, useTools } from './context.ts';

/** What was deleted, and text that lost its block: all of it comes back with one click. */
export function TrashDrawer() {
  const open = useStore((state) => state.trash);
  return open ? <Drawer /> : null;
}

function Drawer() {
  const { editing } = useTools();
  const { trash, strays } = usePage();
  return (
    <Dialog
      open
      title={words.trash}
      description={words.trashHint}
      className="cc-blocks-drawer"
      onOpenChange={() => setState({ trash: false })}
    >
      {trash.length + strays.length === 0 ? (
        <EmptyState title={words.trashEmpty} icon={<Trash2 />}>
          {words.trashEmptyHint}
        </EmptyState>
      ) : null}
      {strays.length > 0 ? (
        <section className="cc-blocks-part">
          <h3>{words.rescued}</h3>
          <p>{words.rescuedHint}</p>
          <ul className="cc-blocks-kept" aria-label={words.rescued}>
            {strays.map((stray) => (
              <li key={stray.id ?? 'origin'}>
                <span>{stray.text}</span>
                <EditOnly>
                  <Button
                    size="small"
                    aria-label={words.putNamed(nameOf({ text: stray.text, type: 'text' }))}
                    onClick={() => editing.rescue(stray.id)}
                  >
                    {words.put}
                  </Button>
                </EditOnly>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {trash.length > 0 ? (
        <section className="cc-blocks-part">
          <h3>{words.deletedBlocks}</h3>
          <ul className="cc-blocks-kept" aria-label={words.deletedBlocks}>
            {trash.toReversed().map((block) => {
              const more = subtree(block).length - 1;
              return (
                <li key={block.id}>
                  <span>
                    {nameOf(block)}
                    {more > 0 ? <small>{words.inside(more)}</small> : null}
                  </span>
                  <EditOnly>
                    <Button
                      size="small"
                      aria-label={words.restoreNamed(nameOf(block))}
                      onClick={() => editing.restore(block.id)}
                    >
                      {words.restore}
                    </Button>
                  </EditOnly>
                </li>
              );
            })}
          </ul>
        </section>
      ) : null}
    </Dialog>
  );
}
