import { EditOnly, stepOn } from '@concord/shell';
import { Badge, Button, Dialog } from '@concord/ui';
import { Unlink } from 'lucide-react';
import { type Link, ringOf } from '../links.ts';
import { linkName, nameOf, removeLink } from '../model.ts';
import { useViewState } from '../store.ts';
import { words } from '../words.ts';
import { linkWords } from './arrows.tsx';
import { usePlanner } from './planner.tsx';

/** The links that are not in effect: why, and the ways out. */
export function LinksPanel() {
  const { plan } = usePlanner();
  const open = useViewState((state) => state.panel === 'links');
  const openPanel = useViewState((state) => state.openPanel);
  return (
    <Dialog
      title={words.suspendedLinks}
      description={words.suspendedHint}
      open={open}
      onOpenChange={(next) => openPanel(next ? 'links' : null)}
    >
      {plan.suspended.length + plan.unmet.length === 0 ? (
        <p className="cc-gantt-note">{words.allInEffect}</p>
      ) : (
        <ul className="cc-gantt-cases" aria-label={words.suspendedLinks}>
          {plan.suspended.map((link) => (
            <SuspendedCase key={link.id} link={link} />
          ))}
          {plan.unmet.map((link) => (
            <li key={link.id}>
              <p>
                <Badge tone="danger">{words.notMet}</Badge> {linkWords(plan, link)}
              </p>
              <p className="cc-gantt-note">{words.unmetHint}</p>
              <RemoveButton link={link} />
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}

function SuspendedCase({ link }: { link: Link }) {
  const { plan } = usePlanner();
  const ring = ringOf(plan.links, link);
  const names = [link.from, ...ring.map((each) => each.from), link.from].map((key) => nameOf(plan, key));
  return (
    <li>
      <p>
        <Badge tone="danger">{words.suspended}</Badge> {linkWords(plan, link)}
      </p>
      <p className="cc-gantt-note">{words.theRing(names.join(' → '))}</p>
      <div className="cc-gantt-cases__ways">
        <RemoveButton link={link} />
        {ring.map((each) => (
          <RemoveButton key={each.id} link={each} />
        ))}
      </div>
    </li>
  );
}

function RemoveButton({ link }: { link: Link }) {
  const { plan, edit } = usePlanner();
  return (
    <EditOnly>
      <Button
        size="small"
        icon={<Unlink />}
        onClick={() =>
          edit(stepOn(words.removeLink, linkName(plan, link)), (root) => removeLink(root, link.id))
        }
      >
        <span className="cc-gantt-cases__name">
          {words.removeNamed(nameOf(plan, link.from), nameOf(plan, link.to))}
        </span>
      </Button>
    </EditOnly>
  );
}
