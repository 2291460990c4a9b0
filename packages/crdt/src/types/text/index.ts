export * from './op.ts';
export type { TextState } from './state.ts';
export { type TextOptions, type TextType, textType } from './text.ts';
