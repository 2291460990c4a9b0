import { Avatar, Button } from '@concord/ui';
import { use, useEffect, useRef, useState } from 'react';
import { useAuthors, useShell } from '../shell.tsx';
import type { TitledSchema } from '../titled.ts';
import type { AppHistory, Look } from './history.ts';
import { loadHistory } from './load-history.ts';
import type { Moment } from './moments.ts';
import { seenOf } from './seen.ts';
import { sentenceOf } from './trace-sentence.ts';
import { useNames } from './use-names.ts';
import { formatDay, formatHour } from './when.ts';
import { words } from './words.ts';

type MomentListProps = {
  moments: readonly Moment[];
  at: number | null;
  look: Look | null;
  history: AppHistory<TitledSchema>;
  onGo: (index: number) => void;
};

/** How many rows there are, and are added at a time. */
const PAGE = 50;
/** How many changes are named. */
const NAMED = 12;

/** The moments, the newest first, under the days on which they were. */
export function MomentList({ moments, at, look, history, onGo }: MomentListProps) {
  const [more, setMore] = useState({ earlier: 0, later: 0 });
  // A long history is shown around the chosen moment, or from its end.
  const middle = at ?? moments.length;
  const first = Math.max(0, Math.min(middle - PAGE / 2, moments.length - PAGE) - more.earlier);
  const end = Math.min(moments.length, Math.max(first + PAGE, middle + PAGE / 2) + more.later);
  const shown = moments
    .slice(first, end)
    .map((moment, i) => ({ moment, index: first + i }))
    .reverse();
  const days = Map.groupBy(shown, ({ moment }) => formatDay(moment.to));
  return (
    <section aria-label={words.moments}>
      {end < moments.length ? (
        <Button variant="ghost" size="small" onClick={() => setMore({ ...more, later: more.later + PAGE })}>
          {words.later}
        </Button>
      ) : null}
      {[...days].map(([day, list]) => (
        <div key={day} className="cc-moments__day">
          <h3>{day}</h3>
          <ol className="cc-moments" reversed>
            {list.map(({ moment, index }) => (
              <MomentRow
                key={index}
                moment={moment}
                chosen={index === at}
                areas={areasOf(moment, history)}
                onGo={() => onGo(index)}
              >
                {index === at && look ? <Changes look={look} /> : null}
              </MomentRow>
            ))}
          </ol>
        </div>
      ))}
      {first > 0 ? (
        <Button
          variant="ghost"
          size="small"
          onClick={() => setMore({ ...more, earlier: more.earlier + PAGE })}
        >
          {words.earlier}
        </Button>
      ) : null}
    </section>
  );
}

/** Where most was done comes first. */
const areasOf = ({ areas }: Moment, history: AppHistory<TitledSchema>): string[] => {
  const names = history.areas();
  const named = [...areas].sort(([, a], [, b]) => b - a).map(([field]) => names[field]);
  return [...new Set(named.filter((name) => name !== undefined))].slice(0, 3);
};

type MomentRowProps = {
  moment: Moment;
  chosen: boolean;
  areas: readonly string[];
  onGo: () => void;
  children: React.ReactNode;
};

function MomentRow({ moment, chosen, areas, onGo, children }: MomentRowProps) {
  const authorOf = useAuthors();
  const namesOf = useNames();
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (chosen) row.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const { replicas, to, edits } = moment;
  const people = replicas.slice(0, 3).map((id) => {
    const author = authorOf(id);
    return { id: id as string, name: author?.name ?? words.somebody, colour: author?.colour ?? 9 };
  });
  return (
    <li ref={row} className="cc-moment">
      <button type="button" aria-current={chosen} className="cc-moment__go" onClick={onGo}>
        <span className="cc-moment__people" aria-hidden="true">
          {people.map((person) => (
            <Avatar key={person.id} person={person} size="small" />
          ))}
        </span>
        <span className="cc-moment__who">{namesOf(replicas)}</span>
        <time className="cc-moment__when" dateTime={new Date(to).toISOString()}>
          {formatHour(to)}
        </time>
        <span className="cc-moment__what">{words.edits(edits, areas)}</span>
      </button>
      {children}
    </li>
  );
}

/** What the chosen moment changed, in words. */
function Changes({ look }: { look: Look }) {
  const { session, app } = useShell();
  const { traces } = seenOf(session, use(loadHistory(app)), look);
  if (traces.length === 0) return null;
  return (
    <ul className="cc-moment__changes" aria-label={words.changed}>
      {traces.slice(0, NAMED).map((trace) => (
        <li key={trace.key} data-trace-kind={trace.kind}>
          <bdi>{sentenceOf(trace)}</bdi>
        </li>
      ))}
      {traces.length > NAMED ? <li>+{traces.length - NAMED}</li> : null}
    </ul>
  );
}
