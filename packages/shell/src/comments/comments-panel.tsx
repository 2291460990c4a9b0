import { Button, EmptyState, SegmentedControl, SidePanel } from '@concord/ui';
import { MessageSquarePlus, MessageSquareText } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import { useShell } from '../shell.tsx';
import { beginComment, COMMENT_KEYS } from './begin.ts';
import type { Looking } from './comments.ts';
import { Composer } from './composer.tsx';
import { ThreadCard } from './thread-card.tsx';
import { startThread } from './threads.ts';
import { useLooking, useThreads } from './use-comments.ts';
import { type Placed, usePlaced } from './use-placed.ts';
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
  const detachedId = useId();
  useEffect(() => () => comments.look({ active: null, draft: null, quiet: false }), [comments]);

  // A thread that somebody asked for is shown, whatever the filter.
  const asked = threads.find(({ id }) => id === looking.active);
  const wanted: Filter = asked ? (asked.resolved ? 'resolved' : 'open') : filter;
  useEffect(() => setFilter(wanted), [wanted]);

  const placed = usePlaced(threads.filter(({ resolved }) => (resolved !== null) === (wanted === 'resolved')));
  const attached = placed.filter(({ place }) => place !== null);
  const detached = placed.filter(({ place }) => place === null);
  const card = (each: Placed) => (
    <li key={each.thread.id}>
      <ThreadCard placed={each} active={each.thread.id === looking.active} focus={!looking.quiet} />
    </li>
  );
  return (
    <SidePanel
      title={words.title}
      onClose={closePanel}
      quiet={looking.quiet || looking.draft !== null}
      {...(mode !== 'view' && {
        footer: (
          <Button
            icon={<MessageSquarePlus />}
            title={COMMENT_KEYS}
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
      {attached.length > 0 ? (
        <ul className="cc-threads" aria-label={words.list}>
          {attached.map(card)}
        </ul>
      ) : null}
      {detached.length > 0 ? (
        <section aria-labelledby={detachedId} className="cc-threads__detached">
          <h3 id={detachedId}>{words.detached}</h3>
          <p>{words.detachedHint}</p>
          <ul className="cc-threads">{detached.map(card)}</ul>
        </section>
      ) : null}
    </SidePanel>
  );
}

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
          const written = { by: comments.person, at: Date.now(), text };
          comments.change((root) => {
            active = startThread(root, subject, quote, written);
          });
          comments.look({ draft: null, active, quiet: false });
        }}
        onCancel={back}
      />
    </article>
  );
}
