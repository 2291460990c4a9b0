import { typedHref } from '@concord/prosemirror/text';
import { Button, Dialog, TextField } from '@concord/ui';
import type { Editor } from '@tiptap/core';
import { type FormEvent, useState } from 'react';
import { linkAt, setLink } from '../editor/commands.ts';
import { run } from './use-editor.ts';
import { words } from './words.ts';

/** Asks for the address, and the words if none are selected. */
export function LinkDialog({ editor, onClose }: { editor: Editor; onClose: () => void }) {
  // What is linked is decided when the dialog opens, though others may write meanwhile.
  const [target] = useState(() => {
    const { selection, doc } = editor.state;
    const here = linkAt(selection.$from);
    const { from, to } = selection.empty && here ? here : selection;
    return { href: here?.href ?? '', text: doc.textBetween(from, to, ' ') };
  });
  const [address, setAddress] = useState(target.href);
  const [text, setText] = useState(target.text);
  const [refused, setRefused] = useState(false);

  const apply = (event: FormEvent): void => {
    event.preventDefault();
    const href = typedHref(address);
    if (href === null) {
      setRefused(true);
      return;
    }
    run(editor, setLink(href, text.trim() === target.text ? undefined : text.trim()));
    onClose();
  };
  const remove = (): void => {
    run(editor, setLink(null));
    onClose();
  };
  return (
    <Dialog
      title={words.linkTitle}
      size="small"
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      footer={
        <>
          {target.href ? (
            <Button variant="ghost" onClick={remove}>
              {words.removeLink}
            </Button>
          ) : null}
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button variant="primary" type="submit" form="cc-docs-link">
            {words.apply}
          </Button>
        </>
      }
    >
      <form id="cc-docs-link" className="cc-docs-form" onSubmit={apply}>
        <TextField
          label={words.linkAddress}
          value={address}
          autoFocus
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          hint={words.linkHint}
          {...(refused && { error: words.linkBad })}
          onChange={(event) => {
            setAddress(event.target.value);
            setRefused(false);
          }}
        />
        <TextField
          label={words.linkText}
          value={text}
          autoComplete="off"
          onChange={(event) => setText(event.target.value)}
        />
      </form>
    </Dialog>
  );
}
