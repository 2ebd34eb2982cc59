import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from '../../stack.ts';
import { runTool } from '../process/run-tool.ts';

const SOURCE = path.join(ROOT, 'packages', 'testkit', 'go', 'lumber-sender');

export interface LumberOptions {
  readonly port: number;
  readonly events: number;
  readonly window: number;
  /** Windows on their way at once; 0 waits for each. */
  readonly inflight?: number;
  /** zlib level, 0 for none. */
  readonly compression?: number;
  /** Bytes of padding in each event. */
  readonly padding?: number;
  /** PEM file of the authority; TLS when given. */
  readonly authority?: string;
}

export interface LumberSender {
  /** Sends events `{"message":"number=<n>",…}`, n from 0. Resolves with how many were acknowledged. */
  send(options: LumberOptions): Promise<number>;
  remove(): Promise<void>;
}

/** Builds a sender around Elastic's own client (github.com/elastic/go-lumber) with the machine's Go. */
export async function buildLumberSender(): Promise<LumberSender> {
  const folder = await mkdtemp(path.join(tmpdir(), 'lumber-sender-'));
  const tool = { service: 'lumber-sender', component: 'go', cwd: folder };
  await cp(SOURCE, folder, { recursive: true });
  // No build stamp: the folder is no checkout.
  await runTool({ ...tool, command: 'go', args: ['build', '-buildvcs=false', '-mod=readonly', '-o', 'sender', '.'] });
  return {
    async send({ port, events, window, inflight = 0, compression = 3, padding = 0, authority = '' }) {
      const args = [`-address=127.0.0.1:${port}`, `-events=${events}`, `-window=${window}`, `-inflight=${inflight}`];
      args.push(`-compression=${compression}`, `-padding=${padding}`, `-ca=${authority}`);
      return Number(await runTool({ ...tool, command: path.join(folder, 'sender'), args }));
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
