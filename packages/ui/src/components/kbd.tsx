import { shortcutKeys } from '../shortcut.ts';

/** A shortcut as keys, in the words of this system: `<Kbd shortcut="Mod+K" />`. */
export function Kbd({ shortcut }: { shortcut: string }) {
  return (
    <span className="cc-kbd" role="presentation">
      {shortcutKeys(shortcut).map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </span>
  );
}
