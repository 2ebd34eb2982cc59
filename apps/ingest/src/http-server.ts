import { once } from 'node:events';
import http from 'node:http';
import type { Health, PipelineState } from '@logmaster/core/api/health';
import type { Lifecycle } from '@logmaster/core/lifecycle';
import { listenError } from '@logmaster/pipeline/collector/stream/listen-error';

export interface HttpServerOptions {
  readonly host: string;
  readonly port: number;
  readonly health: () => Health;
  /** Records are taken here. */
  readonly ready: () => boolean;
  readonly pipeline: () => PipelineState;
  readonly metrics: () => Promise<string>;
}

/**
 * `GET /health`, `/pipeline`, `/metrics` for the web and for Prometheus; `/health/live` (this process answers) and
 * `/health/ready` (records are taken) for supervisors and load balancers. Loopback unless told otherwise.
 */
export class StatusServer implements Lifecycle {
  readonly name = 'status server';
  private readonly options: HttpServerOptions;
  private server: http.Server | undefined;

  constructor(options: HttpServerOptions) {
    this.options = options;
  }

  async start(): Promise<void> {
    const { host, port } = this.options;
    const server = http.createServer((request, response) => {
      this.answer(request, response).catch((error: unknown) => {
        response.writeHead(500, { 'content-type': 'text/plain' });
        response.end('the numbers could not be put together');
        server.emit('clientError', error);
      });
    });
    try {
      server.listen(port, host);
      await once(server, 'listening');
    } catch (error) {
      throw listenError(error, 'health and metrics', host, port, '--metrics-port');
    }
    this.server = server;
  }

  async stop(): Promise<void> {
    const { server } = this;
    if (server === undefined) return;
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  }

  private async answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const { health, ready, pipeline, metrics } = this.options;
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' });
      response.end();
    } else if (path === '/health') {
      const state = health();
      json(response, state.state === 'down' ? 503 : 200, state);
    } else if (path === '/health/live') {
      json(response, 200, { live: true });
    } else if (path === '/health/ready') {
      json(response, ready() ? 200 : 503, { ready: ready() });
    } else if (path === '/pipeline') {
      json(response, 200, pipeline());
    } else if (path === '/metrics') {
      response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' });
      response.end(await metrics());
    } else {
      json(response, 404, { error: 'there is /health, /health/live, /health/ready, /pipeline and /metrics' });
    }
  }
}

function json(response: http.ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(`${JSON.stringify(body)}\n`);
}
