/* Everything of the overlays that needs Radix, in one chunk of its own: see useOverlays. */
export { ContextMenuParts, MenuParts } from './menu-parts.tsx';
export { PopoverParts } from './popover-parts.tsx';
export { ToastParts } from './toast-parts.tsx';
export { TooltipParts } from './tooltip-parts.tsx';
