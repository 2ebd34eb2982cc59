import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Address, LOOPBACK } from '../process/service.ts';

/** A request as it reached a web node. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Stands where a web node stands, to see what a load balancer makes of requests. */
export interface WebBackend {
  readonly address: Address;
  readonly server: Server;
  readonly seen: SeenRequest[];
  close(): Promise<void>;
}

export type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void | Promise<void>;

/** Keeps each request; without an `answer` it says 200. */
export async function openWebBackend(
  answer: Answer = (_request, response) => void response.end('ok'),
): Promise<WebBackend> {
  const seen: SeenRequest[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request.setEncoding('utf8')) body += piece;
    seen.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, body });
    await answer(request, response, body);
  });
  await once(server.listen(0, LOOPBACK), 'listening');
  return {
    address: { host: LOOPBACK, port: (server.address() as AddressInfo).port },
    server,
    seen,
    async close() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
