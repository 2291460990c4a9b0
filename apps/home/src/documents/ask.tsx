import type { Recent } from '@concord/shell/local';
import { AlertDialog, Button, Dialog, TextField, toast } from '@concord/ui';
import { useState } from 'react';
import { words } from '../words.ts';
import { type Documents, titleOf } from './use-documents.ts';

/** A question that a document's action asks first. */
export type Asked =
  | { readonly what: 'rename'; readonly document: Recent }
  | { readonly what: 'remove'; readonly document: Recent }
  | { readonly what: 'empty-trash'; readonly documents: readonly Recent[] };

type Props = { asked: Asked; documents: Documents; onClose: () => void };

/** What works on documents themselves comes with the CRDT library: loaded when it is needed. */
const afar = () => import('@concord/shell/afar');

export default function Ask(props: Props) {
  const { asked } = props;
  if (asked.what === 'rename') return <Rename {...props} document={asked.document} />;
  const gone = asked.what === 'remove' ? [asked.document] : asked.documents;
  return <Remove {...props} gone={gone} />;
}

function Rename({ document, documents, onClose }: Props & { document: Recent }) {
  const [title, setTitle] = useState(document.title);
  const submit = (): void => {
    onClose();
    const next = title.trim();
    if (next === document.title) return;
    documents.note(document, { title: next });
    afar()
      .then(({ renameDocument }) => renameDocument(document, next))
      .catch(() => {
        documents.note(document, { title: document.title });
        toast({ key: 'rename', title: words.renameFailed(titleOf(document)), tone: 'danger' });
      });
  };
  return (
    <Dialog
      open
      size="small"
      title={words.rename}
      onOpenChange={onClose}
      footer={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button variant="primary" onClick={submit}>
            {words.rename}
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <TextField
          label={words.titleLabel}
          maxLength={200}
          autoComplete="off"
          value={title}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
      </form>
    </Dialog>
  );
}

function Remove({ gone, documents, onClose }: Props & { gone: readonly Recent[] }) {
  const remove = async (): Promise<void> => {
    const { removeCopy } = await afar();
    for (const document of gone) {
      try {
        await removeCopy(document);
        documents.forget(document);
      } catch {
        toast({ key: 'remove', title: words.removeFailed(titleOf(document)), tone: 'danger' });
      }
    }
  };
  const [first] = gone;
  return (
    <AlertDialog
      open
      danger
      title={gone.length === 1 && first ? words.removeTitle(titleOf(first)) : words.removeMany(gone.length)}
      description={words.removeBody}
      confirmLabel={words.remove}
      onConfirm={() => void remove()}
      onOpenChange={onClose}
    />
  );
}
