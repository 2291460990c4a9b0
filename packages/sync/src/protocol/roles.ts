import type { Role } from './frames.ts';
import { isComments } from './limits.ts';

/** Whether a role may send changes into a room: a commenter only into a document's comments. */
export function mayWrite(role: Role, room: string): boolean {
  return role === 'editor' || role === 'owner' || (role === 'commenter' && isComments(room));
}
