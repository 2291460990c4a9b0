import { LinkDialog } from './link-dialog.tsx';
import { LinksPanel } from './links-panel.tsx';
import { SettingsPanel } from './settings-panel.tsx';
import { TaskDialog } from './task-dialog.tsx';
import { TrashPanel } from './trash-panel.tsx';

/** Everything that opens above the plan; loaded after the plan is shown. */
export default function Dialogs() {
  return (
    <>
      <TaskDialog />
      <LinkDialog />
      <LinksPanel />
      <TrashPanel />
      <SettingsPanel />
    </>
  );
}
