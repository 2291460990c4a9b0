import type { VersionVector } from '@concord/crdt';
import { Button, IconButton, TextField } from '@concord/ui';
import { Bookmark, BookmarkPlus, PenLine, X } from 'lucide-react';
import { useId, useState } from 'react';
import { useShell } from '../shell.tsx';
import { words } from './words.ts';

type NamedVersionsProps = {
  /** The version that is looked at. */
  version: VersionVector;
  onGo: (version: VersionVector) => void;
};

/** The versions that somebody gave a name, and the way to name the one that is looked at. */
export function NamedVersions({ version, onGo }: NamedVersionsProps) {
  const { session, mode } = useShell();
  const { doc } = session;
  const [naming, setNaming] = useState<{ readonly old: string | null } | null>(null);
  const heading = useId();
  const { versions } = doc;
  const names = Object.keys(versions);
  const mayEdit = mode === 'edit';
  const name = (text: string): void => {
    const old = naming?.old ?? null;
    if (old !== text) {
      doc.nameVersion(text, old === null ? version : (versions[old] ?? version));
      if (old !== null) doc.nameVersion(old, null);
    }
    setNaming(null);
  };
  return (
    <section aria-labelledby={heading} className="cc-versions">
      <h3 id={heading}>{words.versions}</h3>
      {names.length === 0 && !naming ? <p className="cc-versions__none">{words.noVersions}</p> : null}
      <ul>
        {names.map((each) => (
          <li key={each}>
            {naming?.old === each ? (
              <NameField
                first={each}
                taken={names.filter((other) => other !== each)}
                onName={name}
                onCancel={() => setNaming(null)}
              />
            ) : (
              <>
                <button
                  type="button"
                  className="cc-versions__go"
                  onClick={() => onGo(versions[each] ?? new Map())}
                >
                  <Bookmark aria-hidden="true" />
                  <bdi>{each}</bdi>
                </button>
                {mayEdit ? (
                  <>
                    <IconButton
                      label={words.renameOf(each)}
                      icon={<PenLine />}
                      size="small"
                      onClick={() => setNaming({ old: each })}
                    />
                    <IconButton
                      label={words.forgetOf(each)}
                      icon={<X />}
                      size="small"
                      onClick={() => doc.nameVersion(each, null)}
                    />
                  </>
                ) : null}
              </>
            )}
          </li>
        ))}
      </ul>
      {!mayEdit ? null : naming && naming.old === null ? (
        <NameField first="" taken={names} onName={name} onCancel={() => setNaming(null)} />
      ) : (
        <Button size="small" icon={<BookmarkPlus />} onClick={() => setNaming({ old: null })}>
          {words.nameThis}
        </Button>
      )}
    </section>
  );
}

type NameFieldProps = {
  first: string;
  taken: readonly string[];
  onName: (text: string) => void;
  onCancel: () => void;
};

function NameField({ first, taken, onName, onCancel }: NameFieldProps) {
  const [text, setText] = useState(first);
  const clean = text.trim();
  const clash = taken.includes(clean);
  return (
    <form
      className="cc-versions__form"
      onSubmit={(event) => {
        event.preventDefault();
        if (clean !== '' && !clash) onName(clean);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // Not the whole panel.
        event.preventDefault();
        onCancel();
      }}
    >
      <TextField
        label={words.nameLabel}
        value={text}
        autoFocus
        maxLength={80}
        onChange={(event) => setText(event.target.value)}
        {...(clash && { error: words.taken })}
      />
      <div className="cc-versions__buttons">
        <Button size="small" variant="primary" type="submit" disabled={clean === '' || clash}>
          {words.save}
        </Button>
        <Button size="small" variant="ghost" onClick={onCancel}>
          {words.cancel}
        </Button>
      </div>
    </form>
  );
}
