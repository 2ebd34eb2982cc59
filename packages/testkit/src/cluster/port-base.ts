import { once } from 'node:events';
import { createServer } from 'node:net';
import { LOOPBACK } from '../services/process/service.ts';
import { clusterPorts } from './ports.ts';

/** A cluster has ports up to 26 383; further ones must stay below the ephemeral range's end. */
const FIRST = 1_000;
const LAST = 30_000;
const STEP = 7;

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, LOOPBACK);
    await once(server, 'listening');
    return true;
  } catch {
    // Whatever holds it, it is not free.
    return false;
  } finally {
    server.close();
  }
}

/** A base with which no port of a cluster is taken at the moment. `seed` lets tests that run beside each other differ. */
export async function portBaseFor(seed = process.pid): Promise<number> {
  for (let tried = 0; tried < 500; tried++) {
    const base = FIRST + (((seed + tried) * STEP * 100) % (LAST - FIRST));
    const free = await Promise.all(Object.values(clusterPorts(base)).map(isFree));
    if (free.every(Boolean)) return base;
  }
  throw new Error('no room for the ports of a cluster');
}
