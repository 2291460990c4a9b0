import { EmptyDocument } from '@concord/shell';
import { Button, EmptyState } from '@concord/ui';
import { Columns3, Sparkles } from 'lucide-react';
import { flushSync } from 'react-dom';
import { dateInDays } from '../dates.ts';
import { addSampleBoard, addUsualLists } from '../sample.ts';
import type { BoardMut } from '../schema.ts';
import { useEdit } from '../session.ts';
import { setState } from '../store.ts';
import { words } from '../words.ts';

/** What a board without lists offers. Nothing is made until someone asks: two who open it find one empty board. */
export function EmptyBoard() {
  const edit = useEdit();
  const begin = (label: string, fill: (root: BoardMut) => void): void => {
    flushSync(() => edit(label, fill));
    // The button is gone with the empty board: the keyboard goes on where the first card is added.
    document.querySelector<HTMLElement>('[data-add]')?.focus();
  };
  return (
    <EmptyDocument icon={<Columns3 />}>
      <EmptyState
        title={words.emptyTitle}
        icon={<Columns3 />}
        action={
          <>
            <Button
              variant="primary"
              icon={<Columns3 />}
              onClick={() => begin(words.startBoard, addUsualLists)}
            >
              {words.startUsual}
            </Button>
            <Button
              icon={<Sparkles />}
              onClick={() => begin(words.fillSample, (root) => addSampleBoard(root, dateInDays))}
            >
              {words.trySample}
            </Button>
            <Button variant="ghost" onClick={() => setState({ addingList: true })}>
              {words.addOwnList}
            </Button>
          </>
        }
      >
        {words.emptyHint}
      </EmptyState>
    </EmptyDocument>
  );
}
