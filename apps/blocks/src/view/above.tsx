import { EditOnly } from '@concord/shell';
import { FormatBar } from './format-bar.tsx';
import { LinkDialog } from './link-dialog.tsx';
import { MoveDialog } from './move-dialog.tsx';
import { Trash } from './trash.tsx';

/** What opens above the page by itself or in a window of its own; loaded after the page is shown. */
export default function Above() {
  return (
    <>
      <EditOnly>
        <FormatBar />
        <LinkDialog />
        <MoveDialog />
      </EditOnly>
      <Trash />
    </>
  );
}
