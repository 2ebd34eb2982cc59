import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Where nobody is given a port by chance: systems give those from 32768 on (Linux) or 49152 on, to connections and to
 * sockets that ask for any. So a port stays free between its look-up and its use, and while its server is away.
 */
const FIRST = 10_000;
const LAST = 32_767;
const LOOPBACK = '127.0.0.1';

const TAKEN = new Set(['EADDRINUSE', 'EACCES']);

/** Ports on loopback that nobody has at the moment, neither over TCP nor over UDP. They are held together, so all differ. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const held = await Promise.all(Array.from({ length: count }, holdAny));
  await Promise.all(held.map(({ release }) => release()));
  return held.map(({ port }) => port);
}

interface Held {
  readonly port: number;
  release(): Promise<void>;
}

async function holdAny(): Promise<Held> {
  for (;;) {
    const held = await hold(randomInt(FIRST, LAST + 1));
    if (held !== undefined) return held;
  }
}

/** Undefined when somebody has it. */
async function hold(port: number): Promise<Held | undefined> {
  const tcp = createServer();
  const udp = createSocket('udp4');
  const release = async () => {
    await Promise.all([
      new Promise<void>((resolve) => tcp.close(() => resolve())),
      new Promise<void>((resolve) => udp.close(() => resolve())),
    ]);
  };
  try {
    await once(tcp.listen(port, LOOPBACK), 'listening');
    await once(udp.bind(port, LOOPBACK), 'listening');
    return { port, release };
  } catch (error) {
    await release();
    if (!TAKEN.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    return undefined;
  }
}
