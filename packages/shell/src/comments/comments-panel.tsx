import { ariaShortcut, Button, EmptyState, SegmentedControl, SidePanel } from '@concord/ui';
import { MessageSquarePlus, MessageSquareText } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useShell } from '../shell.tsx';
import { beginComment, COMMENT_KEYS } from './begin.tsx';
import type { Looking } from './comments.ts';
import { Composer } from './composer.tsx';
import { ThreadCard } from './thread-card.tsx';
import { startThread } from './threads.ts';
import { useLooking, useThreads } from './use-comments.ts';
import { useKept, usePlaced } from './use-placed.ts';
import { words } from './words.ts';
import './comments.css';

type Filter = 'open' | 'resolved';

/** Everything that is said about the document, beside it and in its order. */
export default function CommentsPanel() {
  const shell = useShell();
  const { comments, closePanel, mode } = shell;
  const looking = useLooking();
  const threads = useThreads();
  const [filter, setFilter] = useState<Filter>('open');
  useEffect(() => () => comments.look({ active: null, draft: null, focus: false }), [comments]);

  // A thread that somebody asked for is shown, whatever the filter.
  const asked = threads.find(({ id }) => id === looking.active);
  const wanted: Filter = asked ? (asked.resolved ? 'resolved' : 'open') : filter;
  useEffect(() => setFilter(wanted), [wanted]);

  const list = useRef<HTMLUListElement>(null);
  const inOrder = usePlaced(
    threads.filter(({ resolved }) => (resolved !== null) === (wanted === 'resolved')),
  );
  const placed = useKept(inOrder, list);
  const firstDetached = placed.find(({ place }) => place === null);
  return (
    <SidePanel
      title={words.title}
      onClose={closePanel}
      quiet={looking.active !== null || looking.draft !== null}
      {...(mode !== 'view' && {
        footer: (
          <Button
            icon={<MessageSquarePlus />}
            aria-keyshortcuts={ariaShortcut(COMMENT_KEYS)}
            // The document keeps what is selected in it.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => beginComment(shell)}
          >
            {words.begin}
          </Button>
        ),
      })}
    >
      <SegmentedControl
        label={words.show}
        value={wanted}
        options={[
          { value: 'open', label: words.open },
          { value: 'resolved', label: words.resolved },
        ]}
        onChange={(next) => {
          comments.look({ active: null });
          setFilter(next);
        }}
      />
      {looking.draft && mode !== 'view' ? <Draft draft={looking.draft} /> : null}
      {placed.length === 0 && !looking.draft ? (
        <EmptyState
          icon={<MessageSquareText />}
          title={wanted === 'open' ? words.noneOpen : words.noneResolved}
        >
          {wanted === 'open' ? (mode === 'view' ? words.noneOpenHintView : words.noneOpenHint) : null}
        </EmptyState>
      ) : null}
      {placed.length > 0 ? (
        // One list, so that a card that loses or finds its place is not made anew under somebody's hands.
        <ul ref={list} className="cc-threads" aria-label={words.list}>
          {placed.flatMap((each) => {
            const { id } = each.thread;
            const active = id === looking.active;
            const card = (
              <li key={id}>
                <ThreadCard placed={each} active={active} focus={active && looking.focus} />
              </li>
            );
            return each === firstDetached ? [<DetachedHeading key="detached" />, card] : [card];
          })}
        </ul>
      ) : null}
    </SidePanel>
  );
}

const DetachedHeading = () => (
  <li className="cc-threads__detached">
    <h3>{words.detached}</h3>
    <p>{words.detachedHint}</p>
  </li>
);

/** A thread that is about to begin. */
function Draft({ draft }: { draft: NonNullable<Looking['draft']> }) {
  const { app, session, comments } = useShell();
  const { subject, quote } = draft;
  const back = (): void => {
    comments.look({ draft: null });
    app.comments?.reveal(session, subject, true);
  };
  return (
    <article className="cc-thread" data-active="" aria-label={words.draft(quote)}>
      <blockquote className="cc-thread__quote">
        <bdi>{quote}</bdi>
      </blockquote>
      <Composer
        key={JSON.stringify(subject)}
        label={words.message}
        placeholder={words.messageHint}
        send={words.send}
        focus
        onSend={(text) => {
          let active: string | null = null;
          const written = { by: comments.person, at: Date.now(), text, named: comments.named(text) };
          comments.change((root) => {
            active = startThread(root, subject, quote, written);
          });
          comments.look({ draft: null, active, focus: true });
        }}
        onCancel={back}
      />
    </article>
  );
}
