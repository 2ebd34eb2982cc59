import { readIfPresent } from '../files.ts';

/**
 * Datagrams that the kernel threw away because the receive buffer was full, summed over all UDP sockets on `port` since
 * they were opened (last column of /proc/net/udp, proc(5)). 0 where the system has no such file.
 */
export async function kernelDrops(port: number): Promise<number> {
  let drops = 0;
  for (const file of ['/proc/net/udp', '/proc/net/udp6']) {
    const table = (await readIfPresent(file))?.toString('latin1') ?? '';
    drops += sumDrops(table, port);
  }
  return drops;
}

export function sumDrops(table: string, port: number): number {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  let drops = 0;
  for (const line of table.split('\n').slice(1)) {
    const columns = line.trim().split(/\s+/);
    if (columns[1]?.endsWith(suffix)) drops += Number(columns.at(-1));
  }
  return drops;
}
