import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Keeper } from '../../keeper/keeper.ts';
import { processService } from '../process/process-service.ts';
import { runProgram } from '../process/run-program.ts';
import { writeServerFile } from '../process/server-file.ts';
import type { Address, Service } from '../process/service.ts';

interface Program {
  readonly name: string;
  readonly folder: string;
  readonly config: string;
  readonly address: Address;
  readonly listens: boolean;
  /** Removed before each start. */
  readonly stale?: readonly string[];
  readonly probe?: () => Promise<void>;
}

/** rsyslogd with a configuration that it has found good itself (`-N1`). Not started yet. */
export async function rsyslogd(keeper: Keeper, program: Program): Promise<Service> {
  const { name, folder, address, listens } = program;
  const file = path.join(folder, 'rsyslog.conf');
  const pidFile = path.join(folder, 'rsyslogd.pid');
  await writeServerFile(file, program.config);
  return processService({
    keeper,
    name,
    address,
    component: 'rsyslog',
    command: 'rsyslogd',
    args: ['-n', '-f', file, '-i', pidFile],
    cwd: folder,
    checkPort: listens,
    async prepare() {
      // It refuses to start beside a process of the number it finds there.
      for (const left of [pidFile, ...(program.stale ?? [])]) await rm(left, { force: true });
      await runProgram(keeper, { service: name, command: 'rsyslogd', args: ['-N1', '-f', file], folder });
    },
    async probe() {
      // Written when all inputs are open.
      await readFile(pidFile);
      await program.probe?.();
    },
  });
}
