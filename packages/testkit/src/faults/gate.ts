import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { pipeline, Transform } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { freePorts } from '../free-ports.ts';
import type { Address } from '../services/process/service.ts';
import { LOOPBACK } from '../services/process/service.ts';

/** What passes: everything; nothing and every connection is reset; nothing and nobody is told; each piece late. */
type Mode = { readonly kind: 'open' | 'cut' | 'stalled' } | { readonly kind: 'slow'; readonly ms: number };

/** A network cable in front of a server: clients are given its address instead of the server's. */
export interface Gate {
  readonly address: Address;
  /** Everything passes again. What was stalled goes on; what was cut must be connected anew. */
  open(): void;
  /** Resets all connections and refuses new ones, as a rejecting firewall does. */
  cut(): Promise<void>;
  /** Connections stay and are accepted, and nothing passes either way: a partition. */
  stall(): void;
  /** Each piece of data waits so long before it passes. */
  slow(ms: number): void;
  close(): Promise<void>;
}

/** A gate on a free loopback port. It belongs to this process and ends with it at the latest. */
export async function openGate(target: Address): Promise<Gate> {
  let mode: Mode = { kind: 'open' };
  let changed = Promise.withResolvers<void>();
  const sockets = new Set<Socket>();

  function change(next: Mode): void {
    mode = next;
    changed.resolve();
    changed = Promise.withResolvers();
  }
  const passage = () =>
    new Transform({
      async transform(chunk, _encoding, done) {
        while (mode.kind === 'stalled') await changed.promise;
        if (mode.kind === 'slow') await delay(mode.ms);
        done(null, chunk);
      },
    });
  function join(client: Socket): void {
    if (mode.kind === 'cut') {
      client.resetAndDestroy();
      return;
    }
    const server = connect(target.port, target.host);
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    }
    // Either end may break at any time: that is what a gate is for. The other end is then broken too.
    const both = () => {
      client.destroy();
      server.destroy();
    };
    pipeline(client, passage(), server, (error) => error && both());
    pipeline(server, passage(), client, (error) => error && both());
  }
  function listen(port: number): Server {
    return createServer({ allowHalfOpen: true }, join).listen(port, LOOPBACK);
  }

  // One that nobody is given while the cable is cut.
  const [port = 0] = await freePorts(1);
  const address = { host: LOOPBACK, port };
  let server = listen(port);
  await once(server, 'listening');
  async function closeServer(): Promise<void> {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.resetAndDestroy();
    await closed;
  }
  return {
    address,
    open() {
      if (!server.listening) server = listen(address.port);
      change({ kind: 'open' });
    },
    async cut() {
      change({ kind: 'cut' });
      await closeServer();
    },
    stall: () => change({ kind: 'stalled' }),
    slow: (ms) => change({ kind: 'slow', ms }),
    async close() {
      change({ kind: 'cut' });
      await closeServer();
    },
  };
}
