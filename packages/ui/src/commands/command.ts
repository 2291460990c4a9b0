import type { ReactNode } from 'react';

/** Something that a person can do from the keyboard. The palette and the sheet of keys are made from these alone. */
export type Command = {
  /** Unique in the app, for example `board.archive-card`. */
  readonly id: string;
  /** As a person would say it: "Archive the card". */
  readonly title: string;
  /** The heading under which it stands. */
  readonly group: string;
  /** Shortcuts in the form of `Kbd`: `Mod+Shift+Z`, `N`, `?`, `Up`. */
  readonly keys?: readonly string[];
  readonly icon?: ReactNode;
  readonly disabled?: boolean;
  /** Absent: only the focused view can do it (arrow keys, an editor's own keys), and the palette does not offer it. */
  readonly run?: () => void;
  /** True if the focused view listens for the keys itself; the registry then only shows them. */
  readonly inView?: boolean;
  /** True if the palette does not offer it: the command that opens the palette itself. */
  readonly unlisted?: boolean;
};

export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

const NAMES: Readonly<Record<string, string>> = { ' ': 'Space', Esc: 'Escape' };

/** Whether this press is `shortcut`. `Mod` is Command on Apple's systems and Control elsewhere. */
export function matches(shortcut: string, press: KeyPress, apple: boolean): boolean {
  const parts = shortcut.split('+');
  const key = parts.pop() || '+';
  const has = (name: string): boolean => parts.includes(name);
  if (press.metaKey !== (apple && has('Mod'))) return false;
  if (press.ctrlKey !== (has('Ctrl') || (!apple && has('Mod')))) return false;
  if (press.altKey !== has('Alt')) return false;
  // A sign like "?" already says which keys make it on this keyboard; letters and named keys do not.
  if (isSign(key) ? has('Shift') && !press.shiftKey : press.shiftKey !== has('Shift')) return false;
  const pressed = NAMES[press.key] ?? press.key.replace(/^Arrow/, '');
  if (pressed.toLowerCase() === key.toLowerCase()) return true;
  // With Alt, and on layouts without Latin letters, `key` is another character: the place on the keyboard counts.
  return /^[A-Z0-9]$/i.test(key) &&
    /^(Key|Digit)/.test(press.code) &&
    press.code.slice(-1) === key.toUpperCase()
    ? !/^[a-z0-9]$/i.test(press.key)
    : false;
}

const isSign = (key: string): boolean => key.length === 1 && !/[a-z0-9]/i.test(key);

/** Whether the shortcut types a character when the focus is in a text. */
export const isPlain = (shortcut: string): boolean => !/(^|\+)(Mod|Ctrl|Alt)\+/.test(shortcut);

/** Two commands that the registry would both run on one key: a mistake of the app. */
export function clashes(commands: readonly Command[]): [string, Command, Command][] {
  const owners = new Map<string, Command>();
  const found: [string, Command, Command][] = [];
  for (const command of commands) {
    if (command.inView || !command.run) continue;
    for (const keys of command.keys ?? []) {
      const owner = owners.get(keys);
      if (owner) found.push([keys, owner, command]);
      else owners.set(keys, command);
    }
  }
  return found;
}
