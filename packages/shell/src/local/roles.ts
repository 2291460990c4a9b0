import type { Status } from '@concord/sync';
import type { DocumentAddress } from './address.ts';
import { identityNamespace } from './identity.ts';
import { readLocal, writeLocal } from './storage.ts';

type Role = Status['role'];

const ROLES: readonly Role[] = ['viewer', 'commenter', 'editor', 'owner'];
const keyOf = ({ kind, id }: DocumentAddress, as: string | null): string =>
  `concord.role.${kind}/${id}${identityNamespace(as)}`;

/** What the relay last let this user do with a document: it holds until the relay says otherwise, also offline. */
export function loadRole(address: DocumentAddress, as: string | null): Role {
  const stored = readLocal(keyOf(address, as));
  return ROLES.find((role) => role === stored) ?? null;
}

export function saveRole(address: DocumentAddress, as: string | null, role: Role): void {
  if (role !== null && role !== loadRole(address, as)) writeLocal(keyOf(address, as), role);
}
