import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { dataLayout } from '@logmaster/core/config/data-layout';
import { openDatabase } from '@logmaster/db/client';
import { openDeviceDirectory } from '@logmaster/db/device-directory';
import { listDevices } from '@logmaster/db/devices';
import { migrateUp } from '@logmaster/db/migrate';
import { makeBatch, makeEvent } from '@logmaster/search/conformance/events';
import { openDuckDbWriter } from '@logmaster/search/open';
import { createLogger } from '@logmaster/telemetry/logger';
import { logmaster } from '@logmaster/testkit/cli';
import { startPostgres, type TestPostgres } from '@logmaster/testkit/postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';

const DEFINITION = {
  name: 'doors',
  kind: 'grok',
  description: 'Door controllers',
  applies_to: { sites: ['istanbul'] },
  patterns: ['^door %{INT:door} %{WORD:event.action}$'],
};

let server: TestPostgres;
let url: string;
let folder: string;
let device: string;

beforeAll(async () => {
  server = await startPostgres();
  url = await server.createDatabase();
  await migrateUp(url);
  folder = await mkdtemp(path.join(tmpdir(), 'logmaster-parser-'));
  device = await makeDevice();
  const { index } = dataLayout(folder);
  const writer = openDuckDbWriter({
    indexDir: index,
    memoryMb: 128,
    threads: 1,
    logger: createLogger('test', 'fatal'),
  });
  await writer.start();
  const texts = ['door 12 open', 'door 12 shut', 'somebody knocked'];
  const events = texts.map((text, n) =>
    makeEvent(n, { message: text, 'event.original': text, 'logmaster.device.id': device }),
  );
  await writer.write(makeBatch([...events, makeEvent(3, { 'event.original': 'of another' })], 0));
  await writer.stop();
});
afterAll(async () => {
  await server.remove();
  await rm(folder, { recursive: true, force: true });
});

async function makeDevice(): Promise<string> {
  const directory = openDeviceDirectory({ url });
  const seen = {
    firstSeen: 1e15,
    lastSeen: 1e15,
    records: 1,
    vendor: null,
    product: null,
    hostname: null,
    clockSkew: null,
  };
  await directory.report([{ address: '10.0.0.9', ...seen }]);
  await directory.close();
  const database = openDatabase({ url });
  const [found] = await listDevices(database.primary);
  await database.close();
  return found?.id ?? '';
}

async function run(...args: string[]): Promise<{ code: number; answer: Record<string, unknown> }> {
  const all = ['parser', ...args, '--json', '--data', folder];
  const { code, stdout, stderr } = await logmaster(all, '', { DATABASE_URL: url });
  return { code, answer: stdout === '' ? { stderr } : JSON.parse(stdout) };
}

test('a definition is tried on a device’s records, saved twice, taken back and out of use', async () => {
  const file = path.join(folder, 'doors.json');
  await writeFile(file, JSON.stringify(DEFINITION));
  const tried = await run('try', file, '--device', device);
  expect(tried).toMatchObject({ code: 1, answer: { totals: { records: 3, matched: 2, unmatched: 1 } } });

  expect(await run('save', file)).toMatchObject({ code: 0, answer: { name: 'doors', version: 1, active: true } });
  await writeFile(file, JSON.stringify({ ...DEFINITION, unmapped: 'drop' }));
  expect(await run('save', file, '--no-activate')).toMatchObject({
    answer: { version: 2, active: false, author: expect.stringMatching(/^cli:/) },
  });
  expect(await run('activate', 'doors', '2')).toMatchObject({ answer: { active_version: 2 } });
  expect(await run('show', 'doors', '--version', '1')).toMatchObject({ answer: { definition: DEFINITION } });
  expect(await run('versions', 'doors')).toMatchObject({ answer: { versions: [{ version: 2 }, { version: 1 }] } });
  expect(await run('deactivate', 'doors')).toMatchObject({ answer: { active_version: null } });
  const people = await logmaster(['parser', 'list', '--data', folder], '', { DATABASE_URL: url });
  expect(people.stdout).toBe('doors  not in use  Door controllers\n');
});
