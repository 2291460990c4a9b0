import { defineWords } from '@concord/ui';
import { english } from './words/en.ts';

export const words = defineWords(english, {
  de: () => import('./words/de.ts'),
  ar: () => import('./words/ar.ts'),
});
