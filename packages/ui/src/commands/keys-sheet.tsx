import { Dialog } from '../components/dialog.tsx';
import { Kbd } from '../components/kbd.tsx';
import { words } from '../words.ts';
import { byGroup } from './group.ts';
import type { CommandListProps } from './palette.tsx';
import './commands.css';

/** Every key that does something here, under the headings of the palette. */
export default function KeysSheet({ commands, onClose }: CommandListProps) {
  return (
    <Dialog
      open
      size="large"
      title={words.keyboardShortcuts}
      description={words.keysHint}
      onOpenChange={(open) => !open && onClose()}
    >
      <div className="cc-keys">
        {byGroup(commands.filter(({ keys }) => keys?.length)).map(([group, members]) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>
              {members.map((command) => (
                <div key={command.id}>
                  <dt>{command.title}</dt>
                  <dd>
                    {command.keys?.map((keys) => (
                      <Kbd key={keys} shortcut={keys} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
