import './status.css';
import { useStatus } from '@concord/react';
import type { NetworkName, Status } from '@concord/sync';
import { Checkbox, formatLocale, SegmentedControl, SidePanel, StatusIcon, statusWords } from '@concord/ui';
import { CircleCheck, CircleDashed, TriangleAlert } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { problemText } from '../frame/problem.ts';
import { useShell } from '../shell.tsx';
import { words as shellWords } from '../words.ts';
import { meaningOf } from './meaning.ts';
import { savedAt } from './saved-at.ts';
import { Sparkline } from './sparkline.tsx';
import { useNetwork } from './use-network.ts';
import { words } from './words.ts';

/** Milliseconds between questions to the relay while somebody looks at how fast it answers. */
const ASK_EVERY = 2_000;
const NETWORKS: readonly NetworkName[] = ['good', 'slow', 'lossy', 'cut'];

/** All that there is to know of where this user's changes are and how the line is, live. */
export default function StatusPanel() {
  const { session, closePanel } = useShell();
  const status = useStatus(session);
  const { badge, waiting, problem } = status;
  useQuestions(() => session.probe());
  return (
    <SidePanel title={shellWords.whereChangesAre} onClose={closePanel}>
      <div className="cc-where">
        <section>
          <p className={`cc-where__badge cc-where__badge--${badge}`}>
            <StatusIcon state={badge} />
            {statusWords({ state: badge, waiting })}
          </p>
          <p>{meaningOf(status)}</p>
          {problem ? <p className="cc-where__error">{problemText(problem)}</p> : null}
          <ul className="cc-where__places">
            <Place name={words.thisDevice} state={deviceOf(status)} />
            <Place name={words.server} state={serverOf(status)} />
          </ul>
          <LastSaved />
        </section>
        <Connection status={status} />
        <Network />
      </div>
    </SidePanel>
  );
}

/** Asks now and then while the panel is open, and renders again with the answers. */
function useQuestions(ask: () => void): void {
  const [, again] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the session stays the same
  useEffect(() => {
    ask();
    const timer = setInterval(() => {
      ask();
      again((count) => count + 1);
    }, ASK_EVERY);
    return () => clearInterval(timer);
  }, []);
}

type PlaceState = { readonly kind: 'done' | 'open' | 'bad'; readonly text: string };

function deviceOf({ local }: Status): PlaceState {
  if (local === 'saved') return { kind: 'done', text: words.deviceSaved };
  return local === 'saving'
    ? { kind: 'open', text: words.deviceSaving }
    : { kind: 'bad', text: words.deviceUnavailable };
}

const serverOf = ({ waiting }: Status): PlaceState =>
  waiting === 0
    ? { kind: 'done', text: words.serverHasAll }
    : { kind: 'open', text: words.serverWaits(waiting) };

const SIGNS = { done: CircleCheck, open: CircleDashed, bad: TriangleAlert } as const;

function Place({ name, state: { kind, text } }: { name: string; state: PlaceState }) {
  const Sign = SIGNS[kind];
  return (
    <li className={`cc-where__place cc-where__place--${kind}`}>
      <Sign aria-hidden="true" />
      <span>
        <strong>{name}</strong> {text}
      </span>
    </li>
  );
}

function LastSaved() {
  const { session } = useShell();
  const at = savedAt(session);
  if (at === null) return null;
  const time = new Intl.DateTimeFormat(formatLocale(), { timeStyle: 'medium' }).format(at);
  return <p className="cc-where__note">{words.lastSaved(time)}</p>;
}

function Connection({ status: { remote, transport, roundTrip, role, workOffline } }: { status: Status }) {
  const { session } = useShell();
  const samples = remote === 'live' ? session.roundTrips : [];
  const ms = (value: number): string =>
    words.milliseconds(new Intl.NumberFormat(formatLocale()).format(Math.round(value)));
  const line =
    remote === 'live' ? words.live : remote === 'connecting' ? words.connecting : words.offlineLine;
  return (
    <section>
      <h3>{words.connection}</h3>
      <dl className="cc-where__facts">
        <Fact name={words.server}>{workOffline ? words.offlineByChoice : line}</Fact>
        {transport ? <Fact name={words.transport}>{transport}</Fact> : null}
        {remote === 'live' ? (
          <Fact name={words.answers}>
            {roundTrip ? words.answersValue(ms(roundTrip.p50), ms(roundTrip.p95)) : words.notKnown}
          </Fact>
        ) : null}
        <Fact name={words.role}>{role ? words.roles[role] : words.roleUnknown}</Fact>
      </dl>
      {samples.length > 0 ? <Sparkline samples={samples} label={words.history(samples.length)} /> : null}
      <Checkbox
        label={words.workOffline}
        checked={workOffline}
        onChange={(chosen) => session.setOffline(chosen)}
      />
    </section>
  );
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

function Network() {
  const { network } = useShell();
  const name = useNetwork(network);
  return (
    <section>
      <h3>{words.simulate}</h3>
      <p className="cc-where__note">{words.simulateHint}</p>
      <SegmentedControl
        label={words.simulate}
        value={name ?? 'good'}
        options={NETWORKS.map((value) => ({ value, label: words.networks[value] }))}
        onChange={network.set}
      />
      {name ? <p className="cc-where__note">{words.networkMeaning[name]}</p> : null}
    </section>
  );
}
