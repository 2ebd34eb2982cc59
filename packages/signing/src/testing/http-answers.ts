import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HttpAnswer {
  readonly status?: number;
  readonly body: Buffer | string;
  readonly type?: string;
}

/**
 * An HTTP server on loopback that answers queries, whatever their path; `answer` may stay pending for ever. Rejects
 * when the port can't be had (default: a free one).
 */
export async function serve(
  answer: (query: Buffer, headers: NodeJS.Dict<string | string[]>) => Promise<HttpAnswer>,
  { host = '127.0.0.1', port = 0 }: { readonly host?: string; readonly port?: number } = {},
) {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const {
      status = 200,
      body,
      type = 'application/timestamp-reply',
    } = await answer(Buffer.concat(chunks), request.headers);
    response.writeHead(status, { 'content-type': type });
    response.end(body);
  });
  await once(server.listen(port, host), 'listening');
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://${host}:${(server.address() as AddressInfo).port}/`, close };
}
