import { once } from 'node:events';
import { type ClientRequest, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { type Address, LOOPBACK } from '../services/process/service.ts';

/** A status instead of the server's answer, or a broken connection; undefined lets the request pass. */
export type Instead = (method: string, path: string) => number | 'reset' | undefined;

/** An HTTP proxy before one real server, which may answer in its place or be slow. */
export interface HttpFront {
  readonly url: string;
  /** Requests that were answered here. */
  readonly answered: number;
  /** From now on; undefined lets everything pass. */
  answerInstead(instead: Instead | undefined): void;
  /** Each request waits so long before it is passed on. */
  slow(ms: number): void;
  close(): Promise<void>;
}

/** On a free loopback port, in this process. */
export async function openHttpFront(target: Address): Promise<HttpFront> {
  let instead: Instead | undefined;
  let waitMs = 0;
  let answered = 0;

  async function serve(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/', headers } = asked;
    const status = instead?.(method, url);
    if (status === 'reset') {
      asked.socket.resetAndDestroy();
      return;
    }
    if (status !== undefined) {
      answered += 1;
      // The body is read: a client that is cut off while it writes would see a broken connection and no status.
      asked.resume();
      await once(asked, 'end');
      answer.writeHead(status, { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' });
      answer.end(JSON.stringify({ status, error: { type: 'answered_by_the_front', reason: 'a fault of a test' } }));
      return;
    }
    if (waitMs > 0) await delay(waitMs);
    const passed: ClientRequest = request({ ...target, method, path: url, headers }, (theirs) => {
      answer.writeHead(theirs.statusCode ?? 502, theirs.headers);
      theirs.pipe(answer);
    });
    // The server behind is away: so is this.
    passed.on('error', () => answer.destroy());
    asked.pipe(passed);
  }
  const server = createServer((asked, answer) => void serve(asked, answer).catch(() => answer.destroy()));
  server.listen(0, LOOPBACK);
  await once(server, 'listening');
  return {
    url: `http://${LOOPBACK}:${(server.address() as AddressInfo).port}`,
    get answered() {
      return answered;
    },
    answerInstead(next) {
      instead = next;
    },
    slow(ms) {
      waitMs = ms;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
