import { Button, presenceIndex } from '@concord/ui';
import { words } from '../words.ts';
import type { Follow } from './use-follow.ts';

/** Says whom this user follows, over the document, with the way out. */
export function FollowPill({ follow }: { follow: Follow | null }) {
  if (!follow?.person) return null;
  const { name, colour } = follow.person;
  return (
    <div className="cc-follow" data-presence={presenceIndex(colour)}>
      <span>{words.following(name)}</span>
      <Button size="small" onClick={follow.stop}>
        {words.stopFollowing}
      </Button>
    </div>
  );
}
