import { words } from '../words.ts';

/** What a text's binding and its carets say, in the reader's language: the same in every app that holds a text. */
export const textWords = {
  get labels() {
    return words.steps;
  },
  caret: (name: string): string => words.joined(name),
};
