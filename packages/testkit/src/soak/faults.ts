import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '@logmaster/sample/random';
import { fillDisk } from '../faults/full-disk.ts';
import { cutPower, type LoopDisk } from '../faults/loop-disk.ts';
import type { ProcessInfo } from '../processes.ts';
import type { Disks, Stand } from './stand.ts';

/** Happens to a stand under load, and is over when it resolves; what follows from it may go on. */
export interface StandFault {
  readonly name: string;
  /** It needs disks of its own. */
  readonly needsDisks: boolean;
  happen(stand: Stand, random: Random): Promise<void>;
}

/** How long a fault stays, ms. */
const STAY = [300, 2500] as const;
const stay = (random: Random) => delay(random.int(...STAY));

function one(processes: readonly ProcessInfo[], random: Random): number {
  // Between two lives there is none: then there is nothing to end.
  return processes.length === 0 ? 0 : random.pick(processes).pid;
}

function signal(pid: number, name: NodeJS.Signals): void {
  if (pid === 0) return;
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function hang(pid: number, random: Random): Promise<void> {
  signal(pid, 'SIGSTOP');
  await stay(random);
  signal(pid, 'SIGCONT');
}

function disksOf({ disks }: Stand): Disks {
  if (disks === undefined) throw new Error('this stand has no disks of its own');
  return disks;
}

async function full(disk: LoopDisk, random: Random): Promise<void> {
  const makeRoom = await fillDisk(disk.path);
  await stay(random);
  await makeRoom();
}

export const STAND_FAULTS: readonly StandFault[] = [
  {
    name: 'a worker is killed',
    needsDisks: false,
    happen: async (stand, random) => signal(one(stand.processes('worker'), random), 'SIGKILL'),
  },
  {
    name: 'the processor is killed',
    needsDisks: false,
    happen: async (stand, random) => signal(one(stand.processes('processor'), random), 'SIGKILL'),
  },
  {
    name: 'the main process is killed',
    needsDisks: false,
    async happen(stand) {
      await stand.ingest.killMain();
      await stand.restart();
    },
  },
  {
    name: 'every process is killed at once',
    needsDisks: false,
    async happen(stand) {
      await stand.ingest.kill();
      await stand.restart();
    },
  },
  {
    name: 'a worker hangs and goes on',
    needsDisks: false,
    happen: (stand, random) => hang(one(stand.processes('worker'), random), random),
  },
  {
    name: 'the processor hangs and goes on',
    needsDisks: false,
    happen: (stand, random) => hang(one(stand.processes('processor'), random), random),
  },
  {
    name: 'workers are replaced one after the other',
    needsDisks: false,
    async happen(stand) {
      // One that was killed may be on its way back.
      await stand.untilState(({ workers }) => workers !== undefined && workers.listening === workers.configured);
      const before = stand.processes('worker').map(({ pid }) => pid);
      signal(stand.ingest.pid, 'SIGUSR2');
      const replaced = () => {
        const now = stand.processes('worker').map(({ pid }) => pid);
        return now.length === before.length && now.every((pid) => !before.includes(pid));
      };
      await stand.untilState(({ workers }) => replaced() && workers?.listening === before.length);
    },
  },
  {
    name: 'the database is away and comes back',
    needsDisks: false,
    async happen({ database }, random) {
      await database.stop();
      await stay(random);
      await database.start();
    },
  },
  {
    name: 'the archive turns read-only and back',
    needsDisks: true,
    async happen(stand, random) {
      const { archive } = disksOf(stand);
      await archive.readOnly();
      await stay(random);
      await archive.writable();
    },
  },
  {
    name: "the archive's disk is full and has room again",
    needsDisks: true,
    happen: (stand, random) => full(disksOf(stand).archive, random),
  },
  {
    name: "the index's disk is full and has room again",
    needsDisks: true,
    happen: (stand, random) => full(disksOf(stand).index, random),
  },
  {
    name: 'the archive is gone and comes back',
    needsDisks: true,
    async happen(stand, random) {
      const { archive } = disksOf(stand);
      await archive.pull();
      await stay(random);
      await archive.plug();
    },
  },
  {
    name: "the journal's disk is full and has room again",
    needsDisks: true,
    happen: (stand, random) => full(disksOf(stand).data, random),
  },
  {
    name: 'the power is cut',
    needsDisks: true,
    async happen(stand) {
      const { data, archive, index } = disksOf(stand);
      await cutPower([data, archive, index], stand.ingest.pid);
      await stand.ingest.kill();
      for (const disk of [archive, index, data]) await disk.pull();
      for (const disk of [data, archive, index]) await disk.plug();
      await stand.restart();
    },
  },
];
