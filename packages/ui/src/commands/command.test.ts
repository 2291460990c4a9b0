import { describe, expect, test } from 'vitest';
import { clashes, isPlain, type KeyPress, matches } from './command.ts';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});

describe('matches', () => {
  test('Mod is Command on Apple’s systems and Control elsewhere', () => {
    expect(matches('Mod+K', press('k', { ctrlKey: true }), false)).toBe(true);
    expect(matches('Mod+K', press('k', { metaKey: true }), true)).toBe(true);
    expect(matches('Mod+K', press('k', { ctrlKey: true }), true)).toBe(false);
    expect(matches('Mod+K', press('k', { ctrlKey: true, metaKey: true }), false)).toBe(false);
    expect(matches('Mod+K', press('k'), false)).toBe(false);
  });

  test('letters and named keys need exactly the Shift that they name, signs none', () => {
    expect(matches('N', press('n'), false)).toBe(true);
    expect(matches('N', press('N', { shiftKey: true }), false)).toBe(false);
    expect(matches('Shift+Up', press('ArrowUp', { shiftKey: true }), false)).toBe(true);
    expect(matches('Up', press('ArrowUp', { shiftKey: true }), false)).toBe(false);
    expect(matches('?', press('?', { shiftKey: true }), false)).toBe(true);
    expect(matches('Space', press(' '), false)).toBe(true);
  });

  test('the place on the keyboard counts where the character is no Latin one', () => {
    expect(matches('Mod+K', press('л', { code: 'KeyK', ctrlKey: true }), false)).toBe(true);
    expect(matches('Mod+Alt+1', press('¡', { code: 'Digit1', ctrlKey: true, altKey: true }), false)).toBe(
      true,
    );
    // A Latin layout that has another letter there means that letter.
    expect(matches('Mod+Q', press('a', { code: 'KeyQ', ctrlKey: true }), false)).toBe(false);
  });
});

test('a plain key is one that would type something', () => {
  expect(['?', 'N', 'Shift+Up', 'Mod+K', 'Alt+Up'].filter(isPlain)).toEqual(['?', 'N', 'Shift+Up']);
});

test('two commands on one key are found, keys that a view handles itself are not', () => {
  const a = { id: 'a', title: 'A', group: 'g', keys: ['N'], run: () => undefined };
  const b = { ...a, id: 'b' };
  expect(clashes([a, b])).toEqual([['N', a, b]]);
  expect(clashes([a, { ...b, inView: true }])).toEqual([]);
});
