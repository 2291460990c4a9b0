import { documentPath, parseAddress } from '@concord/shell/local';
import { Button, TextField } from '@concord/ui';
import { Link2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { words } from './words.ts';

/** Opens a document by its link, its path, or `board/abc`. */
export function OpenForm() {
  const [text, setText] = useState('');
  const [failed, setFailed] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const address = parseAddress(text);
    if (address) location.assign(documentPath(address));
    else setFailed(true);
  };
  return (
    <form className="open" onSubmit={submit} noValidate>
      <TextField
        label={words.openLabel}
        hideLabel
        placeholder={words.openPlaceholder}
        icon={<Link2 aria-hidden="true" />}
        autoComplete="off"
        spellCheck={false}
        inputMode="url"
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setFailed(false);
        }}
        {...(failed && { error: words.openError })}
      />
      <Button type="submit">{words.open}</Button>
    </form>
  );
}
