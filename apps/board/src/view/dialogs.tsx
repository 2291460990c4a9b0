import { EditOnly } from '@concord/shell';
import './card-dialog/card-dialog.css';
import { ArchivePanel } from './archive-panel.tsx';
import { CardDialog } from './card-dialog/index.tsx';
import { MoveDialog } from './move-dialog.tsx';

/** All that opens above the board. Nobody needs it before the board itself is on the screen. */
export default function Dialogs() {
  return (
    <>
      <CardDialog />
      <EditOnly>
        <MoveDialog />
      </EditOnly>
      <ArchivePanel />
    </>
  );
}
