import { Button } from '@concord/ui';
import { Check, RotateCcw } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useShell } from '../shell.tsx';
import { Composer } from './composer.tsx';
import { MessageView } from './message-view.tsx';
import { reopen, reply, resolve } from './threads.ts';
import type { Placed } from './use-placed.ts';
import { words } from './words.ts';

type ThreadCardProps = {
  placed: Placed;
  active: boolean;
  /** It is to take the focus. */
  focus: boolean;
};

/** A thread: what it is about, what was said, and where to say more. */
export function ThreadCard({ placed, active, focus }: ThreadCardProps) {
  const { app, session, comments, mode } = useShell();
  const { thread, subject, place } = placed;
  const { id, messages, resolved } = thread;
  const card = useRef<HTMLElement>(null);
  const quote = place?.quote || thread.quote;
  const first = comments.author(messages[0]?.by ?? '')?.name ?? words.someone;
  const mayWrite = mode !== 'view';

  useEffect(() => {
    if (active) card.current?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  useEffect(() => {
    if (!focus) return;
    comments.look({ focus: false });
    // After the panel, if it has just opened.
    queueMicrotask(() => card.current?.focus({ preventScroll: true }));
  }, [focus, comments]);

  const show = (inDocument: boolean): void => {
    comments.look({ active: id, focus: false });
    if (subject) app.comments?.reveal(session, subject, inDocument);
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the quote is a button that does the same
    <article
      ref={card}
      tabIndex={-1}
      className="cc-thread"
      data-active={active ? '' : undefined}
      data-detached={subject ? undefined : ''}
      aria-label={words.thread(first, quote)}
      onClick={() => {
        if (!active) show(false);
      }}
    >
      {subject ? (
        <button
          type="button"
          className="cc-thread__quote"
          aria-label={words.reveal(quote)}
          onClick={(event) => {
            event.stopPropagation();
            show(true);
          }}
        >
          <bdi>{quote}</bdi>
        </button>
      ) : (
        <blockquote className="cc-thread__quote">
          <bdi>{quote}</bdi>
        </blockquote>
      )}
      <ol className="cc-thread__messages">
        {messages.map((message) => (
          <li key={message.id}>
            <MessageView thread={id} message={message} />
          </li>
        ))}
      </ol>
      {resolved ? (
        <p className="cc-thread__resolved">
          <Check aria-hidden="true" />
          {words.resolvedBy(comments.author(resolved.by)?.name ?? words.someone)}
        </p>
      ) : null}
      {mayWrite ? (
        <div className="cc-thread__foot">
          <Composer
            label={words.reply}
            placeholder={words.replyHint}
            send={words.sendReply}
            folds
            onSend={(text) =>
              comments.change((root) =>
                reply(root, id, { by: comments.person, at: Date.now(), text, named: comments.named(text) }),
              )
            }
          />
          {resolved ? (
            <Button
              size="small"
              variant="ghost"
              icon={<RotateCcw />}
              onClick={() => comments.change((root) => reopen(root, id))}
            >
              {words.reopen}
            </Button>
          ) : (
            <Button
              size="small"
              variant="ghost"
              icon={<Check />}
              onClick={() =>
                comments.change((root) => resolve(root, id, { by: comments.person, at: Date.now() }))
              }
            >
              {words.resolve}
            </Button>
          )}
        </div>
      ) : null}
    </article>
  );
}
