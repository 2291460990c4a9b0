import {
  type DocumentKind,
  documentPath,
  KIND_NAMES,
  loadIdentity,
  newDocumentId,
  parseAddress,
} from '@concord/shell/local';
import { AppFrame, Avatar, Button } from '@concord/ui';
import { ExternalLink, RotateCcw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { words } from './words.ts';

const PEOPLE = ['Ana', 'Bo'] as const;

/** The id in `?doc=`, so that a reload comes back to the same document; a fresh one otherwise. */
function documentIdOf(kind: DocumentKind, search: string): string {
  const asked = new URLSearchParams(search).get('doc') ?? '';
  return parseAddress(`/${kind}/${asked}`)?.id ?? newDocumentId();
}

/** One document in two frames, each frame a person of its own. */
export function TryPage({ kind }: { kind: DocumentKind }) {
  const [id, setId] = useState(() => documentIdOf(kind, location.search));
  const { app } = KIND_NAMES[kind];
  useEffect(() => {
    history.replaceState(null, '', `/try/${kind}?doc=${id}`);
    document.title = `${words.tryTitle(app)} · ${words.title}`;
  }, [kind, id, app]);
  return (
    <AppFrame
      kind={kind}
      title={words.tryTitle(app)}
      actions={
        <>
          <Button size="small" variant="ghost" icon={<RotateCcw />} onClick={() => setId(newDocumentId())}>
            {words.startOver}
          </Button>
          <Button size="small" asChild>
            <a href={documentPath({ kind, id })} target="_blank" rel="noopener">
              <ExternalLink aria-hidden="true" />
              {words.openAlone}
            </a>
          </Button>
        </>
      }
    >
      <div className="try">
        <p className="try__hint">{words.tryHint}</p>
        {PEOPLE.map((person) => (
          <section key={person} className="try__person" aria-label={person}>
            <h2 className="try__name">
              <span aria-hidden="true">
                <Avatar person={{ id: person, ...loadIdentity(person) }} size="small" />
              </span>
              {person}
            </h2>
            <iframe key={id} title={`${app}, ${person}`} src={documentPath({ kind, id }, person)} />
          </section>
        ))}
      </div>
    </AppFrame>
  );
}
