export type { AppDefinition, AppProps, TitledSchema } from './definition.ts';
export { download, fileName } from './frame/download.ts';
export { BarActions, FrameBanner, useFrameMenu } from './frame/slots.tsx';
export * from './local/address.ts';
export type { Identity } from './local/identity.ts';
export * from './local/recents.ts';
export { mountApp } from './mount-app.tsx';
export { KIND_NAMES } from './words.ts';
