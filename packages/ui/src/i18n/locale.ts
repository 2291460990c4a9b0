/** The languages that the product speaks, each by its own name. `x-pseudo` is English made strange, for tests. */
export const LOCALES = {
  en: { name: 'English', direction: 'ltr' },
  de: { name: 'Deutsch', direction: 'ltr' },
  ar: { name: 'العربية', direction: 'rtl' },
  'x-pseudo': { name: 'Þšéûðö', direction: 'ltr' },
} as const;

export type Locale = keyof typeof LOCALES;

const KEY = 'concord.locale';

export const isLocale = (value: unknown): value is Locale =>
  typeof value === 'string' && Object.hasOwn(LOCALES, value);

/** The first of the reader's languages that the product speaks; a region counts as its language. */
export function chooseLocale(wanted: readonly string[]): Locale {
  for (const each of wanted) {
    const base = each.toLowerCase().startsWith('x-') ? each : each.split('-')[0];
    if (isLocale(base)) return base;
  }
  return 'en';
}

/** `?lang=`, else the remembered choice, else what the browser asks for. */
export function wantedLocale(): Locale {
  if (typeof location === 'undefined') return 'en';
  const asked = new URLSearchParams(location.search).get('lang');
  if (isLocale(asked)) return asked;
  let remembered: string | null = null;
  try {
    remembered = localStorage.getItem(KEY);
  } catch {
    // storage is forbidden: the browser's languages decide
  }
  return isLocale(remembered) ? remembered : chooseLocale(navigator.languages);
}

/** Remembers the language and opens the page anew in it. Nothing is lost: documents are stored as they are edited. */
export function setLocale(locale: Locale): void {
  try {
    localStorage.setItem(KEY, locale);
  } catch {
    // see wantedLocale()
  }
  const url = new URL(location.href);
  if (url.searchParams.has('lang')) url.searchParams.set('lang', locale);
  if (url.href === location.href) location.reload();
  else location.replace(url);
}
