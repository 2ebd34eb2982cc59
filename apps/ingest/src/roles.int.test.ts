import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { verifyPath } from '@logmaster/signing/verify/verify';
import { freePorts } from '@logmaster/testkit/free-ports';
import { type IngestProgram, launchIngest } from '@logmaster/testkit/ingest-program';
import { sendLines } from '@logmaster/testkit/syslog-sender';
import { afterEach, beforeEach, expect, test } from 'vitest';

let data: string;
let running: IngestProgram[] = [];
beforeEach(async () => {
  data = await mkdtemp(path.join(os.tmpdir(), 'ingest-roles-'));
});
afterEach(async () => {
  for (const each of running) await each.kill();
  running = [];
  await rm(data, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

function launch(role: string, metricsPort: number, syslogPort = 5514): IngestProgram {
  const environment = { LOGMASTER_WORKERS: '1', LOGMASTER_LOG_LEVEL: 'fatal' };
  const one = launchIngest({ data, metricsPort, syslogPort, args: ['--role', role], environment });
  running.push(one);
  return one;
}

async function start(role: string, metricsPort: number, syslogPort?: number): Promise<IngestProgram> {
  const one = launch(role, metricsPort, syslogPort);
  await one.ready();
  return one;
}

const partsOf = async (one: IngestProgram) => (await one.health()).parts.map(({ name, state }) => `${name} ${state}`);
const sealed = async (one: IngestProgram) => (await one.pipeline()).sealed;
const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 90_000, interval: 50 });

test('each role in a process of its own: they meet in files, and each answers for itself', async () => {
  const [syslog = 0, ...ports] = await freePorts(5);
  const [ofCollector = 0, ofProcessor = 0, ofSealer = 0, other = 0] = ports;
  const collector = await start('collector', ofCollector, syslog);
  await sendLines(syslog, ['<134>one', '<134>two']);
  // Nobody seals yet: closed segments wait as plans.
  const processor = await start('processor', ofProcessor);
  await eventually(() => partsOf(processor)).toEqual([
    'accounting ok',
    'disk ok',
    'processor ok',
    'index ok',
    'database ok',
  ]);
  const sealer = await start('sealer', ofSealer);
  await eventually(() => sealed(sealer)).toMatchObject({ records: 2, unstamped: 0 });
  expect(await partsOf(sealer)).toEqual(['disk ok', 'sealer ok', 'archive ok', 'tsa ok']);
  expect(await partsOf(collector)).toEqual(['collector ok', 'journal ok', 'accounting ok', 'disk ok']);
  expect((await sealer.get('health/ready')).status).toBe(200);

  const second = launch('sealer', other);
  expect(await second.exited).toBe(3);
  expect(second.stderr()).toMatch(/Another LogMaster is running on this data folder: .*sealer\.lock/);

  // The processor is gone for a while: what is closed goes on to the archive, what arrives waits.
  processor.signal('SIGTERM');
  expect(await processor.exited).toBe(0);
  await sendLines(syslog, ['<134>three']);
  await start('processor', ofProcessor);
  await eventually(() => sealed(sealer)).toMatchObject({ records: 3, unstamped: 0 });
  const tsaAnchors = [await readFile(path.join(data, 'certificates', 'tsa-ca.pem'), 'utf8')];
  expect(await verifyPath(path.join(data, 'archive'), { tsaAnchors, pinnedSigners: [] })).toMatchObject({
    holds: true,
  });
});
