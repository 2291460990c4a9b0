import { documentPath, KIND_NAMES, type Recent } from '@concord/shell/local';
import { formatLocale, IconButton, LogoMark, Menu, type MenuEntry, relativeTime, toast } from '@concord/ui';
import { Copy, Ellipsis, ExternalLink, Link2, Pencil, RotateCcw, Star, Trash2 } from 'lucide-react';
import { words } from '../words.ts';
import type { Asked } from './ask.tsx';
import { type Documents, titleOf } from './use-documents.ts';

type RowProps = { document: Recent; documents: Documents; ask: (asked: Asked) => void };

async function copyLink(document: Recent): Promise<void> {
  try {
    await navigator.clipboard.writeText(new URL(documentPath(document), location.href).href);
    toast({ title: words.linkCopied });
  } catch {
    toast({ title: words.linkFailed });
  }
}

async function duplicate(document: Recent, documents: Documents): Promise<void> {
  const title = words.copyOf(titleOf(document));
  try {
    const { duplicateDocument } = await import('@concord/shell/afar');
    const address = await duplicateDocument(document, title);
    documents.put({ ...address, title, opened: Date.now() });
    const open = (): void => location.assign(documentPath(address));
    toast({ key: 'copy', title: words.copied(title), action: { label: words.open, onSelect: open } });
  } catch {
    toast({ key: 'copy', title: words.copyFailed(titleOf(document)), tone: 'danger' });
  }
}

/** One document: its link over the whole row, its star, and what can be done with it. */
export function Row({ document, documents, ask }: RowProps) {
  const title = titleOf(document);
  const path = documentPath(document);
  const isTrashed = document.trashed !== undefined;
  const restore = (): void => documents.note(document, { trashed: undefined });
  const throwAway = (): void => {
    documents.note(document, { trashed: Date.now() });
    toast({ key: 'trash', title: words.thrownAway(title), action: { label: words.undo, onSelect: restore } });
  };
  const items: readonly MenuEntry[] = isTrashed
    ? [
        { label: words.restore, icon: <RotateCcw />, onSelect: restore },
        { type: 'separator' },
        {
          label: words.remove,
          icon: <Trash2 />,
          danger: true,
          onSelect: () => ask({ what: 'remove', document }),
        },
      ]
    : [
        {
          label: words.openNew,
          icon: <ExternalLink />,
          onSelect: () => void window.open(path, '_blank', 'noopener'),
        },
        { label: words.copyLink, icon: <Link2 />, onSelect: () => void copyLink(document) },
        { type: 'separator' },
        {
          label: `${words.rename}…`,
          icon: <Pencil />,
          onSelect: () => ask({ what: 'rename', document }),
        },
        { label: words.duplicate, icon: <Copy />, onSelect: () => void duplicate(document, documents) },
        { type: 'separator' },
        { label: words.throwAway, icon: <Trash2 />, onSelect: throwAway },
      ];
  return (
    <li className="document">
      <LogoMark kind={document.kind} size={24} />
      <a className="document__title" href={path}>
        {title}
      </a>
      <span className="document__kind">{KIND_NAMES[document.kind].app}</span>
      <time className="document__time" dateTime={new Date(document.opened).toISOString()}>
        {relativeTime(document.opened, Date.now(), formatLocale())}
      </time>
      {isTrashed ? null : (
        <IconButton
          className="document__star"
          label={document.starred ? words.unstar(title) : words.star(title)}
          icon={<Star />}
          size="small"
          aria-pressed={document.starred === true}
          onClick={() => documents.note(document, { starred: !document.starred })}
        />
      )}
      <Menu
        align="end"
        items={items}
        trigger={
          <IconButton label={words.actionsOf(title)} icon={<Ellipsis />} size="small" tooltip={false} />
        }
      />
    </li>
  );
}
