import { createPublicKey } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Keeper } from '../../keeper/keeper.ts';
import { runTool } from '../process/run-tool.ts';
import { ServiceError } from '../process/service-error.ts';

/**
 * A PKCS#11 token in files. It is no process: whoever loads `module` with `SOFTHSM2_CONF` set to `configuration` in
 * its environment has the token.
 */
export interface SoftHsm {
  /** The PKCS#11 library. */
  readonly module: string;
  readonly configuration: string;
  readonly slot: number;
  readonly tokenLabel: string;
  readonly pin: string;
  /** An RSA-3072 key for signing that can't be read out, its CKA_ID in hex, and its public part as PEM (SPKI). */
  readonly keyLabel: string;
  readonly keyId: string;
  readonly publicKey: string;
  /** Makes one more; resolves with its public part. */
  addKey(label: string): Promise<string>;
  removeKey(label: string): Promise<void>;
  /** Signs by pkcs11-tool: PKCS #1 v1.5 with SHA-256. */
  sign(data: Buffer, label?: string): Promise<Buffer>;
  /** As if the device were pulled out: its slot is empty until it is plugged in again. */
  unplug(): Promise<void>;
  plug(): Promise<void>;
}

export interface SoftHsmOptions {
  readonly name?: string;
  readonly pin?: string;
  readonly keyLabel?: string;
}

/** Debian's path on every architecture. */
const MODULE = '/usr/lib/softhsm/libsofthsm2.so';
const KEY_TYPE = 'rsa:3072';
const SO_PIN = '87654321';

/** Makes a token with a key in a folder of the keeper. */
export async function createSoftHsm(keeper: Keeper, options: SoftHsmOptions = {}): Promise<SoftHsm> {
  const { name = 'softhsm', pin = '123456', keyLabel = 'logmaster-signing' } = options;
  const folder = await keeper.makeFolder(name, { asRoot: true });
  const tokens = path.join(folder, 'tokens');
  const configuration = path.join(folder, 'softhsm2.conf');
  await mkdir(tokens);
  await writeFile(configuration, `directories.tokendir = ${tokens}\nobjectstore.backend = file\nlog.level = INFO\n`);
  const run = (command: string, args: readonly string[]) =>
    runTool({
      ...{ service: name, component: 'softhsm', command, args },
      cwd: folder,
      env: { SOFTHSM2_CONF: configuration },
    });

  const init = ['--init-token', '--free', '--label', name, '--so-pin', SO_PIN, '--pin', pin];
  const said = await run('softhsm2-util', init);
  const slot = Number(/reassigned to slot (\d+)/.exec(said)?.[1]);
  if (Number.isNaN(slot)) throw new ServiceError(name, 'softhsm2-util names no slot', { logs: said });
  const tool = (...args: string[]) =>
    run('pkcs11-tool', ['--module', MODULE, '--token-label', name, '--login', '--pin', pin, ...args]);

  // CKA_ID by label: this pkcs11-tool signs with the first key when it is told a label only.
  const ids = new Map<string, string>();
  function idOf(label: string): string {
    const id = ids.get(label);
    if (id === undefined) throw new ServiceError(name, `it has no key ${label}`);
    return id;
  }
  async function addKey(label: string): Promise<string> {
    const id = Buffer.of(ids.size + 1).toString('hex');
    await tool('--keypairgen', '--key-type', KEY_TYPE, '--label', label, '--id', id, '--usage-sign');
    ids.set(label, id);
    const file = path.join(folder, `${label}.spki`);
    await tool('--read-object', '--type', 'pubkey', '--id', id, '--output-file', file);
    const key = createPublicKey({ key: await readFile(file), format: 'der', type: 'spki' });
    return key.export({ format: 'pem', type: 'spki' }).toString();
  }
  const publicKey = await addKey(keyLabel);
  return {
    module: MODULE,
    configuration,
    slot,
    tokenLabel: name,
    pin,
    keyLabel,
    keyId: idOf(keyLabel),
    publicKey,
    addKey,
    async removeKey(label) {
      for (const type of ['privkey', 'pubkey']) await tool('--delete-object', '--type', type, '--id', idOf(label));
    },
    async sign(data, label = keyLabel) {
      const [input, output] = [path.join(folder, 'data'), path.join(folder, 'signature')];
      await writeFile(input, data);
      const files = ['--input-file', input, '--output-file', output];
      await tool('--sign', '--mechanism', 'SHA256-RSA-PKCS', '--id', idOf(label), ...files);
      return readFile(output);
    },
    async unplug() {
      await rename(tokens, `${tokens}.unplugged`);
      await mkdir(tokens);
    },
    async plug() {
      // The empty folder gives way: rename(2) replaces a folder that has nothing in it.
      await rename(`${tokens}.unplugged`, tokens);
    },
  };
}
