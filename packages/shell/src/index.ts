export type { AppDefinition, AppProps, Mode, TitledSchema } from './definition.ts';
export { download, fileName } from './frame/download.ts';
export { BarActions, FrameBanner, useFrameMenu } from './frame/slots.tsx';
export { useBeginning } from './frame/use-beginning.ts';
export type { Beginning } from './local/beginning.ts';
export type { Identity } from './local/identity.ts';
export { EditFields, EditOnly, NothingYet, useMayEdit, useMode } from './mode.tsx';
export { mountApp } from './mount-app.tsx';
