import { Tooltip } from 'radix-ui';
import { Kbd } from '../components/kbd.tsx';
import { Borrowed } from './borrowed.tsx';
import type { Tip } from './contract.ts';

let byKeys = true;
addEventListener('keydown', () => (byKeys = true), true);
addEventListener('pointerdown', () => (byKeys = false), true);

/** See Tooltip. */
export const TooltipParts = ({ tip }: { tip: Tip | null }) => (
  <Tooltip.Provider delayDuration={450} skipDelayDuration={200}>
    {tip ? (
      <Tooltip.Root key={tip.id}>
        <Tooltip.Trigger
          asChild
          // A button that opens a menu has a state already.
          data-state={undefined}
          onFocus={(event) => {
            // Focus that comes back from a menu by mouse is no wish to read the name, though browsers show it as by keys.
            if (!byKeys || !event.currentTarget.matches(':focus-visible')) event.preventDefault();
          }}
        >
          <Borrowed lent={tip.lent} />
        </Tooltip.Trigger>
        <Tooltip.Portal>
          <Tooltip.Content
            className="cc-tooltip"
            side={tip.side ?? 'bottom'}
            sideOffset={6}
            collisionPadding={8}
          >
            {tip.label}
            {tip.shortcut ? <Kbd shortcut={tip.shortcut} /> : null}
          </Tooltip.Content>
        </Tooltip.Portal>
      </Tooltip.Root>
    ) : null}
  </Tooltip.Provider>
);
