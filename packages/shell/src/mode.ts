import type { Status } from '@concord/sync';
import type { Mode } from './definition.ts';

/** What the relay lets this user do. As long as it has not said, everything: what is not allowed then stays here. */
export const modeOf = ({ role, refusal }: Pick<Status, 'role' | 'refusal'>): Mode =>
  refusal === 'forbidden' || role === 'viewer' ? 'view' : role === 'commenter' ? 'comment' : 'edit';
