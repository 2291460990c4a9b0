import { formatLocale } from './words.ts';

/** The forms of a noun by the categories of CLDR; a language has some of them, and always `other`. `#` is the number. */
export type PluralForms = { readonly other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;

type Formats = {
  readonly rules: Intl.PluralRules;
  readonly numbers: Intl.NumberFormat;
  readonly lists: Intl.ListFormat;
};

/** Making one takes longer than using it a hundred times. */
const made = new Map<string | undefined, Formats>();

function formatsOf(locale: string | undefined): Formats {
  let formats = made.get(locale);
  if (formats === undefined) {
    formats = {
      rules: new Intl.PluralRules(locale),
      numbers: new Intl.NumberFormat(locale),
      lists: new Intl.ListFormat(locale),
    };
    made.set(locale, formats);
  }
  return formats;
}

/** `plural(3, { one: '# card', other: '# cards' })` is "3 cards". The number is written as the reader writes it. */
export function plural(count: number, forms: PluralForms, locale = formatLocale()): string {
  const { rules, numbers } = formatsOf(locale);
  return (forms[rules.select(count)] ?? forms.other).replaceAll('#', numbers.format(count));
}

/** `list(['Ana', 'Bo', 'Cy'])` is "Ana, Bo, and Cy". */
export const list = (items: readonly string[], locale = formatLocale()): string =>
  formatsOf(locale).lists.format(items);
