import { Tooltip } from '@concord/ui';
import { FlaskConical } from 'lucide-react';
import { useShell } from '../shell.tsx';
import { words } from '../words.ts';
import { useNetwork } from './use-network.ts';

/** Stands in the bar as long as the page's network is made bad on purpose: nobody is to take that for a fault. */
export function NetworkChip() {
  const { network, openPanel } = useShell();
  const name = useNetwork(network);
  if (name === 'good') return null;
  const text = name === null ? words.simulated.other : words.simulated[name];
  return (
    <Tooltip label={words.simulatedHint}>
      <button type="button" className="cc-mode cc-mode--network" onClick={() => openPanel('status')}>
        <FlaskConical aria-hidden="true" />
        <span>{text}</span>
      </button>
    </Tooltip>
  );
}
