import { generateKeyPairSync } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Keeper, openKeeper } from '../../keeper/keeper.ts';
import { runTool } from '../process/run-tool.ts';
import { createSoftHsm, type SoftHsm } from './softhsm.ts';

let keeper: Keeper;
let hsm: SoftHsm;
beforeAll(async () => {
  keeper = await openKeeper('test-softhsm');
  hsm = await createSoftHsm(keeper);
});
afterAll(async () => {
  await keeper.close();
  expect(existsSync(keeper.folder)).toBe(false);
});

const DATA = Buffer.from('kayıt\n');

/** openssl, which knows nothing of tokens, judges. */
async function verdict(publicKey: string, signature: Buffer): Promise<string> {
  const folder = await keeper.makeFolder('openssl', { asRoot: true });
  const files = { 'key.pem': publicKey, data: DATA, signature };
  for (const [name, bytes] of Object.entries(files)) await writeFile(path.join(folder, name), bytes);
  const args = ['dgst', '-sha256', '-verify', 'key.pem', '-signature', 'signature', 'data'];
  const openssl = runTool({ service: 'openssl', component: 'openssl', command: 'openssl', args, cwd: folder });
  return openssl.then((said) => said.trim()).catch((error: Error) => error.message);
}

/** pkcs11-tool as a stranger uses it: with nothing but what the object tells. */
const pkcs11 = (pin: string, ...args: string[]) =>
  runTool({
    ...{ service: 'pkcs11', component: 'softhsm', command: 'pkcs11-tool' },
    args: ['--module', hsm.module, '--slot', `${hsm.slot}`, '--login', '--pin', pin, ...args],
    env: { SOFTHSM2_CONF: hsm.configuration },
  });

test('what its key signs is verified by openssl, and by its own public key only', async () => {
  const signature = await hsm.sign(DATA);
  expect(await verdict(hsm.publicKey, signature)).toBe('Verified OK');
  expect(signature).toHaveLength(3072 / 8);
  const other = await hsm.addKey('other');
  expect(await verdict(other, signature)).toMatch(/Verification failure/i);
  expect(await verdict(other, await hsm.sign(DATA, 'other'))).toBe('Verified OK');
  await hsm.removeKey('other');
  await expect(hsm.sign(DATA, 'other')).rejects.toThrow(/[Pp]rivate key not found/);
});

test('slot, PIN and label lead to a key that can not be read out', async () => {
  const listed = await pkcs11(hsm.pin, '--list-objects', '--type', 'privkey', '--label', hsm.keyLabel);
  expect(listed).toMatch(new RegExp(`label: +${hsm.keyLabel}\\n +ID: +${hsm.keyId}\\n.*sign`));
  expect(listed).toMatch(/Access: +sensitive, always sensitive, never extractable, local/);
  await expect(pkcs11('000000', '--list-objects')).rejects.toThrow(/CKR_PIN_INCORRECT/);
});

test('unplugged it signs nothing; plugged in again it is the same; two do not meet', async () => {
  await hsm.unplug();
  await expect(hsm.sign(DATA)).rejects.toThrow(/softhsm: pkcs11-tool [^\n]* failed/);
  await hsm.plug();
  expect(await verdict(hsm.publicKey, await hsm.sign(DATA))).toBe('Verified OK');

  const second = await createSoftHsm(keeper, { name: 'second', pin: '999999' });
  expect(await verdict(hsm.publicKey, await second.sign(DATA))).toMatch(/Verification failure/i);
  expect(await readdir(path.join(keeper.folder, 'second', 'tokens'))).toHaveLength(1);
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const stranger = publicKey.export({ format: 'pem', type: 'spki' }).toString();
  expect(await verdict(stranger, await second.sign(DATA))).toMatch(/Verification failure/i);
});
