import { useMayEdit } from '@concord/shell';
import { useEffect, useId, useRef } from 'react';
import { useSession } from '../../session.ts';
import { bindDescription } from '../../text-binding.ts';
import { words } from '../../words.ts';

/** The card's longer text, live for everyone who has it open. */
export function Description({ id }: { id: string }) {
  const { doc } = useSession();
  const area = useRef<HTMLTextAreaElement>(null);
  const label = useId();
  const mayEdit = useMayEdit();
  useEffect(() => (area.current ? bindDescription(area.current, doc, id) : undefined), [doc, id]);
  return (
    <section className="cc-board-part">
      <h3 id={label}>{words.description}</h3>
      <span className="cc-input cc-input--area">
        <textarea
          ref={area}
          aria-labelledby={label}
          rows={4}
          readOnly={!mayEdit}
          placeholder={words.descriptionHint}
        />
      </span>
    </section>
  );
}
