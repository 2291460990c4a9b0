import type { VersionVector } from '@concord/crdt';
import { useView } from '@concord/react';
import { EmptyState, Select, SidePanel } from '@concord/ui';
import { History } from 'lucide-react';
import { use, useEffect, useState, useTransition } from 'react';
import { useShell } from '../shell.tsx';
import type { Look } from './history.ts';
import { loadHistory } from './load-history.ts';
import { MomentList } from './moment-list.tsx';
import { NamedVersions } from './named-versions.tsx';
import { Timeline } from './timeline.tsx';
import { useMoments } from './use-moments.ts';
import { useJump, useRecall } from './use-recall.ts';
import { WhoWrote } from './who-wrote.tsx';
import { words } from './words.ts';
import './history.css';

/** No version can be called so: names are trimmed. */
const PREVIOUS = ' ';

/** The document's life: a slider over its moments, what was done in them, the versions that have a name. */
export default function HistoryPanel() {
  const { session, app, panel, closePanel, past, lookAt } = useShell();
  const history = use(loadHistory(app));
  const { moments, all, complete } = useMoments();
  const [at, setAt] = useState<number | null>(null);
  const [base, setBase] = useState('');
  useRecall(moments, all.length, complete, at);
  const { jump, stay } = useJump(moments);
  // The version that was asked for is not there yet.
  const [isComing, setComing] = useState(false);
  const [, startTransition] = useTransition();
  // Names of versions are no part of what people see of the document.
  useView(session);
  useEffect(() => () => lookAt(null), [lookAt]);
  // Back to now by the banner.
  useEffect(() => {
    if (past !== null) return;
    setAt(null);
    setComing(false);
    stay();
  }, [past, stay]);

  const { versions } = session.doc;
  // The first moment is compared with itself: where all is new, marks say nothing.
  const sinceOf = (index: number): VersionVector => versions[base] ?? moments.version(Math.max(0, index - 1));
  const show = (look: Look, index: number): void => {
    setComing(true);
    jump(look, index, () => {
      setComing(false);
      startTransition(() => lookAt(look));
    });
  };
  const leave = (): void => {
    stay();
    setComing(false);
    setAt(null);
    lookAt(null);
  };
  const goTo = (index: number): void => {
    const moment = all[index];
    if (moment === undefined) return;
    setAt(index);
    const { replicas, to: time } = moment;
    show({ version: moments.version(index), since: sinceOf(index), replicas, time }, index);
  };
  const goToVersion = (version: VersionVector): void => {
    const index = moments.indexOf(version);
    const moment = all[index] ?? all.at(-1);
    setAt(index < 0 ? null : index);
    const { replicas = [], to: time = Date.now() } = moment ?? {};
    show({ version, since: sinceOf(index), replicas, time }, index);
  };

  if (!session.doc.hasHistory())
    return (
      <SidePanel title={words.title} onClose={closePanel}>
        <EmptyState icon={<History />} title={words.noHistory} />
      </SidePanel>
    );
  return (
    <SidePanel
      title={words.title}
      onClose={closePanel}
      {...(all.length > 0 && {
        footer: <Timeline moments={all} at={at} onGo={goTo} onNow={leave} />,
      })}
    >
      {panel?.subject ? <WhoWrote subject={panel.subject} history={history} /> : null}
      {all.length === 0 ? (
        <EmptyState icon={<History />} title={complete ? words.empty : words.reading}>
          {complete ? words.emptyHint : null}
        </EmptyState>
      ) : (
        <>
          <NamedVersions version={past?.version ?? session.doc.version} onGo={goToVersion} />
          {past && Object.keys(versions).length > 0 ? (
            <Select
              label={words.compare}
              size="small"
              value={base in versions ? base : PREVIOUS}
              options={[
                { value: PREVIOUS, label: words.sincePrevious },
                ...Object.keys(versions).map((name) => ({ value: name, label: name })),
              ]}
              onChange={(name) => {
                setBase(name);
                const since = versions[name] ?? moments.version(Math.max(0, (at ?? all.length) - 1));
                show({ ...past, since }, at ?? -1);
              }}
            />
          ) : null}
          <MomentList moments={all} at={at} look={isComing ? null : past} history={history} onGo={goTo} />
        </>
      )}
    </SidePanel>
  );
}
