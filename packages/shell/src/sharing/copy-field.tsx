import { Button, TextField, toast } from '@concord/ui';
import { Copy } from 'lucide-react';
import { useRef } from 'react';
import { words } from './words.ts';

/** Something to be taken along: shown whole, selected by a click, copied by the button. */
export function CopyField({ label, value, action }: { label: string; value: string; action: string }) {
  const field = useRef<HTMLInputElement>(null);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(value);
      toast({ key: 'link', title: words.copied });
    } catch {
      field.current?.select();
      toast({ key: 'link', title: words.copyFailed });
    }
  };
  return (
    <div className="cc-share__copy">
      <TextField
        ref={field}
        label={label}
        hideLabel
        readOnly
        dir="ltr"
        value={value}
        onFocus={(event) => event.currentTarget.select()}
      />
      <Button icon={<Copy />} onClick={() => void copy()}>
        {action}
      </Button>
    </div>
  );
}
