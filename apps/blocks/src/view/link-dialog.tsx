import { typedHref } from '@concord/prosemirror/text';
import { Button, Dialog, TextField } from '@concord/ui';
import { type FormEvent, useState } from 'react';
import { editorOf } from '../editor/open-editors.ts';
import { setState, type TextSelected, useStore } from '../store.ts';
import { words } from '../words.ts';

export function LinkDialog() {
  const linking = useStore((state) => state.linking);
  return linking ? <Form linking={linking} /> : null;
}

function Form({ linking }: { linking: TextSelected }) {
  const [address, setAddress] = useState(linking.href);
  const [error, setError] = useState<string>();
  const set = (href: string | null): void => {
    setState({ linking: null });
    requestAnimationFrame(() => editorOf(linking.block)?.link(linking.from, linking.to, href));
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    const href = typedHref(address);
    if (href === null) setError(words.badAddress);
    else set(href);
  };
  return (
    <Dialog
      open
      size="small"
      title={linking.href === '' ? words.link : words.editLink}
      onOpenChange={() => {
        setState({ linking: null });
        requestAnimationFrame(() => editorOf(linking.block)?.focus('keep'));
      }}
    >
      <form onSubmit={onSubmit} className="cc-blocks-form">
        <TextField
          label={words.address}
          value={address}
          placeholder="https://"
          inputMode="url"
          {...(error !== undefined && { error })}
          onChange={(event) => setAddress(event.target.value)}
        />
        <div className="cc-blocks-form__actions">
          {linking.href === '' ? null : (
            <Button variant="ghost" onClick={() => set(null)}>
              {words.removeLink}
            </Button>
          )}
          <Button variant="primary" type="submit">
            {linking.href === '' ? words.addLink : words.saveLink}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
