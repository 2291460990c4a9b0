import { Avatar } from '@concord/ui';
import { useId } from 'react';
import { readSubject } from '../comments/subject.ts';
import { useAuthors, useShell } from '../shell.tsx';
import type { TitledSchema } from '../titled.ts';
import type { AppHistory } from './history.ts';
import { formatTime } from './when.ts';
import { words } from './words.ts';
import { writingOf } from './writing.ts';

/** Who wrote what was chosen in the document, piece by piece, and when. */
export function WhoWrote({ subject, history }: { subject: string; history: AppHistory<TitledSchema> }) {
  const { session } = useShell();
  const authorOf = useAuthors();
  const heading = useId();
  const asked = readSubject(JSON.parse(subject));
  const pieces = asked ? writingOf(session.doc, asked, history.text ?? null) : [];
  return (
    <section aria-labelledby={heading} className="cc-wrote">
      <h3 id={heading}>{words.wrote}</h3>
      {pieces.length === 0 ? <p className="cc-versions__none">{words.wroteHint}</p> : null}
      <ol>
        {pieces.map(({ replica, time, text, edits }, index) => {
          const author = authorOf(replica);
          const person = {
            id: replica as string,
            name: author?.name ?? words.somebody,
            colour: author?.colour ?? 9,
          };
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no names
            <li key={index}>
              <Avatar person={person} size="small" />
              <span className="cc-wrote__who">{person.name}</span>
              <time className="cc-moment__when" dateTime={new Date(time).toISOString()}>
                {formatTime(time)}
              </time>
              <span className="cc-moment__what">
                <bdi>{text === null ? words.edits(edits, []) : words.wroteText(text)}</bdi>
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
