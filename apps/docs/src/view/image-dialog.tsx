import { safeImageSrc } from '@concord/prosemirror/text';
import { Button, Dialog, SegmentedControl, TextField } from '@concord/ui';
import type { Editor } from '@tiptap/core';
import { NodeSelection } from '@tiptap/pm/state';
import { ImageUp } from 'lucide-react';
import { type FormEvent, useRef, useState } from 'react';
import { insertImage } from '../editor/commands.ts';
import { ImageRefused, imageFromFile } from '../paste/image-file.ts';
import { run } from './use-editor.ts';
import { words } from './words.ts';

const WIDTHS = ['25', '50', '75', '100'].map((value) => ({ value, label: `${value} %` }));

/** A new image, or the selected one: its address or file, its description, its width. */
export function ImageDialog({ editor, onClose }: { editor: Editor; onClose: () => void }) {
  const { selection } = editor.state;
  const [old] = useState(() =>
    selection instanceof NodeSelection && selection.node.type.name === 'image' ? selection.node.attrs : null,
  );
  const [src, setSrc] = useState(String(old?.src ?? ''));
  const [alt, setAlt] = useState(String(old?.alt ?? ''));
  const [width, setWidth] = useState(String(old?.width ?? 100));
  const [error, setError] = useState<string | null>(null);
  const picker = useRef<HTMLInputElement>(null);
  const isFile = src.startsWith('data:');

  const choose = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    try {
      setSrc(await imageFromFile(file));
      setAlt((now) => now || file.name.replace(/\.\w+$/, ''));
      setError(null);
    } catch (refusal) {
      setError(refusal instanceof ImageRefused ? refusal.message : words.imageBad);
    }
  };
  const apply = (event: FormEvent): void => {
    event.preventDefault();
    const safe = safeImageSrc(src);
    if (safe === null) {
      setError(words.imageBad);
      return;
    }
    run(editor, insertImage({ src: safe, alt: alt.trim(), width: Number(width) }));
    onClose();
  };
  return (
    <Dialog
      title={words.imageTitle}
      size="small"
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      footer={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button variant="primary" type="submit" form="cc-docs-image">
            {old ? words.imageUpdate : words.imageInsert}
          </Button>
        </>
      }
    >
      <form id="cc-docs-image" className="cc-docs-form" onSubmit={apply}>
        {safeImageSrc(src) ? <img className="cc-docs-preview" src={src} alt="" /> : null}
        <TextField
          label={words.imageAddress}
          // A picture of this device is its own address, too long to show.
          value={isFile ? '' : src}
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          hint={words.imageHint}
          {...(error !== null && { error })}
          onChange={(event) => {
            setSrc(event.target.value);
            setError(null);
          }}
        />
        <div>
          <Button icon={<ImageUp />} onClick={() => picker.current?.click()}>
            {words.imageChoose}
          </Button>
          <input
            ref={picker}
            type="file"
            accept="image/*"
            hidden
            onChange={(event) => void choose(event.target.files?.[0])}
          />
        </div>
        <TextField
          label={words.imageAlt}
          value={alt}
          hint={words.imageAltHint}
          onChange={(event) => setAlt(event.target.value)}
        />
        <div className="cc-docs-width">
          <span aria-hidden="true">{words.imageWidth}</span>
          <SegmentedControl label={words.imageWidth} value={width} options={WIDTHS} onChange={setWidth} />
        </div>
      </form>
    </Dialog>
  );
}
