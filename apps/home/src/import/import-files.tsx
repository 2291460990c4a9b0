import { type DocumentKind, documentPath, leaveBeginning, newDocumentId } from '@concord/shell/local';
import { Button, lazyView, toast } from '@concord/ui';
import { FileUp } from 'lucide-react';
import { type DragEvent, type ReactNode, Suspense, useRef, useState } from 'react';
import { words } from '../words.ts';
import { type Incoming, LARGEST, whatIs } from './what-is.ts';

const AskKind = lazyView(() => import('./ask-kind.tsx'));

const refuse = (title: string): void => void toast({ key: 'import', title, tone: 'danger' });

/** Makes a document of the file and goes there. */
async function take(file: File, { type, title }: Incoming, kind: DocumentKind): Promise<void> {
  try {
    if (type === 'markdown') {
      const address = { kind, id: newDocumentId() };
      const text = await file.text();
      if (!leaveBeginning(address, { type, name: title, text })) refuse(words.importTooLarge(file.name));
      else location.assign(documentPath(address));
      return;
    }
    const { importDocument } = await import('@concord/shell/afar');
    const bytes = new Uint8Array(await file.arrayBuffer());
    location.assign(documentPath(await importDocument(kind, bytes, title)));
  } catch {
    refuse(words.importFailed(file.name));
  }
}

/** Files dropped anywhere on the page, or picked, become documents. */
export function ImportFiles({ children }: { children: (pick: ReactNode) => ReactNode }) {
  const picker = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const [asked, setAsked] = useState<{ file: File; incoming: Incoming } | null>(null);

  const begin = (files: readonly File[]): void => {
    const [file, ...more] = files;
    if (!file) return;
    const incoming = whatIs(file.name);
    if (more.length > 0) refuse(words.importOne);
    else if (!incoming) refuse(words.importUnknown(file.name));
    else if (file.size > LARGEST[incoming.type]) refuse(words.importTooLarge(file.name));
    else if (incoming.kinds.length > 1) setAsked({ file, incoming });
    else for (const kind of incoming.kinds) void take(file, incoming, kind);
  };
  const onDrag = (event: DragEvent): void => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    setOver(true);
  };
  const pick = (
    <Button icon={<FileUp aria-hidden="true" />} onClick={() => picker.current?.click()}>
      {words.importFile}
    </Button>
  );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button does the same
    <div
      className="drop"
      data-over={isOver}
      onDragEnter={onDrag}
      onDragOver={onDrag}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setOver(false);
        begin([...event.dataTransfer.files]);
      }}
    >
      {children(pick)}
      {isOver ? (
        <div className="drop__hint" aria-hidden="true">
          <FileUp />
          {words.dropHere}
        </div>
      ) : null}
      <input
        ref={picker}
        type="file"
        accept=".md,.markdown,.txt,.concord,text/markdown,text/plain"
        hidden
        aria-label={words.importFile}
        onChange={(event) => {
          begin([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
      <Suspense>
        {asked ? (
          <AskKind
            name={asked.file.name}
            kinds={asked.incoming.kinds}
            onChoose={(kind) => {
              setAsked(null);
              void take(asked.file, asked.incoming, kind);
            }}
            onClose={() => setAsked(null)}
          />
        ) : null}
      </Suspense>
    </div>
  );
}
