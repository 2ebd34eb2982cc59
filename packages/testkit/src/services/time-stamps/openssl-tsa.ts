import { rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { makeOpensslTsa } from '@logmaster/signing/testing/openssl-tsa';
import { freePorts } from '../../free-ports.ts';
import type { Keeper } from '../../keeper/keeper.ts';
import { processService } from '../process/process-service.ts';
import { LOOPBACK, type Placement, type Service } from '../process/service.ts';
import type { TsaFault } from './openssl-tsa-main.ts';

export interface OpensslTsaServiceOptions extends Placement {
  readonly name?: string;
  /** Puts an intermediate CA between root and signer. */
  readonly intermediate?: boolean;
}

export interface OpensslTsaService extends Service {
  /** Takes RFC 3161 requests (application/timestamp-query). */
  readonly url: string;
  /** PEM of its root, and the file of it; the same after restarts. */
  readonly anchor: string;
  readonly anchorFile: string;
  /** How it misbehaves from the next request on; undefined ends it. Down is `stop` or `kill`. */
  fault(fault: TsaFault | undefined): Promise<void>;
}

/** As long as those of the public authorities; longer ones take openssl some seconds to find. */
const KEY = '-newkey rsa:2048';
const ASK_MS = 5_000;

/** A time-stamp authority by `openssl ts`, in a process of its own: RSA-2048, SHA-256. Not started yet. */
export async function createOpensslTsa(
  keeper: Keeper,
  options: OpensslTsaServiceOptions = {},
): Promise<OpensslTsaService> {
  const { host = LOOPBACK, intermediate = false } = options;
  const [port = 0] = options.port === undefined ? await freePorts(1) : [options.port];
  const name = options.name ?? `openssl-tsa-${port}`;
  // It runs as we do: Node may lie where the servers' user can not look.
  const folder = await keeper.makeFolder(name, { asRoot: true });
  const { ca } = await makeOpensslTsa({ folder, intermediate, keyArguments: KEY });
  const faultFile = path.join(folder, 'fault.json');
  const url = `http://${host}:${port}/`;
  const service = processService({
    keeper,
    name,
    address: { host, port },
    component: 'openssl',
    command: process.execPath,
    args: [path.join(import.meta.dirname, 'openssl-tsa-main.ts'), host, `${port}`, folder, faultFile],
    cwd: folder,
    asRoot: true,
    async probe() {
      const response = await fetch(url, { signal: AbortSignal.timeout(ASK_MS) });
      await response.body?.cancel();
      // What it says to those who ask for no time-stamp.
      if (response.status !== 415) throw new Error(`it answered with HTTP status ${response.status}`);
    },
  });
  return {
    ...service,
    url,
    anchor: ca,
    anchorFile: path.join(folder, 'ca.pem'),
    async fault(fault) {
      if (fault === undefined) return rm(faultFile, { force: true });
      await writeFile(`${faultFile}.new`, JSON.stringify(fault));
      await rename(`${faultFile}.new`, faultFile);
    },
  };
}
