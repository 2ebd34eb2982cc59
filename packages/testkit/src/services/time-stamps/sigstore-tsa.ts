import path from 'node:path';
import { freePorts } from '../../free-ports.ts';
import type { Keeper } from '../../keeper/keeper.ts';
import { servicesCacheFolder } from '../../setup/cache-folder.ts';
import { processService } from '../process/process-service.ts';
import { LOOPBACK, type Placement, type Service } from '../process/service.ts';

export interface SigstoreTsaService extends Service {
  /** Takes RFC 3161 requests (application/timestamp-query). */
  readonly url: string;
  /**
   * PEM of what leads from its signer to its root: intermediate, then root; the signer comes in each token. All of it
   * is made in memory at each start, so ask again after one.
   */
  anchor(): Promise<string>;
}

export interface SigstoreTsaOptions extends Placement {
  readonly name?: string;
}

const ASK_MS = 5_000;

/** The time-stamp authority of the sigstore project (ECDSA P-256), which shares no line with ours. Not started yet. */
export async function createSigstoreTsa(keeper: Keeper, options: SigstoreTsaOptions = {}): Promise<SigstoreTsaService> {
  const { host = LOOPBACK } = options;
  const [port = 0] = options.port === undefined ? await freePorts(1) : [options.port];
  const name = options.name ?? `sigstore-tsa-${port}`;
  const url = `http://${host}:${port}/api/v1/timestamp`;

  async function chain(): Promise<readonly string[]> {
    const response = await fetch(`${url}/certchain`, { signal: AbortSignal.timeout(ASK_MS) });
    const text = await response.text();
    if (!response.ok) throw new Error(`it answered with HTTP status ${response.status}`);
    return text.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----\n/g) ?? [];
  }
  const service = processService({
    keeper,
    name,
    address: { host, port },
    component: 'sigstore-tsa',
    command: path.join(servicesCacheFolder(), 'bin', 'sigstore-tsa'),
    args: ['-host', host, '-port', `${port}`],
    cwd: await keeper.makeFolder(name),
    probe: async () => {
      await chain();
    },
  });
  return { ...service, url, anchor: async () => (await chain()).slice(1).join('') };
}
