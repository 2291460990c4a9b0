import { type Frame, isComments, type Role } from '@concord/sync/protocol';

const ROLES = ['viewer', 'commenter', 'editor', 'owner'] as const satisfies readonly Role[];

/** What each role may send into a room that it has joined. Everyone may join, leave and show themselves. */
const RIGHTS: Readonly<Record<Role, readonly Frame['type'][]>> = {
  viewer: ['presence'],
  commenter: ['presence'],
  editor: ['presence', 'ops', 'snapshot', 'attest'],
  owner: ['presence', 'ops', 'snapshot', 'attest'],
};

/** Whether someone of this role may send a frame of this type into the room. */
export function may(role: Role, type: Frame['type']): boolean {
  return RIGHTS[role].includes(type);
}

export function isRole(value: unknown): value is Role {
  return (ROLES as readonly unknown[]).includes(value);
}

/** The one that may more. */
export function highest(roles: readonly (Role | null | undefined)[]): Role | null {
  return ROLES.findLast((role) => roles.includes(role)) ?? null;
}

/** A role in a document, as it counts in one of its rooms: on the comments a commenter is an editor. */
export function roleIn(room: string, role: Role): Role {
  return role === 'commenter' && isComments(room) ? 'editor' : role;
}
