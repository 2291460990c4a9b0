import { defineWords } from '@concord/ui';
import { english } from './words/en.ts';

/** What the shell says about where changes are and how the line is. */
export const words = defineWords(english, {
  de: () => import('./words/de.ts'),
  ar: () => import('./words/ar.ts'),
});
