import { Avatar, IconButton, Menu, toast } from '@concord/ui';
import { Ellipsis, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useShell } from '../shell.tsx';
import { Ago } from './ago.tsx';
import { Composer } from './composer.tsx';
import { piecesOf } from './mentions.ts';
import { deleteMessage, editMessage, type Message, restoreMessage } from './threads.ts';
import { useNames } from './use-names.ts';
import { words } from './words.ts';

/** One thing that somebody said, with what its own author can do to it. */
export function MessageView({ thread, message }: { thread: string; message: Message }) {
  const { comments, self, mode } = useShell();
  const names = useNames();
  const [editing, setEditing] = useState(false);
  const { id, by, at, text, edited, named } = message;
  const author = comments.author(by) ?? { name: words.someone, colour: 9 };
  const isOwn = by === comments.person;
  const remove = (): void => {
    comments.change((root) => deleteMessage(root, thread, id));
    toast({
      key: 'comment',
      title: words.deleted,
      action: {
        label: words.undo,
        onSelect: () => comments.change((root) => restoreMessage(root, thread, message)),
      },
    });
  };
  return (
    <div className="cc-message">
      <div className="cc-message__head">
        <span aria-hidden="true">
          <Avatar person={{ id: by, ...author }} size="small" />
        </span>
        <span className="cc-message__who">{author.name}</span>
        <span className="cc-message__when">
          <Ago at={at} />
          {edited ? ` · ${words.edited}` : null}
        </span>
        {isOwn && mode !== 'view' && !editing ? (
          <Menu
            align="end"
            trigger={
              <IconButton
                label={words.actions(author.name)}
                icon={<Ellipsis />}
                size="small"
                className="cc-message__more"
              />
            }
            items={[
              { label: words.edit, icon: <Pencil />, onSelect: () => setEditing(true) },
              { label: words.delete, icon: <Trash2 />, danger: true, onSelect: remove },
            ]}
          />
        ) : null}
      </div>
      {editing ? (
        <Composer
          label={words.editing}
          placeholder={words.messageHint}
          send={words.save}
          initial={text}
          focus
          onSend={(next) => {
            const written = { text: next, at: Date.now(), named: comments.named(next, named) };
            comments.change((root) => editMessage(root, thread, id, written));
            setEditing(false);
          }}
          onCancel={() => setEditing(false)}
        />
      ) : (
        <p className="cc-message__text" dir="auto">
          {piecesOf(text, [...names, self.name, ...Object.values(named)]).map((piece, index) =>
            piece.mention ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no names
              <strong key={index} className="cc-message__name">
                {piece.text}
              </strong>
            ) : (
              piece.text
            ),
          )}
        </p>
      )}
    </div>
  );
}
