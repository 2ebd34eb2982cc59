import { once } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';

export interface HttpsAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface HttpsRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string;
}

/** HTTP/1.1 over TLS to a server with a certificate of our own authority, which `fetch` can't be told about. */
export interface HttpsClient {
  /** `path` goes out as it is. The body is not read yet. */
  open(path: string, options?: HttpsRequest): Promise<IncomingMessage>;
  ask(path: string, options?: HttpsRequest): Promise<HttpsAnswer>;
  /** Ends its connections. */
  close(): void;
}

/** `base` is `https://host:port`. */
export function createHttpsClient(base: string, ca: string): HttpsClient {
  const { hostname, port } = new URL(base);
  const agent = new Agent({ keepAlive: true, ca });

  async function open(path: string, { method = 'GET', headers = {}, body }: HttpsRequest = {}) {
    // The name in the certificate is that of `base`, whatever Host says.
    const sent = request({
      hostname,
      port,
      path,
      method,
      headers: { ...headers } as NodeJS.Dict<string>,
      agent,
      servername: '',
    });
    sent.end(body);
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    return answer.setEncoding('utf8');
  }
  return {
    open,
    async ask(path, options) {
      const answer = await open(path, options);
      let text = '';
      for await (const piece of answer) text += piece;
      return { status: answer.statusCode ?? 0, headers: answer.headers, text };
    },
    close: () => agent.destroy(),
  };
}
