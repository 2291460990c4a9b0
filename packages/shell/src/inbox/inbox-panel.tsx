import { announce, Button, EmptyState, SidePanel } from '@concord/ui';
import { GitMerge } from 'lucide-react';
import { useRef } from 'react';
import type { Subject } from '../comments/subject.ts';
import { useAuthors, useShell } from '../shell.tsx';
import type { Entry } from './entries.ts';
import { EntryCard } from './entry-card.tsx';
import { useInbox, useInboxState } from './use-inbox.ts';
import { words } from './words.ts';
import './inbox.css';

/** What merged without its makers knowing of each other, and what waits to be put right. */
export default function InboxPanel() {
  const { closePanel, self, mode, app, session } = useShell();
  const inbox = useInbox();
  const { entries, waiting } = useInboxState();
  const authorOf = useAuthors();
  const list = useRef<HTMLDivElement>(null);
  const mayEdit = mode === 'edit';

  const { comments } = app;
  const show = comments ? (subject: Subject) => comments.reveal(session, subject, true) : null;
  // The line that had the focus goes: the list has it then, not the page.
  const dismiss = (gone: readonly Entry[]): void => {
    inbox?.dismiss(gone.map(({ key }) => key));
    list.current?.focus();
  };
  return (
    <SidePanel
      title={words.title}
      onClose={closePanel}
      {...(entries.length > 1 && {
        footer: <Button onClick={() => dismiss(entries)}>{words.dismissAll}</Button>,
      })}
    >
      <div ref={list} tabIndex={-1} className="cc-inbox">
        {entries.length + waiting.length === 0 ? (
          <EmptyState icon={<GitMerge />} title={words.none}>
            {words.noneHint}
          </EmptyState>
        ) : null}
        {entries.length > 0 ? (
          <>
            <p className="cc-inbox__hint">{words.hint}</p>
            <ul className="cc-inbox__list" aria-label={words.list}>
              {entries.map((entry) => (
                <EntryCard
                  key={entry.key}
                  entry={entry}
                  self={self}
                  other={authorOf(entry.by)}
                  mayEdit={mayEdit}
                  onShow={show}
                  onTake={() => {
                    entry.take?.run();
                    announce(words.took(entry.thing));
                    dismiss([entry]);
                  }}
                  onDismiss={() => {
                    dismiss([entry]);
                    announce(words.dismissed(entry.thing));
                  }}
                />
              ))}
            </ul>
          </>
        ) : null}
        {waiting.length > 0 ? (
          <>
            <h3 className="cc-inbox__heading">{words.waiting}</h3>
            <ul className="cc-inbox__list">
              {waiting.map(({ key, title, why, fix, subject }) => (
                <li key={key} className="cc-conflict">
                  <p className="cc-conflict__head">
                    <strong>{title}</strong>
                  </p>
                  <p className="cc-conflict__what">{why}</p>
                  <div className="cc-conflict__actions">
                    {fix && mayEdit ? (
                      <Button size="small" variant="primary" onClick={fix.run}>
                        {fix.label}
                      </Button>
                    ) : null}
                    {subject && show ? (
                      <Button size="small" onClick={() => show(subject)}>
                        {words.show}
                      </Button>
                    ) : null}
                  </div>
                </li>
              ))}
            </ul>
          </>
        ) : null}
      </div>
    </SidePanel>
  );
}
