export { type TextOptions, textType } from './text.ts';
