import { EditFields } from '@concord/shell';
import { Button, Dialog, Select } from '@concord/ui';
import { Unlink } from 'lucide-react';
import type { Link } from '../links.ts';
import { addLink, linkProblem, nameOf, removeLink, setLag } from '../model.ts';
import { MOST_DAYS, type Plan } from '../plan.ts';
import type { LinkType } from '../schedule.ts';
import { useViewState } from '../store.ts';
import { CommitField } from './commit-field.tsx';
import { tell, usePlanner } from './planner.tsx';

const TYPES: readonly { readonly value: LinkType; readonly label: string }[] = [
  { value: 'FS', label: 'Finish to start (FS)' },
  { value: 'SS', label: 'Start to start (SS)' },
  { value: 'FF', label: 'Finish to finish (FF)' },
  { value: 'SF', label: 'Start to finish (SF)' },
];

/** Kind and lag of one link, and the way to remove it. */
export function LinkDialog() {
  const { plan } = usePlanner();
  const id = useViewState((state) => state.link);
  const openLink = useViewState((state) => state.openLink);
  const link = plan.links.find((each) => each.id === id);
  return (
    <Dialog
      title="Link"
      {...(link && { description: `${nameOf(plan, link.from)} → ${nameOf(plan, link.to)}` })}
      size="small"
      open={link !== undefined}
      onOpenChange={(open) => {
        if (!open) openLink(null);
      }}
    >
      <EditFields>{link ? <LinkForm link={link} plan={plan} /> : null}</EditFields>
    </Dialog>
  );
}

function LinkForm({ link, plan }: { link: Link; plan: Plan }) {
  const { edit } = usePlanner();
  const { openLink } = useViewState.getState();

  // A link is of one kind for good: another kind is another link in its place.
  const change = (type: LinkType): void => {
    const without = { ...plan, links: plan.links.filter((each) => each.id !== link.id) };
    const problem = linkProblem(without, link.from, link.to, type, link.lag);
    if (problem) {
      tell(new RangeError(problem));
      return;
    }
    edit('Change link', (root) => {
      removeLink(root, link.id);
      openLink(addLink(root, link.from, link.to, type, link.lag));
    });
  };
  return (
    <div className="cc-gantt-form">
      <Select label="Kind" value={link.type} options={TYPES} onChange={change} />
      <CommitField
        label="Lag in working days"
        hint="Negative for an overlap"
        value={String(link.lag)}
        onCommit={(text) => {
          const lag = /^[-−+]?\d+$/.test(text) ? Number(text.replace('−', '-')) : Number.NaN;
          if (!(Math.abs(lag) <= MOST_DAYS)) throw new RangeError('Write a whole number of days.');
          edit('Set lag', (root) => setLag(root, link.id, lag));
        }}
      />
      <div>
        <Button
          variant="danger"
          size="small"
          icon={<Unlink />}
          onClick={() => {
            openLink(null);
            edit('Remove link', (root) => removeLink(root, link.id));
          }}
        >
          Remove link
        </Button>
      </div>
    </div>
  );
}
