import { createSocket } from 'node:dgram';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import tls from 'node:tls';
import { WEB_KEEP_ALIVE_MS } from '@logmaster/core/config/web-connections';
import { get, search } from '@logmaster/testkit/api';
import { logmaster } from '@logmaster/testkit/cli';
import { cluster } from '@logmaster/testkit/cluster/command';
import { type ClusterAnswer, clusterAnswerSchema } from '@logmaster/testkit/cluster/control';
import { portBaseFor } from '@logmaster/testkit/cluster/port-base';
import { clusterPorts } from '@logmaster/testkit/cluster/ports';
import { isRunning } from '@logmaster/testkit/processes';
import { askTcp } from '@logmaster/testkit/services/ask-tcp';
import { sendLines } from '@logmaster/testkit/syslog-sender';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { mainJob } from './main-job.ts';

/**
 * The production topology on real servers, by the commands that an operator uses: up, the main job through the load
 * balancer, the loss of single parts, down, and nothing left.
 */

const PATIENCE = { timeout: 120_000, interval: 250 };

let base: readonly string[];
let ports: ReturnType<typeof clusterPorts>;
let url = '';
let password = '';
let environment: Record<string, string> = {};
let token = '';
let before: readonly string[] = [];

/** What a cluster could leave behind. */
const traces = () => readdirSync(tmpdir()).filter((name) => name.startsWith('logmaster-cluster-'));

beforeAll(async () => {
  before = traces();
  const portBase = await portBaseFor();
  ports = clusterPorts(portBase);
  base = ['--port-base', `${portBase}`];
  const up = await cluster(['up', '--sample', '--segment-seconds', '8', ...base]);
  expect(up.code, up.stderr + up.stdout).toBe(0);
  url = /^LogMaster is ready at (\S+)$/m.exec(up.stdout)?.[1] ?? '';
  password = /^\s*Password\s+(\S+)$/m.exec(up.stdout)?.[1] ?? '';
  const authority = /issued by (\S+)$/m.exec(up.stdout)?.[1] ?? '';
  tls.setDefaultCACertificates([...tls.getCACertificates(), readFileSync(authority, 'utf8')]);
  const lines = (await cluster(['env', ...base])).stdout.matchAll(/^export (\w+)='(.*)'$/gm);
  environment = Object.fromEntries([...lines].map(([, name, value]) => [name ?? '', value ?? '']));
});
afterAll(async () => {
  await cluster(['down', ...base]);
});

const run = (args: readonly string[]) => logmaster(args, '', environment);

async function status(): Promise<ClusterAnswer> {
  const { stdout } = await cluster(['status', '--json', ...base]);
  return clusterAnswerSchema.parse(JSON.parse(stdout));
}
const notWell = async () => (await status()).parts.filter(({ state }) => state !== 'ok');

async function count(q: string): Promise<number> {
  return (await search({ url }, token, { q, size: '1' })).total.value;
}

describe('the main job through the load balancer', () => {
  mainJob(() => ({ url, password, localTsa: false, logmaster: run }));
});

describe('the cluster', () => {
  test('is well in all its parts, and up again changes nothing', async () => {
    expect(await notWell()).toEqual([]);
    const again = await cluster(['up', ...base]);
    expect(again.code).toBe(0);
    expect(again.stderr).toContain('The cluster is up already.');
    token = (await run(['token', 'create', '--user', 'admin', '--name', 'cluster'])).stdout.trim();
    const health = await (await get({ url }, '/api/v1/health', token)).json();
    expect(health).toMatchObject({ state: 'ok' });
    const names = (health as { parts: { name: string }[] }).parts.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['database', 'redis', 'ldap', 'mail', 'archive']));
  });

  test('takes syslog at the load balancer, over UDP and TCP, into Elasticsearch', async () => {
    const mark = `balanced${Date.now()}`;
    const socket = createSocket('udp4');
    await new Promise((resolve) => socket.send(`<134>udp ${mark}`, ports.syslog, '127.0.0.1', resolve));
    socket.close();
    await sendLines(ports.syslog, [`<134>tcp ${mark}`], '127.0.60.7');
    await vi.waitFor(async () => expect(await count(mark)).toBe(2), PATIENCE);
    // The PROXY protocol carried the sender's own address through the load balancer.
    expect(await count(`"tcp ${mark}" AND log.source.address:127.0.60.7`)).toBe(1);
    const found = await fetch(`http://127.0.0.1:${ports.elasticsearch1}/_cluster/health`);
    expect(await found.json()).toMatchObject({ status: 'green' });
  });

  test.each([
    ['web-1', 'kill'],
    ['redis-1', 'kill'],
    ['postgres-2', 'hang'],
    ['openldap', 'kill'],
  ])('goes on without %s (%s), says that it is down, and has it back by up', async (part, fault) => {
    expect((await cluster([fault, part, ...base])).code).toBe(0);
    const [first] = await notWell();
    expect(first).toMatchObject({ name: part, state: 'down', reason: expect.stringMatching(/\w/) });
    // Several requests, so that the load balancer asks both web nodes.
    for (let request = 0; request < 6; request++) expect(await count('')).toBeGreaterThan(0);
    const mark = `without-${part}-${Date.now()}`;
    await sendLines(ports.syslog, [`<134>${mark}`]);
    await vi.waitFor(async () => expect(await count(`"${mark}"`)).toBe(1), PATIENCE);
    if (fault === 'hang') await cluster(['resume', part, ...base]);
    else expect((await cluster(['up', ...base])).stderr).toContain(`Started again: ${part}`);
    await vi.waitFor(async () => expect(await notWell()).toEqual([]), PATIENCE);
  });

  test('takes records while Elasticsearch is away, and has them in the index when it is back', async () => {
    await cluster(['kill', 'elasticsearch', ...base]);
    const mark = `while-away-${Date.now()}`;
    await sendLines(ports.syslog, [`<134>${mark}`]);
    const refused = await get({ url }, '/api/v1/search?q=x', token);
    expect(refused.status).toBe(503);
    expect(await refused.json()).toMatchObject({ code: 'SEARCH_UNAVAILABLE' });
    expect((await cluster(['up', ...base])).stderr).toContain('Started again: elasticsearch');
    await vi.waitFor(async () => expect(await count(`"${mark}"`)).toBe(1), PATIENCE);
  });

  test('keeps the connections of the load balancer to its web nodes far longer than the load balancer does', async () => {
    const { headers } = await fetch(`http://127.0.0.1:${ports.web1}/api/v1/ready`);
    expect(headers.get('keep-alive')).toBe(`timeout=${WEB_KEEP_ALIVE_MS / 1000}`);
  });

  test('refuses names and commands that are not there', async () => {
    const unknown = await cluster(['logs', 'no-such-part', ...base]);
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('There is no part "no-such-part"')]);
    expect((await cluster(['fly'])).code).toBe(2);
    const other = await cluster(['status', '--port-base', '30000']);
    expect([other.code, other.stderr]).toEqual([3, expect.stringContaining('There is no cluster.')]);
  });

  test('names the part, the port and the way on when a port is taken, and leaves nothing running', async () => {
    // Another base whose ports overlap with this cluster's: its web-2 is where this one's web-1 is.
    const clash = `${Number(base[1]) - 1}`;
    const { code, stderr } = await cluster(['up', '--port-base', clash]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/\S+: port \d+ on 127\.0\.0\.1 is used by another program\n {2}How to go on: /);
    expect((await cluster(['status', '--port-base', clash])).code).toBe(3);
  });

  test('holds evidence that verifies while it runs', async () => {
    const { code, stdout, stderr } = await run(['verify', environment.ARCHIVE_DIR ?? '']);
    expect(code, stdout + stderr).toBe(0);
  });

  test('is gone after down: no process, no socket, no folder', async () => {
    const { parts, pid } = await status();
    const down = await cluster(['down', ...base]);
    expect(down.code, down.stderr).toBe(0);
    expect(isRunning(pid)).toBe(false);
    expect(traces()).toEqual(before);
    for (const { address } of parts) {
      const [host = '', port = ''] = address.split(':');
      await expect(askTcp({ host, port: Number(port) }, ''), address).rejects.toThrow(/ECONNREFUSED/);
    }
    expect((await cluster(['down', ...base])).stderr).toContain('There is no cluster.');
  });
});
