import { expect, test } from 'vitest';
import { ariaShortcut, shortcutKeys } from './shortcut.ts';

test('a shortcut reads as this system writes it', () => {
  expect(shortcutKeys('Mod+Shift+Z', true)).toEqual(['⌘', '⇧', 'Z']);
  expect(shortcutKeys('Mod+Shift+Z', false)).toEqual(['Ctrl', 'Shift', 'Z']);
  expect(shortcutKeys('Alt+Up', false)).toEqual(['Alt', '↑']);
});

test('and as assistive technology wants it', () => {
  expect(ariaShortcut('Mod+Z', true)).toBe('Meta+Z');
  expect(ariaShortcut('Ctrl+Alt+Up', false)).toBe('Control+Alt+ArrowUp');
});
