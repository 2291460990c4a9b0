import { useMayEdit } from '@concord/shell';
import { TrashDrawer } from '@concord/ui/trash';
import { Trash2 } from 'lucide-react';
import { nameOf } from '../names.ts';
import { subtree } from '../rows.ts';
import { setState, useStore } from '../store.ts';
import { words } from '../words.ts';
import { usePage, useTools } from './context.ts';

/** What was deleted, and text that lost its block: all of it comes back with one click. */
export function Trash() {
  const open = useStore((state) => state.trash);
  return open ? <Drawer /> : null;
}

function Drawer() {
  const { editing } = useTools();
  const { trash, strays } = usePage();
  const rescued = strays.map(({ id, text }) => ({
    id: id ?? 'origin',
    name: text,
    restoreLabel: words.putNamed(nameOf({ text, type: 'text' })),
    onRestore: () => editing.rescue(id),
  }));
  const deleted = trash.map((block) => {
    const more = subtree(block).length - 1;
    return {
      id: block.id,
      name: nameOf(block),
      note: more > 0 ? words.inside(more) : null,
      restoreLabel: words.restoreNamed(nameOf(block)),
      onRestore: () => editing.restore(block.id),
    };
  });
  return (
    <TrashDrawer
      title={words.trash}
      description={words.trashHint}
      icon={<Trash2 />}
      emptyTitle={words.trashEmpty}
      emptyHint={words.trashEmptyHint}
      parts={[
        {
          label: words.rescued,
          title: words.rescued,
          hint: words.rescuedHint,
          restore: words.put,
          items: rescued,
        },
        {
          label: words.deletedBlocks,
          title: words.deletedBlocks,
          restore: words.restore,
          items: deleted,
        },
      ]}
      mayRestore={useMayEdit()}
      onClose={() => setState({ trash: false })}
    />
  );
}
