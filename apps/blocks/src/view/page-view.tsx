import { download, EditOnly, EmptyDocument, FrameBanner, fileName, useFrameMenu } from '@concord/shell';
import { Banner, Button, type MenuEntry } from '@concord/ui';
import { FileDown, Plus, Trash2 } from 'lucide-react';
import { useMemo } from 'react';
import type { Editing } from '../editing.ts';
import { writeMarkdown } from '../markdown.ts';
import { rowsOf } from '../rows.ts';
import { setState, useStore } from '../store.ts';
import { words } from '../words.ts';
import { usePage, useTools } from './context.ts';
import { DropLine } from './drop-line.tsx';
import { EmptyPage } from './empty-page.tsx';
import { RowView } from './row.tsx';
import { useBlockCommands } from './use-block-commands.ts';
import { useFocusKeeper } from './use-focus-keeper.ts';

/** Up to here every block has its editor all the time. */
const MANY = 80;

function menuOf(editing: Editing): readonly MenuEntry[] {
  const exported = (): void => {
    const { title } = editing.session.doc.view;
    download(fileName(title, 'md'), new TextEncoder().encode(writeMarkdown(title, editing.page.blocks)));
  };
  return [
    { label: words.trash, icon: <Trash2 />, onSelect: () => setState({ trash: true }) },
    { label: words.exportMarkdown, icon: <FileDown />, onSelect: exported },
  ];
}

export function PageView() {
  const { editing } = useTools();
  const page = usePage();
  const folds = useStore((state) => state.folds);
  const now = useMemo(() => rowsOf(page.blocks, folds), [page.blocks, folds]);
  // While something is dragged the page stands still; what others do is shown at the drop.
  const drag = useStore((state) => state.drag);
  const rows = drag?.rows ?? now;
  useFocusKeeper(rows);

  useFrameMenu(useMemo(() => menuOf(editing), [editing]));
  useBlockCommands();

  return (
    <>
      {page.strays.length > 0 ? (
        <FrameBanner>
          <Banner
            tone="warning"
            action={
              <Button size="small" onClick={() => setState({ trash: true })}>
                {words.showRescued}
              </Button>
            }
          >
            {words.strays}
          </Banner>
        </FrameBanner>
      ) : null}
      <div className="cc-blocks" data-dragging={drag ? '' : undefined}>
        <div className="cc-blocks-sheet">
          {rows.length === 0 ? (
            <EmptyDocument>
              <EmptyPage />
            </EmptyDocument>
          ) : (
            <>
              <div className="cc-blocks-list">
                <ul aria-label={words.blocks}>
                  {rows.map(({ block, depth, number }) => (
                    <RowView
                      key={block.id}
                      block={block}
                      depth={depth}
                      number={number}
                      alone={rows.length === 1}
                      dragged={drag?.id === block.id}
                      many={rows.length > MANY}
                    />
                  ))}
                </ul>
                {drag ? <DropLine drag={drag} /> : null}
              </div>
              <EditOnly>
                <Button
                  variant="ghost"
                  size="small"
                  className="cc-blocks-add"
                  icon={<Plus />}
                  onClick={() => editing.writeAtEnd()}
                >
                  {words.addBlock}
                </Button>
                {/* For the pointer only: a click below the last block writes there, as the button does. */}
                <div className="cc-blocks-tail" aria-hidden="true" onClick={() => editing.writeAtEnd()} />
              </EditOnly>
            </>
          )}
        </div>
      </div>
    </>
  );
}
