import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const all = ['tokens.css', 'presence.css']
  .map((file) => readFileSync(new URL(file, import.meta.url), 'utf8'))
  .join('\n');
const plain = all.replace(/@media[\s\S]*?\n}\n/g, '');
/** For who asks for more contrast: what it does not say is as in the plain themes, and comes after it here. */
const more = `${/@media \(prefers-contrast: more\)[\s\S]*?\n}\n/.exec(all)?.[0]}${plain}`;

type Scheme = 'light' | 'dark';

function token(name: string, scheme: Scheme, css = plain): string {
  const value = new RegExp(`--cc-${name}: ([^;]+);`).exec(css)?.[1];
  if (!value) throw new Error(`No token --cc-${name}`);
  const pair = /light-dark\((.+), (.+)\)/.exec(value);
  const colour = pair ? pair[scheme === 'light' ? 1 : 2] : value;
  if (!colour?.startsWith('#')) throw new Error(`--cc-${name} is not a plain colour: ${value}`);
  return colour;
}

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

const grounds = ['canvas', 'surface', 'raised'];
const presence = Array.from({ length: 10 }, (_, index) => `presence-${index}`);
const tones = ['danger', 'warning', 'success', 'info'];

const TEXT: readonly (readonly [string, string])[] = [
  ...grounds.flatMap((ground) =>
    ['text', 'text-muted', 'text-faint', 'accent-text', 'danger-text'].map((ink) => [ink, ground] as const),
  ),
  ['text-muted', 'sunken'],
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['on-danger', 'danger'],
  ['accent-text', 'accent-soft'],
  ['text', 'selection'],
  ...['comment', 'comment-active'].flatMap((ground) => [
    ['text', ground] as const,
    ['accent-text', ground] as const,
  ]),
  ...tones.map((tone) => [`${tone}-text`, `${tone}-soft`] as const),
  ...presence.map((colour) => ['presence-text', colour] as const),
];

const SHAPES: readonly (readonly [string, string])[] = [
  ['border-strong', 'surface'],
  ['accent', 'surface'],
  ['focus', 'canvas'],
  ['comment-line', 'surface'],
  ...presence.map((colour) => [colour, 'surface'] as const),
];

describe.each(['light', 'dark'] as const)('contrast in %s', (scheme) => {
  test.each(TEXT)('text %s on %s is at least 4.5:1', (ink, ground) => {
    expect(contrast(token(ink, scheme), token(ground, scheme))).toBeGreaterThanOrEqual(4.5);
  });

  test.each(SHAPES)('shape %s on %s is at least 3:1', (shape, ground) => {
    expect(contrast(token(shape, scheme), token(ground, scheme))).toBeGreaterThanOrEqual(3);
  });
});

describe.each(['light', 'dark'] as const)('more contrast in %s', (scheme) => {
  const ratio = (one: string, other: string) =>
    contrast(token(one, scheme, more), token(other, scheme, more));
  const inks = ['text', 'text-muted', 'text-faint', 'accent-text', 'danger-text'];
  const pairs = grounds.flatMap((ground) => inks.map((ink) => [ink, ground] as const));
  const controls = [['on-accent', 'accent'] as const, ['on-danger', 'danger'] as const];
  const told = tones.map((tone) => [`${tone}-text`, `${tone}-soft`] as const);

  test.each([...pairs, ...controls, ...told])('text %s on %s is at least 7:1', (ink, ground) => {
    expect(ratio(ink, ground)).toBeGreaterThanOrEqual(7);
  });

  test.each([
    ['border', 'surface'],
    ['border-strong', 'surface'],
    ['focus', 'canvas'],
  ])('shape %s on %s is at least 4.5:1', (shape, ground) => {
    expect(ratio(shape, ground)).toBeGreaterThanOrEqual(4.5);
  });
});
