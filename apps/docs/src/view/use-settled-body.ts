import type { TextView } from '@concord/crdt';
import { useEffect, useState } from 'react';
import type { DocsSession } from '../editor/create-editor.ts';

/** Long documents take milliseconds to look through: not at each key. */
const PAUSE = 800;

/** The document's text as it was at the last pause, for what may lag behind the typing. */
export function useSettledBody({ doc }: DocsSession): TextView {
  const [body, setBody] = useState(() => doc.view.body);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    let isEmpty = true;
    const read = (): void => {
      timer = null;
      isEmpty = doc.view.body.text === '';
      setBody(doc.view.body);
    };
    read();
    const stop = doc.subscribe((event) => {
      if (!event.patches.has('body')) return;
      // A document that has just come is looked through at once.
      if (isEmpty) read();
      else timer ??= setTimeout(read, PAUSE);
    });
    return () => {
      stop();
      if (timer) clearTimeout(timer);
    };
  }, [doc]);
  return body;
}
