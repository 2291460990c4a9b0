export { type CommentTool, useCommentTool } from './comments/begin.tsx';
export { CommentBadge, CommentButton } from './comments/comment-badge.tsx';
export type { Comments } from './comments/comments.ts';
export type { CommentSubjects, Place, Quoted, Subject } from './comments/subject.ts';
export { textMarks } from './comments/text-marks.ts';
export { useComments, useItemComments } from './comments/use-comments.ts';
export type { AppDefinition, AppProps, Mode, TitledSchema } from './definition.ts';
export { EditableWhen } from './editable-when.tsx';
export { EmptyDocument, useAwaited } from './empty-document.tsx';
export type { Whereabouts } from './follow/whereabouts.ts';
export { download, fileName } from './frame/download.ts';
export { BarActions, FrameBanner, useFrameMenu } from './frame/slots.tsx';
export { useBeginning } from './frame/use-beginning.ts';
export type { AppHistory, PastProps, Trace } from './history/history.ts';
export { useTrace } from './history/trace.ts';
export { type Thing, tracesOf } from './history/traces-of.ts';
export {
  type ConflictTold,
  type ConflictViews,
  choiceOf,
  decideTheSame,
  type InboxWords,
  keyIn,
  type Waiting,
  writtenBy,
} from './inbox/conflict-views.ts';
export { entriesOf } from './inbox/entries.ts';
export { tellAtOnce } from './inbox/tell-at-once.ts';
export { laterPart } from './later-part.ts';
export { Loading } from './loading.tsx';
export type { Beginning } from './local/beginning.ts';
export type { Identity } from './local/identity.ts';
export { EditFields, EditOnly, useMayEdit, useMode } from './mode.tsx';
export { mountApp } from './mount-app.tsx';
export { textWords } from './undo/text-words.ts';
export { keysIn } from './undo/use-reveal.ts';
export { stepOn } from './undo/use-undo-toasts.ts';
