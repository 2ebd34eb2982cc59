import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EVENT_TABLE } from '@logmaster/telemetry/event-table';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePorts } from '../../free-ports.ts';
import { prepareData, startIngest } from '../../ingest.ts';
import { type Keeper, openKeeper } from '../../keeper/keeper.ts';
import { renderConfig } from '../infra/render-config.ts';
import { createSmtpSink } from '../mail/smtp-sink.ts';
import { runProgram } from '../process/run-program.ts';
import { writeServerFile } from '../process/server-file.ts';
import { ServiceError } from '../process/service-error.ts';
import { createAlertmanager } from './alertmanager.ts';
import { createPrometheus } from './prometheus.ts';

const PATIENT = { timeout: 60_000, interval: 50 };
const NOBODY = { host: '127.0.0.1', port: 9 };

let keeper: Keeper;
beforeAll(async () => {
  keeper = await openKeeper('test-monitoring');
});
afterAll(() => keeper.close());

test('the rules ask for metrics that exist, and each has its tests, which hold', async () => {
  const out = await keeper.makeFolder('rules');
  const values = {
    INGEST_NODES: '127.0.0.1:9600',
    MAIL_TO: 'ops@example.org',
    MAIL_FROM: 'logmaster@example.org',
    SMTP_SERVER: '127.0.0.1:25',
  };
  await renderConfig({ service: 'rules', part: 'monitoring', values, out });
  const rules = await readFile(path.join(out, 'logmaster.rules.yml'), 'utf8');
  const asked = [...rules.matchAll(/logmaster_([a-z_]+)_total/g)].map(([, name]) => name);
  expect(asked.length).toBeGreaterThan(10);
  expect(asked.filter((name) => !Object.hasOwn(EVENT_TABLE, String(name)))).toEqual([]);

  const tests = await readFile(path.join(out, 'logmaster.rules.test.yml'), 'utf8');
  const alerts = [...rules.matchAll(/alert: (\w+)/g)].map(([, name]) => String(name));
  expect(alerts.filter((name) => !tests.includes(name))).toEqual([]);
  const args = ['test', 'rules', path.join(out, 'logmaster.rules.test.yml')];
  await runProgram(keeper, { service: 'rules', command: 'promtool', args, folder: out });
});

test('ingest is killed: the alert fires, is mailed, and mailed again when ingest is back', async () => {
  const data = await mkdtemp(path.join(tmpdir(), 'monitoring-'));
  await prepareData(data);
  const [syslogPort = 0, metricsPort = 0] = await freePorts(2);
  const user = { name: 'alerts', password: 'secret' };
  const sink = await createSmtpSink(keeper, { user });
  await sink.start();
  const passwordFile = path.join(await keeper.makeFolder('secrets'), 'smtp-password');
  await writeServerFile(passwordFile, user.password);
  const alertmanager = await createAlertmanager(keeper, {
    smtp: sink.address,
    mailTo: 'ops@example.org',
    values: { SMTP_CA_FILE: sink.caFile, SMTP_USERNAME: user.name, SMTP_PASSWORD_FILE: passwordFile },
  });
  const prometheus = await createPrometheus(keeper, {
    ingestNodes: [{ host: '127.0.0.1', port: metricsPort }],
    alertmanagers: [alertmanager.address],
  });
  let ingest = await startIngest({ data, syslogPort, metricsPort });
  await alertmanager.start();
  await prometheus.start();

  const instance = `127.0.0.1:${metricsPort}`;
  const labels = { __name__: 'logmaster_syslog_listening_total', instance, job: 'logmaster-ingest' };
  await expect
    .poll(() => prometheus.query('logmaster_syslog_listening_total'), PATIENT)
    .toEqual([{ labels, value: expect.any(Number) }]);
  expect(await prometheus.alerts()).not.toContainEqual(
    expect.objectContaining({ labels: { alertname: 'LogMasterIngestDown' } }),
  );

  await ingest.kill();
  const down = { alertname: 'LogMasterIngestDown', instance, job: 'logmaster-ingest', severity: 'critical' };
  await expect.poll(() => prometheus.alerts(), PATIENT).toContainEqual({ state: 'firing', labels: down });
  await expect
    .poll(() => alertmanager.alerts(), PATIENT)
    .toContainEqual(expect.objectContaining({ labels: down, status: { state: 'active' } }));
  const mailed = async (subject: string) => {
    await expect.poll(() => sink.received().map(({ mail }) => mail.subject), PATIENT).toContain(subject);
    return sink.received().find(({ mail }) => mail.subject === subject)?.mail;
  };
  const alarm = await mailed('[LogMaster] FIRING LogMasterIngestDown');
  expect(alarm?.text).toContain(`FIRING (critical): Ingest node ${instance} does not answer\nSenders by TCP wait`);
  expect([alarm?.from?.text, alarm?.html]).toEqual(['"LogMaster" <logmaster@example.org>', false]);

  ingest = await startIngest({ data, syslogPort, metricsPort });
  await mailed('[LogMaster] RESOLVED LogMasterIngestDown');
  await ingest.stop();
  await prometheus.stop();
  await alertmanager.stop();
  await sink.stop();
  await rm(data, { recursive: true, force: true });
});

/** What it says can be changed while it is scraped. */
async function openTarget(): Promise<{ server: Server; port: number; text: (lines: string) => void }> {
  let said = '';
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/plain; version=0.0.4').end(said);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const text = (lines: string) => {
    said = lines;
  };
  return { server, port: (server.address() as AddressInfo).port, text };
}

test('a node that is down has no further news: its other alerts are held back', async () => {
  const target = await openTarget();
  target.text('logmaster_connection_refused_total 0\n');
  const alertmanager = await createAlertmanager(keeper, { smtp: NOBODY, mailTo: 'ops@example.org' });
  const prometheus = await createPrometheus(keeper, {
    ingestNodes: [{ host: '127.0.0.1', port: target.port }],
    alertmanagers: [alertmanager.address],
  });
  await alertmanager.start();
  await prometheus.start();
  const states = async () =>
    Object.fromEntries((await alertmanager.alerts()).map(({ labels, status }) => [labels.alertname, status.state]));
  await expect.poll(() => prometheus.query('logmaster_connection_refused_total'), PATIENT).toHaveLength(1);
  // An increase over minutes is still known when the node is down.
  target.text('logmaster_connection_refused_total 5\n');
  await expect.poll(states, PATIENT).toEqual({ LogMasterSendersRefused: 'active' });
  target.server.close();
  target.server.closeAllConnections();
  await expect.poll(states, PATIENT).toEqual({ LogMasterSendersRefused: 'suppressed', LogMasterIngestDown: 'active' });
  await prometheus.stop();
  await alertmanager.stop();
});

test('killed, they come back with what they knew; hung, they answer when they go on', async () => {
  const target = await openTarget();
  target.text('logmaster_stamped_total 7\n');
  const prometheus = await createPrometheus(keeper, { ingestNodes: [{ host: '127.0.0.1', port: target.port }] });
  await prometheus.start();
  await expect.poll(() => prometheus.query('logmaster_stamped_total'), PATIENT).toHaveLength(1);
  await prometheus.kill();
  await expect(prometheus.ready()).rejects.toThrow(/does not run/);
  target.server.close();
  target.server.closeAllConnections();
  await prometheus.start();
  const known = await prometheus.query('max_over_time(logmaster_stamped_total[10m])');
  expect(known).toEqual([expect.objectContaining({ value: 7 })]);
  await prometheus.hang();
  const waiting = prometheus.ready();
  await prometheus.resume();
  await waiting;
  await prometheus.stop();
});

test('a taken port and a faulty configuration are told before they start', async () => {
  const target = await openTarget();
  const taken = await createPrometheus(keeper, { ingestNodes: [NOBODY], port: target.port, name: 'taken' });
  const fault = await taken.start().catch((error: unknown) => error);
  expect(fault).toBeInstanceOf(ServiceError);
  expect(String(fault)).toMatch(/taken: port \d+ on 127\.0\.0\.1 is used by another program/);
  target.server.close();

  const values = { SCRAPE_INTERVAL: 'often' };
  const broken = await createPrometheus(keeper, { ingestNodes: [NOBODY], values });
  await expect(broken.start()).rejects.toThrow(/promtool ended with code 1\n[\s\S]*not a valid duration string/);
  const other = await createAlertmanager(keeper, {
    smtp: NOBODY,
    mailTo: 'a@example.org',
    values: { GROUP_WAIT: 'x' },
  });
  await expect(other.start()).rejects.toThrow(/amtool ended with code 1\n[\s\S]*not a valid duration string/);
});
