import { formatLocale } from './words.ts';

/** The forms of a noun by the categories of CLDR; a language has some of them, and always `other`. `#` is the number. */
export type PluralForms = { readonly other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;

/** `plural(3, { one: '# card', other: '# cards' })` is "3 cards". The number is written as the reader writes it. */
export function plural(count: number, forms: PluralForms, locale = formatLocale()): string {
  const form = forms[new Intl.PluralRules(locale).select(count)] ?? forms.other;
  return form.replaceAll('#', new Intl.NumberFormat(locale).format(count));
}

/** `list(['Ana', 'Bo', 'Cy'])` is "Ana, Bo, and Cy". */
export const list = (items: readonly string[], locale = formatLocale()): string =>
  new Intl.ListFormat(locale).format(items);
