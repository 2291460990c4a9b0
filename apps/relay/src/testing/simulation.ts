import { counter, lww, map, object, set } from '@concord/crdt';
import { openSession, type Session, type Transport } from '@concord/sync';
import { covers, type Frame } from '@concord/sync/protocol';
import { SimulatedDevice } from './simulated-device.ts';
import { SimulatedLog } from './simulated-log.ts';
import { SimulatedRelay } from './simulated-relay.ts';
import { VirtualClock } from './virtual-clock.ts';

const schema = object({ title: lww(''), cells: map<number>(), tags: set<string>(), clicks: counter() });
const ROOM = 'board/simulated';
/** Milliseconds of faults, and at most of calm until all must agree. */
const STORM = 30_000;
const CALM = 180_000;

export interface SimulationOptions {
  /** The relay's disk is now and then replaced by an empty one. What a status said before is then no longer so. */
  readonly wipes?: boolean;
}

interface Person {
  readonly device: SimulatedDevice;
  session: Session<typeof schema>;
  kill(): void;
}

/**
 * One run: a few people edit through faults, then the faults end and all must agree. Throws at the first moment at
 * which a promise is broken. What happens depends on nothing but `random`.
 */
export async function simulate(
  seed: number,
  random: () => number,
  { wipes = false }: SimulationOptions = {},
): Promise<{ readonly changes: number }> {
  const clock = new VirtualClock();
  const between = (from: number, to: number): number => from + Math.floor(random() * (to - from));
  const chance = (p: number): boolean => random() < p;
  let stormy = true;
  const lies: string[] = [];

  const lossy = chance(0.5);
  const loss = lossy ? random() * 0.3 : 0;
  const slowest = between(5, 200);
  const diskFails = chance(0.3) ? 0.05 : 0;
  const log = new SimulatedLog(clock, {
    delay: () => between(1, 20),
    fails: () => stormy && chance(diskFails),
  });
  const faults = {
    delay: () => between(1, stormy ? slowest : 20),
    get ordered() {
      return !lossy || !stormy;
    },
    copies: () => (!stormy || !chance(loss) ? 1 : chance(0.5) ? 0 : 2),
  };
  const relay = new SimulatedRelay(clock, log, faults, (frame) => {
    // Noted, not thrown: it would be thrown into the relay's own code.
    const lie = falseClaim(frame, log);
    if (lie) lies.push(lie);
  });
  relay.start();

  const arrive = (device: SimulatedDevice): Person => {
    const tab = device.tab();
    let isAlive = true;
    let line: Transport | null = null;
    const session = openSession({
      schema,
      room: ROOM,
      store: tab.store,
      tabs: tab.tabs,
      transport: (events) => {
        line = relay.transport(events);
        return line;
      },
      identity: { name: 'someone', colour: 0 },
      random,
      clock: {
        now: () => clock.now(),
        after: (ms, run) => clock.after(ms, () => isAlive && run()),
      },
    });
    const kill = (): void => {
      // As a page does on its way out. Whether its last changes get to the disk too is another matter.
      const { replica, version } = session.doc;
      if (chance(0.5))
        void device.disk(ROOM).then((disk) => disk.returnReplica(replica, version.get(replica) ?? 0));
      isAlive = false;
      tab.kill();
      line?.close();
    };
    return { device, session, kill };
  };
  const people = Array.from({ length: between(2, 6) }, () =>
    arrive(new SimulatedDevice(clock, () => between(1, 30))),
  );
  await Promise.all(people.map(({ session }) => session.ready));

  const check = (): void => {
    if (lies[0]) throw new Error(lies[0]);
    if (diskFails === 0 && log.needless[0]) throw new Error(log.needless[0]);
    if (!wipes) for (const { session } of people) checkStatus(session, log);
  };

  const act = (): void => {
    if (!stormy) return;
    clock.after(between(1, 300), act);
    const person = people[between(0, people.length)];
    if (!person) return;
    const dice = random();
    if (dice < 0.8) edit(person.session, random);
    else if (dice < 0.86) {
      person.session.setOffline(true);
      clock.after(between(10, 5_000), () => person.session.setOffline(false));
    } else if (dice < 0.92) relay.cutSome(random);
    else if (dice < 0.95) {
      // Between a keystroke and its way to the disk, and typing again at once.
      edit(person.session, random);
      clock.after(between(0, 15), () => {
        if (!people.includes(person)) return;
        person.kill();
        people.splice(people.indexOf(person), 1);
        const next = arrive(person.device);
        void next.session.ready.then(() => {
          people.push(next);
          edit(next.session, random);
        });
      });
    } else if (dice < 0.96) {
      if (people.length < 7) {
        const tab = arrive(person.device);
        void tab.session.ready.then(() => people.push(tab));
      }
    } else if (dice < 0.975) {
      people.splice(people.indexOf(person), 1);
      void person.session.close().then(() => {
        const next = arrive(person.device);
        return next.session.ready.then(() => people.push(next));
      });
    } else if (dice < 0.99) {
      relay.crash();
      if (wipes) log.wipe();
      else log.crash();
      clock.after(between(100, 3_000), () => relay.start());
    }
  };
  clock.after(1, act);
  await clock.run(STORM, check);

  stormy = false;
  relay.start();
  const newcomer = arrive(new SimulatedDevice(clock, () => 1));
  await newcomer.session.ready;
  people.push(newcomer);
  for (const { session } of people) session.setOffline(false);
  for (let waited = 0; waited < CALM && !agree(people, log); waited += 1_000) await clock.run(1_000, check);
  if (!agree(people, log))
    throw new Error(`seed ${seed}: no agreement after ${CALM} ms\n${describeAll(people, log)}`);
  const [first, ...others] = people.map(({ session }) => session.doc.stateHash());
  if (others.some((hash) => hash !== first))
    throw new Error(`seed ${seed}: equal versions, different states`);
  return { changes: first ? (people[0]?.session.doc.changesSince(new Map()).length ?? 0) : 0 };
}

function edit(session: Session<typeof schema>, random: () => number): void {
  session.doc.change((root) => {
    const dice = random();
    if (dice < 0.3) root.title.set(`t${Math.floor(random() * 1e6)}`);
    else if (dice < 0.7) root.cells.set(`c${Math.floor(random() * 20)}`, Math.floor(random() * 1e6));
    else if (dice < 0.85) root.tags.add(`tag${Math.floor(random() * 10)}`);
    else root.clicks.increment(1);
  });
}

/** An ACK, or a JOINED's version, is a claim about the disk. */
function falseClaim(frame: Frame, log: SimulatedLog): string | null {
  const isClaim = (frame.type === 'ack' && frame.level === 'durable') || frame.type === 'joined';
  return isClaim && !covers(log.version(ROOM), frame.version)
    ? `${frame.type} claims what is not on disk`
    : null;
}

/** A status is a claim about this tab's own changes. */
function checkStatus(session: Session<typeof schema>, log: SimulatedLog): void {
  const { doc } = session;
  const { badge, waiting } = session.status.get();
  const own = doc.version.get(doc.replica) ?? 0;
  const isDurable = (log.version(ROOM).get(doc.replica) ?? 0) >= own;
  if (!isDurable && (badge === 'saved' || waiting === 0))
    throw new Error(`"${badge}", ${waiting} waiting, but not on disk`);
}

function agree(people: readonly Person[], log: SimulatedLog): boolean {
  const version = log.version(ROOM);
  return people.every(({ session }) => {
    const { remote, waiting } = session.status.get();
    return remote === 'live' && waiting === 0 && sameVersion(session.doc.version, version);
  });
}

function sameVersion(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean {
  return (
    [...a].every(([r, n]) => b.get(r as never) === n) && [...b].every(([r, n]) => a.get(r as never) === n)
  );
}

function describeAll(people: readonly Person[], log: SimulatedLog): string {
  const show = (version: ReadonlyMap<string, number>): string =>
    JSON.stringify(Object.fromEntries([...version].sort()));
  return [
    `disk ${show(log.version(ROOM))}`,
    ...people.map(
      ({ session }) =>
        `${session.doc.replica} ${JSON.stringify(session.status.get())} ${show(session.doc.version)} parked ${session.doc.parked}`,
    ),
  ].join('\n');
}
