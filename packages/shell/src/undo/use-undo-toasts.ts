import type { DocEvent, SchemaNode } from '@concord/crdt';
import type { Session } from '@concord/sync';
import { announce, toast } from '@concord/ui';
import { useEffect } from 'react';
import { words } from '../words.ts';

/** What the layers that know no words call a step. Of these the user sees at the caret what happens. */
const PLAIN: Readonly<Record<string, () => string>> = {
  Typing: () => words.typing,
  Edit: () => words.edit,
};

/** A step as the user reads it: the label that it was made with. */
export const stepName = (label: string): string => PLAIN[label]?.() ?? label;

/** The label of a step done to something that has a name: undo tells what it takes back. */
export const stepOn = (label: string, name: string): string => words.stepOn(label, short(name));

/** Past this many characters a name is cut. */
const LONG = 40;
const short = (name: string): string => (name.length > LONG ? `${name.slice(0, LONG - 1)}…` : name);

/** Says what was undone or redone, by whatever key or button, and offers the way back as long as there is one. */
export function useUndoToasts<S extends SchemaNode>({ doc }: Session<S>): void {
  useEffect(() => {
    let dismiss = (): void => {};
    const tell = ({ direction, label }: NonNullable<DocEvent['step']>): void => {
      const isUndo = direction === 'undo';
      const title = (isUndo ? words.undid : words.redid)(stepName(label));
      if (label in PLAIN || document.activeElement instanceof HTMLTextAreaElement) {
        dismiss();
        announce(title);
        return;
      }
      dismiss = toast({
        key: 'undo',
        title,
        action: isUndo
          ? { label: words.plainRedo, onSelect: () => void doc.redo() }
          : { label: words.plainUndo, onSelect: () => void doc.undo() },
      });
    };
    const stop = doc.subscribe(({ origin, step }) => {
      if (step) tell(step);
      // What is offered there would now be something else.
      else if (origin === 'local') dismiss();
    });
    return () => {
      stop();
      dismiss();
    };
  }, [doc]);
}
