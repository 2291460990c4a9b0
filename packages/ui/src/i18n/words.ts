import { LOCALES, type Locale, wantedLocale } from './locale.ts';
import { pseudo } from './pseudo.ts';

type Translated = Exclude<Locale, 'en' | 'x-pseudo'>;
type Loaders<T> = { readonly [L in Translated]: () => Promise<{ readonly default: T }> };

/** What to do for each catalogue when the language is known. */
const pending: ((locale: Locale) => Promise<void>)[] = [];
let current: Locale = 'en';
/** Null until `startLocale`: catalogues that come later than its call load for themselves. */
let chosen: Locale | null = null;
/** Ends when the catalogues that came with a chunk loaded later are in the page's language too. */
let late: Promise<unknown> = Promise.resolve();

/**
 * A catalogue of words. English is its type, so a translation that lacks a word does not compile. What comes back reads
 * in the page's language from the moment that `startLocale` has ended; keep `words.x` inside functions, since a
 * constant made while modules load still reads English.
 */
export function defineWords<T extends object>(english: T, translations: Loaders<T>): T {
  const words = { ...english };
  const load = async (locale: Locale): Promise<void> => {
    if (locale === 'x-pseudo') Object.assign(words, pseudo(english));
    else if (locale !== 'en') Object.assign(words, (await translations[locale]()).default);
  };
  pending.push(load);
  // A translation that cannot be fetched: English is always here.
  if (chosen !== null) late = Promise.all([late, load(chosen).catch(() => undefined)]);
  return words;
}

/** Ends when what has been loaded by now reads in the page's language. */
export const lateWords = async (): Promise<void> => void (await late);

/** Loads the reader's language into every catalogue. Call it once, before the first render. */
export async function startLocale(locale: Locale = wantedLocale()): Promise<void> {
  chosen = locale;
  try {
    await Promise.all(pending.map((load) => load(locale)));
    current = locale;
  } catch {
    chosen = current = 'en'; // a translation could not be fetched: English is always here
  }
  document.documentElement.lang = current === 'x-pseudo' ? 'en' : current;
  document.documentElement.dir = LOCALES[current].direction;
}

export const currentLocale = (): Locale => current;

/** For `Intl`: numbers, dates and plurals in the words' language, with the reader's own regional habits. */
export function formatLocale(): string {
  const base = current === 'x-pseudo' ? 'en' : current;
  const regional = typeof navigator === 'undefined' ? undefined : navigator.languages;
  return regional?.find((each) => each.split('-')[0] === base) ?? base;
}
