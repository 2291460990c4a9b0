import { EditOnly } from '@concord/shell';
import { Button, Dialog, EmptyState } from '@concord/ui';
import { Trash2 } from 'lucide-react';
import { subtree } from '../rows.ts';
import { setState, useStore } from '../store.ts';
import { nameOf } from '../words.ts';
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
      title="Trash"
      description="Deleted blocks keep what they hold, and what others type into them."
      className="cc-blocks-drawer"
      onOpenChange={() => setState({ trash: false })}
    >
      {trash.length + strays.length === 0 ? (
        <EmptyState title="The trash is empty" icon={<Trash2 />}>
          Deleted blocks wait here until someone wants them back.
        </EmptyState>
      ) : null}
      {strays.length > 0 ? (
        <section className="cc-blocks-part">
          <h3>Rescued text</h3>
          <p>Its block was taken apart while somebody wrote in it.</p>
          <ul className="cc-blocks-kept" aria-label="Rescued text">
            {strays.map((stray) => (
              <li key={stray.id ?? 'origin'}>
                <span>{stray.text}</span>
                <EditOnly>
                  <Button
                    size="small"
                    aria-label={`Put ${nameOf({ text: stray.text, type: 'text' })} on the page`}
                    onClick={() => editing.rescue(stray.id)}
                  >
                    Put on the page
                  </Button>
                </EditOnly>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {trash.length > 0 ? (
        <section className="cc-blocks-part">
          <h3>Deleted blocks</h3>
          <ul className="cc-blocks-kept" aria-label="Deleted blocks">
            {trash.toReversed().map((block) => {
              const more = subtree(block).length - 1;
              return (
                <li key={block.id}>
                  <span>
                    {nameOf(block)}
                    {more > 0 ? <small>and {more === 1 ? '1 block' : `${more} blocks`} inside</small> : null}
                  </span>
                  <EditOnly>
                    <Button
                      size="small"
                      aria-label={`Restore ${nameOf(block)}`}
                      onClick={() => editing.restore(block.id)}
                    >
                      Restore
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
