import './docs.css';
import './text.css';
import '@concord/prosemirror/carets.css';
import '@concord/prosemirror/comments.css';
import { useView } from '@concord/react';
import { type AppProps, EditOnly, Loading, laterPart, useAwaited } from '@concord/shell';
import type { docsSchema } from '../schema.ts';
import { StillText } from './still-text.tsx';

type DocsProps = AppProps<typeof docsSchema>;

const useEditorPart = laterPart(async () => (await import('./docs-editor.tsx')).DocsEditor);

/** A document: there to be read at once, and to be written in as soon as the editor has come. */
export function DocsApp(props: DocsProps) {
  const isAwaited = useAwaited();
  const hasText = useView(props.session, ({ body }) => body.length > 0);
  const Editor = useEditorPart(props.session, hasText || !isAwaited);
  return Editor ? <Editor {...props} /> : <Reading session={props.session} />;
}

function Reading({ session }: Pick<DocsProps, 'session'>) {
  const body = useView(session, (view) => view.body);
  const coming = useAwaited() && body.text === '';
  return (
    <div className="cc-docs">
      <div className="cc-docs-bar">
        <EditOnly>
          <div className="cc-docs-tools" />
        </EditOnly>
      </div>
      <div className="cc-docs-desk">
        <div className="cc-docs-page">
          <div className="cc-docs-host">
            <StillText body={body} />
          </div>
          {coming ? <Loading /> : null}
        </div>
      </div>
    </div>
  );
}
