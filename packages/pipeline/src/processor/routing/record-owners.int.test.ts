import { IDENTITY_RECORD } from '@logmaster/core/api/identity-events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { JournalSource } from '../../journal/decode.ts';
import { FIREWALL, MAPPING, Rig, STRANGER } from '../../testing/rig.ts';

const FINGERPRINT = '5e'.repeat(32);
const OTHER = 'a1'.repeat(32);

let rig: Rig;
beforeEach(async () => {
  rig = await Rig.create();
  const [device] = MAPPING.devices;
  if (device === undefined) throw new Error('the rig has no device');
  rig.mapping = { ...MAPPING, devices: [{ ...device, certificate: FINGERPRINT }] };
  await rig.journal.start();
  await rig.startProcessor();
});
afterEach(async () => {
  await rig.journal.stop();
  await rig.stopProcessor();
  await rig.remove();
});

const sequenceOf = (id: string) => Number(id.split('.').at(-1));
const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 60_000, interval: 25 });

test('a client certificate says whose record it is, before its address does; evidence and index agree', async () => {
  await eventually(() => rig.processor.segments.timeline.newest.version).toBe(MAPPING.version);
  const senders: [JournalSource, string][] = [
    [{ ...STRANGER, transport: 'tls', identity: `sha256:${FINGERPRINT} CN=fw-ist` }, 'istanbul'],
    [{ ...STRANGER, transport: 'tls', identity: `sha256:${OTHER} CN=fw-ist` }, 'unassigned'],
    [STRANGER, 'unassigned'],
    [{ ...FIREWALL, transport: 'tls', identity: `sha256:${OTHER} CN=other` }, 'istanbul'],
  ];
  for (const [source] of senders) await rig.send(3, source);
  await eventually(() => rig.indexed()).toBe(12);
  rig.passBoundary();
  await rig.untilSealed(12);
  const expected = senders.flatMap(([, site]) => [site, site, site]);
  const evidence = (await rig.evidence()).sort((a, b) => a.number - b.number);
  expect(evidence.map(({ site }) => site)).toEqual(expected);
  for (const { id, site } of evidence) {
    const event = await rig.find(id);
    expect(event?.['logmaster.site.id']).toBe(site);
    expect(event?.['logmaster.device.id']).toBe(site === 'istanbul' ? 'd1' : undefined);
  }
  expect((await rig.verify()).findings.filter(({ severity }) => severity === 'failure')).toEqual([]);
});

test('an identity event that came from web is of the site that it names, and concludes there alone', async () => {
  await eventually(() => rig.processor.segments.timeline.newest.version).toBe(MAPPING.version);
  const web: JournalSource = { ...FIREWALL, transport: 'internal' };
  const login = (site: string | undefined, user: string) => {
    const at = new Date(rig.now / 1000 - 60_000).toISOString();
    return IDENTITY_RECORD + JSON.stringify({ kind: 'login', at, address: '10.9.0.5', user, site });
  };
  const told: [JournalSource, string | undefined, string][] = [
    [web, 'ankara', 'ankara'],
    [web, 'istanbul', 'istanbul'],
    [web, undefined, 'istanbul'],
    // Who sends syslog names no site.
    [{ ...STRANGER, transport: 'tcp' }, 'istanbul', 'unassigned'],
  ];
  for (const [source, site] of told) {
    rig.now += 1000;
    rig.journal.append(source, Buffer.from(login(site, `guest-of-${site}`)), 0);
  }
  rig.now += 1000;
  rig.journal.append(FIREWALL, Buffer.from('srcip=10.9.0.5 dstip=203.0.113.7 action=accept type=traffic'), 0);
  await rig.journal.commit();
  await eventually(() => rig.indexed()).toBe(5);
  rig.passBoundary();
  await rig.untilSealed(5);
  const evidence = (await rig.evidence()).sort((a, b) => sequenceOf(a.id) - sequenceOf(b.id));
  const sites = await Promise.all(evidence.map(async ({ id }) => (await rig.find(id))?.['logmaster.site.id']));
  expect(evidence.map(({ site }) => site)).toEqual([...told.map(([, , site]) => site), 'istanbul']);
  expect(sites).toEqual(evidence.map(({ site }) => site));
  const [
    {
      events: [traffic],
    } = { events: [] },
  ] = [await rig.search('203.0.113.7')];
  expect(traffic?.['logmaster.derived.user.name']).toBe('guest-of-undefined');
  expect((await rig.verify()).findings.filter(({ severity }) => severity === 'failure')).toEqual([]);
});
