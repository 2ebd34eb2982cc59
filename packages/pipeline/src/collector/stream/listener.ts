import { once } from 'node:events';
import net from 'node:net';
import { listenError } from './listen-error.ts';

/** Where a port is opened; `fd` is a socket that the parent process has bound already. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
  readonly fd?: number;
}

const KEEP_ALIVE_MS = 60_000;
/** Connections that wait to be accepted, as far as net.core.somaxconn lets them. */
const BACKLOG = 4096;

/** Opens a TCP port. Throws PORT_TAKEN or CONFIG_INVALID. */
export async function listenTcp(
  endpoint: Endpoint,
  names: { readonly what: string; readonly option: string },
  accept: (socket: net.Socket) => void,
): Promise<net.Server> {
  const { host, port, fd } = endpoint;
  const server = net.createServer(
    // Half open: a sender that has said its last word may still wait for acknowledgements.
    { noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS, allowHalfOpen: true },
    accept,
  );
  try {
    server.listen(fd === undefined ? { port, host, backlog: BACKLOG } : { fd, backlog: BACKLOG });
    await once(server, 'listening');
  } catch (error) {
    throw listenError(error, names.what, host, port, names.option);
  }
  return server;
}
