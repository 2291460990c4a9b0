/**
 * Shortcuts are written once, as `Mod+Shift+Z`. `Mod` is Command on Apple's systems and Control elsewhere.
 */
export const applePlatform = (): boolean =>
  typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

const APPLE: Readonly<Record<string, string>> = {
  Mod: '⌘',
  Ctrl: '⌃',
  Alt: '⌥',
  Shift: '⇧',
  Enter: '↩',
  Backspace: '⌫',
};
const OTHER: Readonly<Record<string, string>> = { Mod: 'Ctrl' };
const ARROWS: Readonly<Record<string, string>> = { Up: '↑', Down: '↓', Left: '←', Right: '→' };

/** The keys as a person reads them on this system: `['⌘', '⇧', 'Z']` or `['Ctrl', 'Shift', 'Z']`. */
export function shortcutKeys(shortcut: string, apple = applePlatform()): string[] {
  const names = apple ? APPLE : OTHER;
  return shortcut.split('+').map((key) => names[key] ?? ARROWS[key.replace(/^Arrow/, '')] ?? key);
}

/** The same in the words of `aria-keyshortcuts`: `Control+Shift+Z`. */
export function ariaShortcut(shortcut: string, apple = applePlatform()): string {
  return shortcut
    .split('+')
    .map((key) => {
      if (key === 'Mod') return apple ? 'Meta' : 'Control';
      if (key === 'Ctrl') return 'Control';
      return key in ARROWS ? `Arrow${key}` : key;
    })
    .join('+');
}
