// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from 'vitest';
import { chooseLocale } from './locale.ts';
import { list, plural } from './plural.ts';
import { pseudo } from './pseudo.ts';
import { currentLocale, defineWords, startLocale } from './words.ts';

const english = { close: 'Close', cards: (count: number) => `${count} cards`, deep: { list: ['One'] } };
let fails = false;
const words = defineWords(english, {
  de: async () => {
    if (fails) throw new Error('offline');
    return { default: { close: 'Schließen', cards: (n: number) => `${n} Karten`, deep: { list: ['Eins'] } } };
  },
  ar: async () => ({ default: { ...english, close: 'إغلاق' } }),
});

afterEach(() => {
  fails = false;
});

test('a region counts as its language, and an unknown language is skipped', () => {
  expect(chooseLocale(['fr', 'de-AT', 'en'])).toBe('de');
  expect(chooseLocale(['ar-EG'])).toBe('ar');
  expect(chooseLocale(['fr', 'ja'])).toBe('en');
  expect(chooseLocale([])).toBe('en');
});

test('the catalogue reads in the language that was started, and the page says which', async () => {
  await startLocale('ar');
  expect(words.close).toBe('إغلاق');
  expect([document.documentElement.lang, document.documentElement.dir]).toEqual(['ar', 'rtl']);
  await startLocale('de');
  expect(words.cards(2)).toBe('2 Karten');
  expect([document.documentElement.lang, document.documentElement.dir]).toEqual(['de', 'ltr']);
});

test('a catalogue that comes while the language is being fetched, or later, reads in it too', async () => {
  vi.resetModules();
  const page = await import('./words.ts');
  const define = () =>
    page.defineWords(
      { open: 'Open' },
      { de: async () => ({ default: { open: 'Öffnen' } }), ar: async () => ({ default: { open: 'افتح' } }) },
    );
  const start = page.startLocale('de');
  const during = define();
  await start;
  const after = define();
  await page.lateWords();
  expect([during.open, after.open]).toEqual(['Öffnen', 'Öffnen']);
});

test('without the translation the page is in English', async () => {
  fails = true;
  await startLocale('de');
  expect(currentLocale()).toBe('en');
  expect(document.documentElement.lang).toBe('en');
});

test('the pseudo-locale changes every text, those inside functions and lists too', () => {
  const strange = pseudo(english);
  expect(strange.close).toBe('⟦Çĺóšé··⟧');
  expect(strange.cards(3)).toMatch(/^⟦3 çáŕðš·+⟧$/);
  expect(strange.deep.list[0]).toMatch(/^⟦Óñé·+⟧$/);
});

test('plurals and lists follow the language', () => {
  const forms = { zero: 'لا', one: 'واحد', two: 'اثنان', few: '# قليل', many: '# كثير', other: '# آخر' };
  expect(plural(2, forms, 'ar')).toBe('اثنان');
  expect(plural(3, forms, 'ar-EG-u-nu-latn')).toBe('3 قليل');
  expect(plural(1, { one: '# card', other: '# cards' }, 'en')).toBe('1 card');
  expect(plural(1200, { one: '# card', other: '# cards' }, 'en')).toBe('1,200 cards');
  expect(list(['Ana', 'Bo'], 'de')).toBe('Ana und Bo');
});
