import { defineWords } from './i18n/words.ts';
import { english } from './words/en.ts';

/** What the design system says, in the page's language. */
export const words = defineWords(english, {
  de: () => import('./words/de.ts'),
  ar: () => import('./words/ar.ts'),
});
