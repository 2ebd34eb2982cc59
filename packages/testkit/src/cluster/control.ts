import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { type ClusterFault, isFault } from './options.ts';

/** What a running cluster answers over its control socket. */
export const clusterAnswerSchema = z.object({
  /** Process that holds the cluster. */
  pid: z.int(),
  url: z.string(),
  parts: z.array(
    z.object({ name: z.string(), state: z.enum(['ok', 'down']), reason: z.string().optional(), address: z.string() }),
  ),
});
export type ClusterAnswer = z.infer<typeof clusterAnswerSchema>;

export interface ClusterControl {
  status(): Promise<ClusterAnswer>;
  /** Undefined when there is no such part. */
  logs(part: string): Promise<string | undefined>;
  /** False when there is no such part. */
  fault(fault: ClusterFault, part: string): Promise<boolean>;
  environment(): Readonly<Record<string, string>>;
  /** Starts what has ended; resolves with the names. Rejects with the ServiceError's message. */
  revive(): Promise<readonly string[]>;
  down(): Promise<void>;
}

const base = (portBase: number) => path.join(tmpdir(), `logmaster-cluster-${userInfo().uid}-${portBase}`);

/** Where the cluster of this user with this port base is reached. */
export function controlSocket(portBase: number): string {
  return `${base(portBase)}.sock`;
}

/** What the process that holds the cluster writes: nothing, unless it fails. */
export function supervisorLog(portBase: number): string {
  return `${base(portBase)}.log`;
}

type Answer = { readonly status: number; readonly body: string };

const NO_SUCH_PART: Answer = { status: 404, body: 'there is no such part' };

async function answer(control: ClusterControl, method: string, url: URL): Promise<Answer> {
  const route = `${method} ${url.pathname}`;
  if (route === 'GET /status') return { status: 200, body: JSON.stringify(await control.status()) };
  if (route === 'GET /env') return { status: 200, body: JSON.stringify(control.environment()) };
  if (route === 'POST /revive') return { status: 200, body: JSON.stringify(await control.revive()) };
  const part = url.searchParams.get('part') ?? '';
  if (route === 'GET /logs') {
    const lines = await control.logs(part);
    return lines === undefined ? NO_SUCH_PART : { status: 200, body: lines };
  }
  const fault = url.pathname.slice(1);
  if (method === 'POST' && isFault(fault)) {
    return (await control.fault(fault, part)) ? { status: 200, body: '' } : NO_SUCH_PART;
  }
  return { status: 404, body: 'there is no such call' };
}

/** Answers on the socket, for this user alone, until it is closed. `down` is answered before it is carried out. */
export async function openControl(socket: string, control: ClusterControl): Promise<{ close(): Promise<void> }> {
  const server = http.createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://cluster');
    if (request.method === 'POST' && url.pathname === '/down') {
      // The answer comes when nothing of it is left: the connection's end says so.
      control.down().then(
        () => response.end('done'),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
      return;
    }
    answer(control, request.method ?? 'GET', url)
      .catch((error: unknown) => ({ status: 500, body: error instanceof Error ? error.message : String(error) }))
      .then(({ status, body }) => response.writeHead(status).end(body));
  });
  const before = process.umask(0o177);
  try {
    server.listen(socket);
    await once(server, 'listening');
  } finally {
    process.umask(before);
  }
  return {
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      await closed;
      await rm(socket, { force: true });
    },
  };
}

/** Asks a running cluster. Undefined when none answers: then a socket that a crash left behind is removed. */
export async function askControl(socket: string, method: 'GET' | 'POST', call: string): Promise<Answer | undefined> {
  const request = http.request({ socketPath: socket, method, path: call });
  request.end();
  try {
    const [response] = (await once(request, 'response')) as [http.IncomingMessage];
    return { status: response.statusCode ?? 0, body: await text(response) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    if (code !== 'ECONNREFUSED') throw error;
    await rm(socket, { force: true });
    return undefined;
  }
}
