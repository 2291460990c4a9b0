import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Clock,
  fallbackTransport,
  openSession,
  type Session,
  type Transport,
  type TransportFactory,
} from '@concord/sync';
import { decodeFrame } from '@concord/sync/protocol';
import { mulberry32 } from '@concord/sync/testing';
import { SqliteLog } from '../sqlite-log.ts';
import { MemoryLog } from './memory-log.ts';
import { Promises } from './promises.ts';
import { type Schema, schema } from './schema.ts';
import { SimulatedDevice } from './simulated-device.ts';
import { SimulatedLog } from './simulated-log.ts';
import { SimulatedRelay } from './simulated-relay.ts';
import { describePacket, describeVersion, type Tell } from './trace.ts';
import { VirtualClock } from './virtual-clock.ts';
import { Dice, forecast, LARGEST_SKEW, type Weather } from './weather.ts';

const ROOM = 'board/simulated';
/** Milliseconds of calm, at most, until all must agree. */
const CALM = 180_000;
const NAMES = ['Ana', 'Bo', 'Cy', 'Di', 'Ed', 'Flo', 'Gus', 'Hal', 'Ida', 'Jo', 'Kim'];

export interface SimulationOptions {
  /** Faults that are as said, and not as the seed has them. */
  readonly weather?: Partial<Weather>;
  /** Whether the relay's disk reports a write only when it is done. Default true; false is a mutant. */
  readonly honestDisk?: boolean;
  /** Told what happens, for a person to read. */
  readonly tell?: Tell;
}

export interface Outcome {
  /** Changes that all agree on, at the end. */
  readonly changes: number;
  /** Virtual milliseconds from the end of the faults until all agreed. */
  readonly calm: number;
}

/** One tab. */
interface Tab {
  readonly name: string;
  readonly device: Device;
  readonly session: Session<Schema>;
  kill(): void;
}

interface Device extends SimulatedDevice {
  /** Milliseconds by which its clock is wrong. */
  skew: number;
  fullUntil: number;
}

/**
 * One run: a few people edit through faults, then the faults end and all must agree. Rejects at the first moment at
 * which a promise is broken. What happens depends on nothing but the seed and the options.
 */
export async function simulate(seed: number, options: SimulationOptions = {}): Promise<Outcome> {
  const world = new World(seed, options);
  try {
    await world.storm();
    return await world.calm();
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    options.tell?.(`BROKEN: ${said}`);
    throw new Error(`seed ${seed}: ${said}`, { cause: error });
  } finally {
    await world.end();
  }
}

class World {
  readonly #dice: Dice;
  readonly #weather: Weather;
  readonly #clock = new VirtualClock();
  readonly #began = this.#clock.now();
  readonly #log: SimulatedLog;
  readonly #relay: SimulatedRelay;
  readonly #promises: Promises;
  readonly #tell: Tell | null;
  readonly #tabs: Tab[] = [];
  #named = 0;
  #isStormy = true;
  #diskFullUntil = 0;

  constructor(seed: number, { weather = {}, honestDisk = true, tell }: SimulationOptions) {
    const dice = new Dice(mulberry32(seed));
    this.#dice = dice;
    this.#weather = forecast(dice, weather);
    const { loss, repetition, reordering, slowest, writeFailures } = this.#weather;
    const isSo = (p: number): boolean => this.#isStormy && p > 0 && dice.chance(p);
    this.#tell = tell
      ? (line) => tell(`${((this.#clock.now() - this.#began) / 1000).toFixed(3).padStart(8)}  ${line}`)
      : null;
    this.#tell?.(`seed ${seed}: ${JSON.stringify(this.#weather)}`);
    this.#log = new SimulatedLog(
      this.#clock,
      dice,
      {
        honest: honestDisk,
        delay: () => dice.between(1, 20),
        failure: () => {
          if (this.#isStormy && this.#clock.now() < this.#diskFullUntil) return 'ENOSPC';
          return isSo(writeFailures) ? 'EIO' : null;
        },
      },
      this.#weather.realLog ? realLog : () => new MemoryLog(),
    );
    this.#promises = new Promises(ROOM, this.#log, this.#weather.resets !== 'underneath');
    const faults = {
      delay: () => dice.between(1, this.#isStormy ? slowest : 20),
      copies: () => (isSo(loss) ? 0 : isSo(repetition) ? 2 : 1),
      overtaken: () => isSo(reordering),
    };
    this.#relay = new SimulatedRelay(this.#clock, this.#log, faults, (who, direction, packet) => {
      this.#tell?.(`${direction === 'up' ? `${who} → relay` : `relay → ${who}`}  ${describePacket(packet)}`);
      if (direction === 'down') this.#promises.heard(decodeFrame(packet));
    });
  }

  /** Faults and edits, until the storm is over. */
  async storm(): Promise<void> {
    this.#relay.start();
    for (let i = 0; i < this.#weather.people; i++) this.#arrive(this.#device());
    await Promise.all(this.#tabs.map(({ session }) => session.ready));
    this.#clock.after(1, () => this.#act());
    await this.#clock.run(this.#weather.storm, () => this.#check());
  }

  /** No more faults: somebody new comes, and soon all have the same, and all of it. */
  async calm(): Promise<Outcome> {
    this.#isStormy = false;
    this.#tell?.('the storm is over');
    this.#relay.start();
    const newcomer = this.#arrive(this.#device());
    await newcomer.session.ready;
    for (const { session } of this.#tabs) session.setOffline(false);
    // What a relay cannot know of its disk, it learns when it writes.
    if (this.#weather.resets === 'underneath') this.#edit(newcomer);
    let calm = 0;
    for (; !this.#agree(); calm += 500) {
      if (calm >= CALM) throw new Error(`no agreement after ${CALM} ms\n${this.#describe()}`);
      await this.#clock.run(500, () => this.#check());
    }
    const docs = this.#tabs.map(({ session }) => session.doc);
    if (new Set(docs.map((doc) => doc.stateHash())).size > 1)
      throw new Error(`equal versions, different states\n${this.#describe()}`);
    this.#promises.checkKept(newcomer.session.doc.version);
    return { changes: newcomer.session.doc.changesSince(new Map()).length, calm };
  }

  /** Lets go of what is outside of memory. */
  async end(): Promise<void> {
    await this.#log.close();
  }

  #check(): void {
    const { writeFailures, diskFills, resets } = this.#weather;
    const sessions = this.#tabs.map(({ session }) => session);
    // After a failed write, and after a reset, the relay may be told again what it has.
    this.#promises.check(sessions, {
      log: writeFailures === 0 && !diskFills && resets === 'never',
      status: resets === 'never',
    });
  }

  #device(): Device {
    const name = NAMES[this.#named++ % NAMES.length] as string;
    const dice = this.#dice;
    const device: Device = Object.assign(
      new SimulatedDevice(name, this.#clock, {
        delay: () => dice.between(1, 30),
        isFull: () => this.#isStormy && this.#clock.now() < device.fullUntil,
        survives: () => dice.chance(0.5),
      }),
      { skew: this.#wrongness(), fullUntil: 0 },
    );
    return device;
  }

  #wrongness(): number {
    return this.#weather.skewedClocks ? this.#dice.between(-LARGEST_SKEW, LARGEST_SKEW) : 0;
  }

  #arrive(device: Device): Tab {
    const { store, tabs, kill } = device.tab();
    const clock = this.#clock;
    let isAlive = true;
    let line: Transport | null = null;
    const time = {
      now: () => clock.now() + device.skew,
      after: (ms: number, run: () => void) => clock.after(ms, () => isAlive && run()),
    };
    const ways = this.#ways(device.name, time);
    const session = openSession({
      schema,
      room: ROOM,
      store,
      tabs,
      transport: (events) => {
        line = ways(events);
        return line;
      },
      identity: { name: device.name, colour: 0 },
      random: this.#dice.next,
      clock: time,
    });
    const tab: Tab = {
      name: device.name,
      device,
      session,
      kill: () => {
        // As a page does on its way out. Whether its last changes get to the disk too is another matter.
        const { replica, version } = session.doc;
        const spare = { next: version.get(replica) ?? 0, at: time.now(), undo: null };
        if (this.#dice.chance(0.5)) void device.disk(ROOM).then((disk) => disk.returnReplica(replica, spare));
        isAlive = false;
        kill();
        line?.close();
      },
    };
    void session.ready.then(() => {
      this.#tell?.(
        `${device.name} opens a tab as ${session.doc.replica.slice(0, 4)}, with ${describeVersion(session.doc.version)}`,
      );
      this.#tabs.push(tab);
    });
    return tab;
  }

  /** How a client gets to the relay: with a second way where the first may be blocked. */
  #ways(who: string, clock: Clock): TransportFactory {
    const first = this.#relay.transport(who);
    if (!this.#weather.blocks) return first;
    return fallbackTransport([first, this.#relay.transport(who, 'server-sent events')], { clock });
  }

  /** One thing happens, and soon another. */
  #act(): void {
    if (!this.#isStormy) return;
    const dice = this.#dice;
    this.#clock.after(dice.between(1, 200), () => this.#act());
    const tab = dice.of(this.#tabs);
    if (!tab) return;
    const roll = dice.next();
    if (roll < 0.72) this.#edit(tab);
    else if (roll < 0.78) this.#goOffline(tab);
    else if (roll < 0.83) {
      this.#tell?.('lines are cut');
      this.#relay.cutSome(dice.next);
    } else if (roll < 0.87) this.#killTab(tab);
    else if (roll < 0.88) this.#secondTab(tab);
    else if (roll < 0.9) this.#reopen(tab);
    else if (roll < 0.93) this.#breakRelay();
    else if (roll < 0.95) this.#clog();
    else if (roll < 0.965) this.#fillDisks(tab);
    else if (roll < 0.975) this.#block();
    else if (this.#weather.skewedClocks) tab.device.skew = dice.chance(0.5) ? 0 : this.#wrongness();
    if (dice.chance(0.02)) this.#log.backUp();
  }

  #edit({ session, name }: Tab): void {
    const dice = this.#dice;
    for (let burst = dice.chance(0.1) ? dice.between(2, 12) : 1; burst > 0; burst--) {
      const change = session.doc.change((root) => {
        const roll = dice.next();
        if (roll < 0.3) root.title.set(`t${dice.between(0, 1e6)}`);
        else if (roll < 0.7) root.cells.set(`c${dice.between(0, 20)}`, dice.between(0, 1e6));
        else if (roll < 0.85) root.tags.add(`tag${dice.between(0, 10)}`);
        else root.clicks.increment(1);
      });
      if (change) this.#tell?.(`${name} edits: ${change.replica.slice(0, 4)}:${change.from}–${change.to}`);
    }
  }

  #goOffline({ session, name }: Tab): void {
    this.#tell?.(`${name} works offline`);
    session.setOffline(true);
    this.#clock.after(this.#dice.between(10, 3_000), () => session.setOffline(false));
  }

  /** Between a keystroke and its way to the disk, and typing again at once. */
  #killTab(tab: Tab): void {
    if (!this.#weather.tabKills) return;
    this.#edit(tab);
    this.#clock.after(this.#dice.between(0, 15), () => {
      if (!this.#remove(tab)) return;
      this.#tell?.(`a tab of ${tab.name} is killed`);
      tab.kill();
      const next = this.#arrive(tab.device);
      void next.session.ready.then(() => this.#edit(next));
    });
  }

  #secondTab(tab: Tab): void {
    if (this.#tabs.length < this.#weather.people + 2) this.#arrive(tab.device);
  }

  #reopen(tab: Tab): void {
    this.#remove(tab);
    this.#tell?.(`${tab.name} closes a tab`);
    void tab.session.close().then(() => this.#arrive(tab.device));
  }

  #breakRelay(): void {
    const { crashes, resets } = this.#weather;
    const replaces = resets !== 'never' && (!crashes || this.#dice.chance(0.5));
    if (!crashes && !replaces) return;
    if (!replaces || resets === 'restart') {
      this.#tell?.('the relay is killed');
      this.#relay.crash();
    }
    if (!replaces) void this.#log.crash();
    else if (resets === 'restart' || this.#log.hasBackup) {
      this.#promises.diskReplaced();
      void this.#log.reset(resets).then((by) => this.#tell?.(`the relay’s disk is replaced by ${by}`));
    }
    this.#clock.after(this.#dice.between(50, 2_000), () => this.#relay.start());
  }

  #block(): void {
    if (!this.#weather.blocks) return;
    this.#tell?.('WebSockets are blocked');
    this.#relay.blockWebSockets(this.#dice.between(500, 8_000));
  }

  #clog(): void {
    if (!this.#weather.clogs) return;
    this.#tell?.('clients stop reading');
    this.#relay.clogSome(this.#dice.next, this.#dice.between(50, 5_000));
  }

  #fillDisks({ device }: Tab): void {
    const until = this.#clock.now() + this.#dice.between(50, 3_000);
    if (this.#weather.quotas && this.#dice.chance(0.6)) {
      this.#tell?.(`${device.name}’s device is full`);
      device.fullUntil = until;
    } else if (this.#weather.diskFills) {
      this.#tell?.('the relay’s disk is full');
      this.#diskFullUntil = until;
    }
  }

  #remove(tab: Tab): boolean {
    const at = this.#tabs.indexOf(tab);
    if (at >= 0) this.#tabs.splice(at, 1);
    return at >= 0;
  }

  #agree(): boolean {
    const version = this.#log.version(ROOM);
    return this.#tabs.every(({ session }) => {
      const { remote, waiting } = session.status.get();
      return remote === 'live' && waiting === 0 && sameVersion(session.doc.version, version);
    });
  }

  #describe(): string {
    return [
      `disk ${describeVersion(this.#log.version(ROOM))}`,
      ...this.#tabs.map(
        ({ name, session: { doc, status } }) =>
          `${name} ${doc.replica.slice(0, 4)} ${JSON.stringify(status.get())} ${describeVersion(doc.version)} parked ${doc.parked}`,
      ),
    ].join('\n');
  }
}

/** The log as the relay has it, on a disk of memory where the system has one. */
function realLog(): SqliteLog {
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'concord-sim-'));
  return new (class extends SqliteLog {
    override async close(): Promise<void> {
      await super.close();
      rmSync(folder, { recursive: true, force: true });
    }
  })(folder);
}

function sameVersion(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean {
  return a.size === b.size && [...a].every(([replica, next]) => b.get(replica) === next);
}
