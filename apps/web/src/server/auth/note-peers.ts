import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

const HEADER = 'x-forwarded-for';

/**
 * Makes the peer of the connection the last entry of each request's X-Forwarded-For, as a reverse proxy does. Next hands
 * routes no socket, and fills the header from it only when it is missing; so without this a client could write there
 * what it likes. Node publishes each request on this channel before any listener sees it.
 */
export function notePeers(): void {
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { readonly request: IncomingMessage };
    const before = request.headers[HEADER];
    const peer = request.socket.remoteAddress ?? 'unknown';
    request.headers[HEADER] = before === undefined ? peer : `${before}, ${peer}`;
  });
}
