import { describe, expect, test } from 'vitest';
import { askedAt, isMentioned, namedIn, piecesOf } from './mentions.ts';

const NAMES = ['Ana', 'Ana María', 'Bo', 'Calm Otter'];
const named = (text: string) =>
  piecesOf(text, NAMES)
    .filter(({ mention }) => mention)
    .map((piece) => piece.text);

describe('piecesOf', () => {
  test.each([
    ['@Bo, look', ['@Bo']],
    ['ask @bo!', ['@bo']],
    ['@Ana María and @Ana', ['@Ana María', '@Ana']],
    ['(@Calm Otter)', ['@Calm Otter']],
    ['@Bob', []],
    ['mail@Bo', []],
    ['@', []],
    ['@@Bo', ['@Bo']],
    ['nobody', []],
  ])('%j names %j', (text, expected) => {
    expect(named(text)).toEqual(expected);
  });

  test('the pieces are the whole text', () => {
    const text = 'a @Bo b @Ana @Nobody';
    expect(
      piecesOf(text, NAMES)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text);
  });
});

test('only the name itself is a mention of somebody', () => {
  expect(isMentioned('hello @Bo', 'Bo')).toBe(true);
  expect(isMentioned('hello Bo', 'Bo')).toBe(false);
  expect(isMentioned('hello @Bo', '')).toBe(false);
});

describe('askedAt', () => {
  test.each([
    ['@', 1, { from: 0, query: '' }],
    ['hi @An', 6, { from: 3, query: 'An' }],
    ['hi @An there', 6, { from: 3, query: 'An' }],
    ['mail@x', 6, null],
    ['@a\nb', 4, null],
    ['hi', 2, null],
    ['hi @An', 2, null],
  ])('%j at %d asks for %j', (text, caret, expected) => {
    expect(askedAt(text, caret)).toEqual(expected);
  });
});

describe('namedIn', () => {
  const people = { a: 'Ana', b: 'Bo', c: 'Ana María', d: 'Bo' };

  test('says who is meant: the longest name, and everybody who has it', () => {
    expect(namedIn('@ana María, ask @bo', people)).toEqual({ b: 'Bo', c: 'Ana María', d: 'Bo' });
    expect(namedIn('Bo', people)).toEqual({});
  });

  test('keeps whom it named under a former name, as long as that stands there', () => {
    expect(namedIn('@Anna and @Bo', { a: 'Ana', b: 'Bo' }, { a: 'Anna' })).toEqual({ a: 'Anna', b: 'Bo' });
    expect(namedIn('@Bo', { a: 'Ana', b: 'Bo' }, { a: 'Anna' })).toEqual({ b: 'Bo' });
  });
});
