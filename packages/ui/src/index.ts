export { classNames } from './class-names.ts';
export type { Command } from './commands/command.ts';
export { useCommands, useOpenCommands } from './commands/registry.tsx';
export * from './components/avatar.tsx';
export * from './components/button.tsx';
export * from './components/checkbox.tsx';
export * from './components/dialog.tsx';
export * from './components/error-boundary.tsx';
export * from './components/feedback.tsx';
export * from './components/field.tsx';
export { Kbd } from './components/kbd.tsx';
export { type LazyView, lazyView, WhenWanted } from './components/lazy-view.tsx';
export { announce, VisuallyHidden } from './components/live-region.tsx';
export * from './components/menu.tsx';
export * from './components/popover.tsx';
export * from './components/segments.tsx';
export * from './components/select.tsx';
export { type ToastOptions, toast } from './components/toast.tsx';
export * from './components/toolbar.tsx';
export { Tooltip, type TooltipProps } from './components/tooltip.tsx';
export * from './frame/app-frame.tsx';
export { type Kind, LogoMark } from './frame/logo.tsx';
export { SidePanel, type SidePanelProps } from './frame/side-panel.tsx';
export {
  type SaveState,
  type SaveStatus,
  StatusBadge,
  StatusIcon,
  statusWords,
} from './frame/status-badge.tsx';
export { UiProvider, type UiProviderProps } from './frame/ui-provider.tsx';
export { LOCALES, type Locale, setLocale } from './i18n/locale.ts';
export { list, type PluralForms, plural } from './i18n/plural.ts';
export { relativeTime } from './i18n/relative-time.ts';
export { currentLocale, defineWords, formatLocale, lateWords, startLocale } from './i18n/words.ts';
export { flash, scrollBehaviour } from './motion.ts';
export { ariaShortcut, shortcutKeys } from './shortcut.ts';
export { setTheme, startTheme, type Theme, useTheme } from './theme.ts';
