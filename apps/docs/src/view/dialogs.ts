export { FindBar } from './find-bar.tsx';
export { ImageDialog } from './image-dialog.tsx';
export { LinkDialog } from './link-dialog.tsx';
