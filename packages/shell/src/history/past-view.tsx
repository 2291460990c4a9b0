import { revertTo } from '@concord/crdt';
import { announce, Banner, Button, toast } from '@concord/ui';
import { RotateCcw } from 'lucide-react';
import { use, useMemo } from 'react';
import { FrameBanner } from '../frame/slots.tsx';
import { ModeContext } from '../mode.tsx';
import { useAuthors, useShell } from '../shell.tsx';
import type { Look } from './history.ts';
import { loadHistory } from './load-history.ts';
import { seenOf } from './seen.ts';
import { TraceContext, type TraceOf } from './trace.ts';
import { useNames } from './use-names.ts';
import { formatTime } from './when.ts';
import { words } from './words.ts';
import './history.css';

/** The document as it was, in the app's own view, with what changed marked. Nothing can be edited in it. */
export default function PastView({ look }: { look: Look }) {
  const shell = useShell();
  const { app, session: live, self, mode, lookAt } = shell;
  const authorOf = useAuthors();
  const namesOf = useNames();
  const history = use(loadHistory(app));
  const seen = seenOf(live, history, look);
  const traceOf = useMemo((): TraceOf => {
    const byKey = new Map(seen.traces.map((trace) => [trace.key, trace]));
    return (key) => {
      const trace = byKey.get(key);
      if (trace === undefined) return undefined;
      const writer = seen.writerOf(key);
      const who = namesOf(writer === null ? look.replicas : [writer]);
      return {
        'data-trace': trace.kind,
        'data-trace-label': words.marks[trace.kind](who),
        'data-presence': (writer && authorOf(writer)?.colour) ?? 9,
      };
    };
  }, [seen, look, namesOf, authorOf]);
  const { App } = app;
  const { Past } = history;
  const restore = (): void => {
    const made = revertTo(live.doc, look.version, { label: words.restoreStep });
    lookAt(null);
    toast({ key: 'history', title: made ? words.restored : words.same });
    announce(made ? words.restored : words.same);
  };
  return (
    <ModeContext value="view">
      <FrameBanner>
        <Banner
          tone="info"
          action={
            <>
              {mode === 'edit' ? (
                <Button size="small" variant="primary" icon={<RotateCcw />} onClick={restore}>
                  {words.restore}
                </Button>
              ) : null}
              <Button size="small" onClick={() => lookAt(null)}>
                {words.back}
              </Button>
            </>
          }
        >
          {words.looking(formatTime(look.time), namesOf(look.replicas))}
        </Banner>
      </FrameBanner>
      <div className="cc-past">
        <TraceContext value={traceOf}>
          {Past ? (
            <Past
              session={seen.session}
              live={live}
              self={self}
              version={look.version}
              since={look.since}
              before={seen.before}
              authorOf={authorOf}
            />
          ) : (
            <App session={seen.session} self={self} mode="view" />
          )}
        </TraceContext>
      </div>
    </ModeContext>
  );
}
