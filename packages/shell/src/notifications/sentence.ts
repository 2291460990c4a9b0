import type { Notice } from './notices.ts';
import { words } from './words.ts';

/** A notice in one sentence. */
export const sentence = ({ what, by, quote }: Notice): string =>
  words.sentences[what](by?.name ?? words.someone, quote);
