import { CloudCheck, CloudOff, HardDrive, RefreshCw, TriangleAlert } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { announce } from '../components/live-region.tsx';
import { words } from '../words.ts';

/**
 * Where the user's latest changes are. `saved`: on the server's disk. `saving`: on their way. `saved-here`: on this
 * device, the server is slow or away for a moment. `offline`: on this device, no connection. `not-saved`: only in memory.
 */
export type SaveState = 'saved' | 'saving' | 'saved-here' | 'offline' | 'not-saved';

export type SaveStatus = {
  readonly state: SaveState;
  /** Changes that the server has not acknowledged. */
  readonly waiting: number;
};

const ICON = {
  saved: CloudCheck,
  saving: RefreshCw,
  'saved-here': HardDrive,
  offline: CloudOff,
  'not-saved': TriangleAlert,
} as const;

/** How long a state must hold before it is spoken, in milliseconds: typing must not chatter. */
const SETTLE = 1200;

function useSpokenStatus(text: string, state: SaveState): void {
  const spoken = useRef({ text, state });
  useEffect(() => {
    const before = spoken.current;
    const routine = (each: SaveState) => each === 'saved' || each === 'saving';
    if (text === before.text || state === 'saving') return;
    const timer = setTimeout(() => {
      spoken.current = { text, state };
      if (!(routine(before.state) && routine(state))) announce(text);
    }, SETTLE);
    return () => clearTimeout(timer);
  }, [text, state]);
}

export type StatusBadgeProps = {
  status: SaveStatus;
  /** Shows what the words mean, and all else that there is to know. */
  onOpen?: (() => void) | undefined;
  /** Whether that is in view. */
  isOpen?: boolean;
};

/** The honest badge: one of five sentences, at every width. */
export function StatusBadge({ status, onOpen, isOpen = false }: StatusBadgeProps) {
  const { state, waiting } = status;
  const text = words.status[state](waiting);
  useSpokenStatus(text, state);
  return (
    // Not live by role: every key press would be spoken. useSpokenStatus speaks what lasts.
    <div role="status" aria-live="off" aria-label={words.saveStatus} className="cc-status-slot">
      <button
        type="button"
        className={`cc-status cc-status--${state}`}
        aria-expanded={isOpen}
        onClick={onOpen}
      >
        <StatusIcon state={state} />
        <span className="cc-status__text" data-short={words.statusShort[state](waiting)}>
          <span>{text}</span>
        </span>
      </button>
    </div>
  );
}

/** The badge's sentence. */
export const statusWords = ({ state, waiting }: SaveStatus): string => words.status[state](waiting);

/** The badge's sign. */
export function StatusIcon({ state }: { state: SaveState }) {
  const Icon = ICON[state];
  return <Icon aria-hidden="true" />;
}
