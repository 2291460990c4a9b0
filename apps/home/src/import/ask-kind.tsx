import { type DocumentKind, KIND_NAMES } from '@concord/shell/local';
import { Button, Dialog, LogoMark } from '@concord/ui';
import { words } from '../words.ts';

type AskKindProps = {
  name: string;
  kinds: readonly DocumentKind[];
  onChoose: (kind: DocumentKind) => void;
  onClose: () => void;
};

/** Which kind of document a file shall become, where the file does not say. */
export default function AskKind({ name, kinds, onChoose, onClose }: AskKindProps) {
  return (
    <Dialog open size="small" title={words.importTitle(name)} onOpenChange={onClose}>
      <div className="ask-kind">
        {kinds.map((kind) => (
          <Button key={kind} icon={<LogoMark kind={kind} size={20} />} onClick={() => onChoose(kind)}>
            {KIND_NAMES[kind].app}
          </Button>
        ))}
      </div>
    </Dialog>
  );
}
