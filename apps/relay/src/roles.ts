import { type Frame, mayWrite, type Role } from '@concord/sync/protocol';

const ROLES = ['viewer', 'commenter', 'editor', 'owner'] as const satisfies readonly Role[];

/** What changes a room or vouches for its state, and so needs the right to write. */
const WRITES: ReadonlySet<Frame['type']> = new Set(['ops', 'snapshot', 'attest']);
/** What anyone may send into a room that they have joined. */
const OPEN_TO_ALL: ReadonlySet<Frame['type']> = new Set(['join', 'leave', 'presence']);

/** Whether someone of this role may send a frame of this type into the room that they have joined. */
export function may(role: Role, room: string, type: Frame['type']): boolean {
  return OPEN_TO_ALL.has(type) || (WRITES.has(type) && mayWrite(role, room));
}

export function isRole(value: unknown): value is Role {
  return (ROLES as readonly unknown[]).includes(value);
}

/** The one that may more. */
export function highest(roles: readonly (Role | null | undefined)[]): Role | null {
  return ROLES.findLast((role) => roles.includes(role)) ?? null;
}
