import { EditFields, EditOnly, stepOn } from '@concord/shell';
import { Button, Dialog, Select } from '@concord/ui';
import { Unlink } from 'lucide-react';
import type { Link } from '../links.ts';
import { addLink, linkName, linkProblem, removeLink, setLag } from '../model.ts';
import { MOST_DAYS, type Plan } from '../plan.ts';
import type { LinkType } from '../schedule.ts';
import { useViewState } from '../store.ts';
import { words } from '../words.ts';
import { CommitField } from './commit-field.tsx';
import { tell, usePlanner } from './planner.tsx';

const TYPES = ['FS', 'SS', 'FF', 'SF'] as const;

/** Kind and lag of one link, and the way to remove it. */
export function LinkDialog() {
  const { plan } = usePlanner();
  const id = useViewState((state) => state.link);
  const openLink = useViewState((state) => state.openLink);
  const link = plan.links.find((each) => each.id === id);
  return (
    <Dialog
      title={words.link}
      {...(link && { description: linkName(plan, link) })}
      size="small"
      open={link !== undefined}
      onOpenChange={(open) => {
        if (!open) openLink(null);
      }}
    >
      {link ? <LinkForm link={link} plan={plan} /> : null}
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
    edit(stepOn(words.changeLink, linkName(plan, link)), (root) => {
      removeLink(root, link.id);
      openLink(addLink(root, link.from, link.to, type, link.lag));
    });
  };
  return (
    <div className="cc-gantt-form">
      <EditFields>
        <Select
          label={words.linkKind}
          value={link.type}
          options={TYPES.map((value) => ({ value, label: words.linkTypes[value] }))}
          onChange={change}
        />
      </EditFields>
      <CommitField
        label={words.lag}
        hint={words.lagHint}
        value={String(link.lag)}
        onCommit={(text) => {
          const lag = /^[-−+]?\d+$/.test(text) ? Number(text.replace('−', '-')) : Number.NaN;
          if (!(Math.abs(lag) <= MOST_DAYS)) throw new RangeError(words.badLag);
          edit(stepOn(words.setLag, linkName(plan, link)), (root) => setLag(root, link.id, lag));
        }}
      />
      <EditOnly>
        <div>
          <Button
            variant="danger"
            size="small"
            icon={<Unlink />}
            onClick={() => {
              openLink(null);
              edit(stepOn(words.removeLink, linkName(plan, link)), (root) => removeLink(root, link.id));
            }}
          >
            {words.removeLink}
          </Button>
        </div>
      </EditOnly>
    </div>
  );
}
