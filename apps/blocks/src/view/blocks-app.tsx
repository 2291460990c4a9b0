import {
  type AppProps,
  EditableWhen,
  EditOnly,
  textMarks,
  useAwaited,
  useBeginning,
  useComments,
} from '@concord/shell';
import { lazyView, WhenWanted } from '@concord/ui';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { BlocksDnd } from '../dnd/blocks-dnd.tsx';
import { Editing } from '../editing.ts';
import { Presence } from '../presence.ts';
import { addMarkdown } from '../sample.ts';
import type { BlocksSchema } from '../schema.ts';
import { useStore } from '../store.ts';
import { BlockMenu } from './block-menu.tsx';
import { ToolsProvider } from './context.ts';
import { LiveContext, useLivePart } from './live.ts';
import { PageView } from './page-view.tsx';
import { SlashMenu } from './slash-menu.tsx';
import { useRemoteNews } from './use-remote-news.ts';
import '@concord/prosemirror/carets.css';
import '@concord/prosemirror/comments.css';
import './blocks.css';
import './types.css';
import './overlays.css';

const Above = lazyView(() => import('./above.tsx'));

/** A page of blocks, and what opens above it. */
export function BlocksApp({ session }: AppProps<BlocksSchema>) {
  const comments = useComments();
  const [tools] = useState(() => {
    const marks = textMarks(comments);
    return { editing: new Editing(session, marks), presence: new Presence(session), comments: marks };
  });
  useEffect(() => tools.presence.start(), [tools]);
  useRemoteNews(tools.editing);
  const isAwaited = useAwaited();
  const { pages } = tools.editing;
  const hasBlocks = useSyncExternalStore(pages.subscribe, () => pages.get().blocks.length > 0);
  const Live = useLivePart(session, hasBlocks || !isAwaited);
  useBeginning((beginning) => {
    if (beginning.type !== 'markdown') return;
    tools.editing.change(beginning.name, (root) => {
      root.title.set(beginning.name.slice(0, 200));
      addMarkdown(root, beginning.text);
    });
  });
  const isAbove = useStore(
    ({ selected, linking, moving, trash }) => (selected ?? linking ?? moving) !== null || trash,
  );
  return (
    <ToolsProvider value={tools}>
      <LiveContext value={Live}>
        <EditableWhen ready={Live !== null}>
          <BlocksDnd editing={tools.editing}>
            <PageView />
          </BlocksDnd>
          <EditOnly>
            <SlashMenu />
            <BlockMenu />
          </EditOnly>
          <WhenWanted view={Above} wanted={isAbove} />
        </EditableWhen>
      </LiveContext>
    </ToolsProvider>
  );
}
