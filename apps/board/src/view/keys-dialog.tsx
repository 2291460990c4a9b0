import { Dialog, Kbd } from '@concord/ui';
import { setState, useStore } from '../store.ts';

const KEYS: readonly (readonly [keys: readonly string[], what: string])[] = [
  [['Up', 'Down'], 'Go to the card above or below'],
  [['Left', 'Right'], 'Go to the next list'],
  [['Enter'], 'Open the card'],
  [['Space'], 'Pick up and drop; arrows move, Escape cancels'],
  [['Shift+Up', 'Shift+Down', 'Shift+Left', 'Shift+Right'], 'Move the card at once'],
  [['M'], 'Move to…'],
  [['N'], 'New card'],
  [['C'], 'Archive the card'],
  [['/'], 'Filter cards'],
  [['Mod+Z', 'Mod+Shift+Z'], 'Undo, redo your own changes'],
  [['?'], 'Show these keys'],
];

/** Every key of the board. */
export function KeysDialog() {
  const open = useStore((state) => state.keys);
  return (
    <Dialog open={open} title="Keyboard shortcuts" onOpenChange={(keys) => setState({ keys })}>
      <dl className="cc-board-keys">
        {KEYS.map(([keys, what]) => (
          <div key={what}>
            <dt>
              {keys.map((key) => (
                <Kbd key={key} shortcut={key} />
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
