import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Keeper } from '../../keeper/keeper.ts';
import { runProgram } from '../process/run-program.ts';
import { writeServerFile } from '../process/server-file.ts';
import { SUPERUSER } from './postgres-config.ts';
import type { PostgresMachinery, PostgresNode } from './postgres-node.ts';
import type { PostgresPrograms } from './postgres-programs.ts';

/** The data folder of a node that is not running: made new, copied from another server, or turned back to one. */
export interface PostgresData {
  initialise(target: PostgresMachinery): Promise<void>;
  copy(target: PostgresMachinery, source: PostgresNode): Promise<void>;
  /** Drops what the target wrote after its history parted from the source's. */
  rewind(target: PostgresMachinery, source: PostgresNode): Promise<void>;
}

export function postgresData(keeper: Keeper, programs: PostgresPrograms): PostgresData {
  const run = ({ node, folder }: PostgresMachinery, command: string, args: readonly string[]) =>
    runProgram(keeper, { service: node.name, command, args, folder, env: { PGPASSWORD: node.password } });
  const walOption = ({ walFolder }: PostgresMachinery) => (walFolder === undefined ? [] : ['--waldir', walFolder]);

  /** A half-made folder would be taken for data at the next start. */
  async function whole(target: PostgresMachinery, make: () => Promise<void>): Promise<void> {
    try {
      await make();
    } catch (error) {
      await rm(target.node.dataFolder, { recursive: true, force: true });
      if (target.walFolder) await rm(target.walFolder, { recursive: true, force: true });
      throw error;
    }
  }
  return {
    initialise: (target) =>
      whole(target, async () => {
        const passwordFile = path.join(target.folder, 'password');
        await writeServerFile(passwordFile, `${target.node.password}\n`);
        await run(target, programs.initdb, [
          ...['-D', target.node.dataFolder, ...walOption(target), '--username', SUPERUSER, '--pwfile', passwordFile],
          ...['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--no-sync'],
          // pg_rewind asks for them.
          '--data-checksums',
        ]);
        await rm(passwordFile);
      }),
    copy: (target, source) =>
      whole(target, async () => {
        const { host, port } = source.address;
        await run(target, programs.pgBaseBackup, [
          ...['-D', target.node.dataFolder, ...walOption(target), '-h', host, '-p', `${port}`, '-U', SUPERUSER],
          ...['-S', target.node.slot, '--wal-method=stream', '--checkpoint=fast', '--no-sync', '--no-password'],
        ]);
      }),
    async rewind(target, { address }) {
      const source = `host=${address.host} port=${address.port} user=${SUPERUSER} dbname=postgres`;
      await run(target, programs.pgRewind, [
        ...['-D', target.node.dataFolder, `--config-file=${target.configFile}`],
        ...[`--source-server=${source}`, '--no-sync'],
      ]);
    },
  };
}
