import { CircleCheck, CloudCheck, CloudOff, HardDrive, RefreshCw, TriangleAlert } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { announce } from '../components/live-region.tsx';
import { Popover } from '../components/popover.tsx';
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
  /** Something worth adding in words: why it is offline, when it tries again. */
  readonly detail?: string;
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

/** The honest badge: one of five sentences, at every width; its panel says what the sentence means. */
export function StatusBadge({ status }: { status: SaveStatus }) {
  const { state, waiting, detail } = status;
  const text = words.status[state](waiting);
  const Icon = ICON[state];
  useSpokenStatus(text, state);
  return (
    // Not live by role: every key press would be spoken. useSpokenStatus speaks what lasts.
    <div role="status" aria-live="off" aria-label={words.saveStatus} className="cc-status-slot">
      <Popover
        label={words.saveStatus}
        trigger={
          <button type="button" className={`cc-status cc-status--${state}`} aria-haspopup="dialog">
            <Icon aria-hidden="true" />
            <span className="cc-status__text" data-short={words.statusShort[state](waiting)}>
              <span>{text}</span>
            </span>
          </button>
        }
      >
        <div className="cc-status-panel">
          <p className="cc-status-panel__title">
            <Icon aria-hidden="true" />
            {text}
          </p>
          <p>{words.statusMeaning[state]}</p>
          {detail ? <p className="cc-status-panel__detail">{detail}</p> : null}
          <ol className="cc-steps">
            <Step done={state !== 'not-saved'} text={words.stepDevice} />
            <Step done={state === 'saved'} text={words.stepServer} />
          </ol>
        </div>
      </Popover>
    </div>
  );
}

const Step = ({ done, text }: { done: boolean; text: { done: string; open: string } }) => (
  <li className={done ? 'cc-steps__done' : undefined}>
    {done ? <CircleCheck aria-hidden="true" /> : <span className="cc-steps__open" />}
    {done ? text.done : text.open}
  </li>
);
