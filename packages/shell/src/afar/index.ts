import { type Doc, lww, object, openDoc, saveDoc } from '@concord/crdt';
import { indexedDbStore, type Session } from '@concord/sync';
import { type DocumentAddress, newDocumentId } from '../local/address.ts';
import { loadIdentity } from '../local/identity.ts';
import { loadRole } from '../local/roles.ts';
import { openNetwork, openRoom } from '../open-session.ts';
import { loadGrant } from '../sharing/grant.ts';

/**
 * What can be done with a document without opening its app: the part of the schema that all of them have is enough,
 * and what else is in it is kept and handed on as it is.
 */
const titled = object({ title: lww('') });
type Titled = Session<typeof titled>;

const roomOf = ({ kind, id }: DocumentAddress): string => `${kind}/${id}`;
/** Milliseconds to wait for the server where this device alone cannot do it. */
const PATIENCE = 8_000;

/** A file that is no document of Concord, or a damaged one. */
export class NotADocument extends Error {}

/** Gives the document another title, for everybody; without a network as soon as there is one. */
export const renameDocument = (address: DocumentAddress, title: string): Promise<void> =>
  visit(address, async (session) => {
    session.doc.change((root) => root.title.set(title), { undoable: false });
  });

/**
 * A new document with all that this one holds, its history too. Rejects if this device has no copy and the server
 * cannot be reached.
 */
export const duplicateDocument = (address: DocumentAddress, title: string): Promise<DocumentAddress> =>
  visit(address, async (session) => {
    if (session.doc.version.size === 0) await settled(session);
    return keep(address.kind, session.doc, title);
  });

/** A new document from what "Export my data" gave. Rejects with NotADocument. */
export async function importDocument(
  kind: DocumentAddress['kind'],
  file: Uint8Array,
  title: string,
): Promise<DocumentAddress> {
  const { doc, damage } = openDoc(titled, file);
  if (doc.isReadOnly || damage.length > 0) throw new NotADocument(damage[0]?.reason ?? 'damaged');
  return keep(kind, doc, doc.view.title || title);
}

/** Removes what this device holds of a document and of its comments. On the server and with others it stays. */
export async function removeCopy(address: DocumentAddress): Promise<void> {
  const store = deviceStore();
  for (const room of [roomOf(address), `${roomOf(address)}#comments`]) {
    const held = await store.open(room);
    await held.erase();
    await held.close();
  }
}

const deviceStore = () => indexedDbStore({ name: 'concord' });

async function keep(
  kind: DocumentAddress['kind'],
  doc: Doc<typeof titled>,
  title: string,
): Promise<DocumentAddress> {
  const address = { kind, id: newDocumentId() };
  const held = await deviceStore().open(roomOf(address));
  await held.compact(saveDoc(doc), doc.version);
  await held.close();
  await renameDocument(address, title);
  return address;
}

async function visit<T>(address: DocumentAddress, act: (session: Titled) => Promise<T>): Promise<T> {
  const session = openRoom(titled, {
    room: roomOf(address),
    as: null,
    identity: loadIdentity(null),
    network: openNetwork(),
    grant: loadGrant(address, null),
    isVisit: true,
  });
  await session.ready;
  // What this user may not change in the app they may not change from here: it would stay on this device.
  const role = loadRole(address, null);
  session.doc.isLocked = role === 'viewer' || role === 'commenter';
  try {
    return await act(session);
  } finally {
    // What was changed is on this device when the session closes; the server gets it now if it can, or with the next visit.
    await settled(session).catch(() => undefined);
    await session.close();
  }
}

/** Ends when the server has everything and has told everything; rejects if it does not answer in time. */
function settled(session: Titled): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const { badge, remote } = session.status.get();
      if (badge === 'saved' && remote === 'live') end(resolve);
    };
    const timer = setTimeout(() => end(() => reject(new Error('The server does not answer.'))), PATIENCE);
    const stop = session.status.subscribe(look);
    const end = (then: () => void): void => {
      clearTimeout(timer);
      stop();
      then();
    };
    look();
  });
}
