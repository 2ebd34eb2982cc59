import { readdir, readlink } from 'node:fs/promises';
import { readIfPresent } from '../../files.ts';

/**
 * Datagrams that the kernel threw away because a receive buffer was full, by socket (inode), since each was opened: the
 * last column of /proc/net/udp, proc(5). Only sockets of this process on `port`. Empty where the system has no such file.
 */
export async function kernelDrops(port: number): Promise<ReadonlyMap<string, number>> {
  const own = await ownSockets();
  const drops = new Map<string, number>();
  for (const file of ['/proc/net/udp', '/proc/net/udp6']) {
    const table = (await readIfPresent(file))?.toString('latin1') ?? '';
    for (const [inode, dropped] of readDrops(table, port)) if (own.has(inode)) drops.set(inode, dropped);
  }
  return drops;
}

/** Inode → drops of the sockets on `port` in such a table. */
export function readDrops(table: string, port: number): Map<string, number> {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const drops = new Map<string, number>();
  for (const line of table.split('\n').slice(1)) {
    const columns = line.trim().split(/\s+/);
    if (columns[1]?.endsWith(suffix)) drops.set(columns[9] ?? '', Number(columns.at(-1)));
  }
  return drops;
}

/** Inodes of the sockets that this process has open. */
async function ownSockets(): Promise<Set<string>> {
  const folder = '/proc/self/fd';
  const names = await readdir(folder).catch(() => []);
  // A descriptor may be closed between the two calls.
  const links = await Promise.all(names.map((name) => readlink(`${folder}/${name}`).catch(() => '')));
  return new Set(links.map((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1]).filter((inode) => inode !== undefined));
}
