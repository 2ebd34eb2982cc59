import type { DeviceSighting } from '@logmaster/core/devices';
import { startPostgres } from '@logmaster/testkit/postgres';
import { beforeEach, describe, expect, it } from 'vitest';
import { createAsset, listAssets, removeAsset } from './assets.ts';
import {
  approveDevice,
  assignDevice,
  bindCertificate,
  renameDevice,
  setDeviceTimeZone,
  unassignDevice,
} from './device-decisions.ts';
import { type OpenDeviceDirectory, openDeviceDirectory } from './device-directory.ts';
import { countDevices, listDevices } from './devices.ts';
import { createSite, listSites, renameSite } from './sites.ts';
import { FreshDatabase } from './testing/fresh-database.ts';

const T0 = Date.UTC(2026, 0, 1);
const now = new Date(T0 + 3_600_000);
const sighting = (address: string, more: Partial<DeviceSighting> = {}): DeviceSighting => ({
  address,
  records: 1,
  firstSeen: T0 * 1000,
  lastSeen: T0 * 1000,
  vendor: null,
  product: null,
  hostname: null,
  clockSkew: null,
  ...more,
});

let directory: OpenDeviceDirectory;
const fresh = FreshDatabase.use(startPostgres);
beforeEach(async () => {
  directory = openDeviceDirectory({ url: fresh.url });
  return async () => {
    await directory.close();
  };
});

async function onlyDevice() {
  const [device] = await listDevices(fresh.primary);
  if (!device) throw new Error('no device');
  return device;
}

describe('sightings', () => {
  it('make an unknown sender a pending device named by its host name, else its address', async () => {
    await directory.report([
      sighting('10.0.0.2', { hostname: 'fw-ist', vendor: 'Fortinet', product: 'FortiGate', records: 7 }),
      sighting('2001:0db8::0001'),
    ]);
    const devices = await listDevices(fresh.primary);
    expect(
      devices.map(({ address, name, status, records, vendor }) => ({ address, name, status, records, vendor })),
    ).toEqual([
      { address: '2001:db8::1', name: '2001:db8::1', status: 'pending', records: 1, vendor: null },
      { address: '10.0.0.2', name: 'fw-ist', status: 'pending', records: 7, vendor: 'Fortinet' },
    ]);
    expect(await countDevices(fresh.primary)).toEqual({ pending: 2, approved: 0, rejected: 0 });
  });

  it('add up, keep the outer moments, and never forget a guess', async () => {
    await directory.report([
      sighting('10.0.0.2', { records: 2, vendor: 'Cisco' }),
      sighting('10.0.0.2', { records: 3 }),
    ]);
    await directory.report([sighting('10.0.0.2', { records: 5, lastSeen: T0 * 1000 + 5_000_000 })]);
    await directory.report([sighting('10.0.0.2', { firstSeen: T0 * 1000 - 1_000_000, lastSeen: T0 * 1000 })]);
    expect(await onlyDevice()).toMatchObject({
      records: 11,
      vendor: 'Cisco',
      firstSeen: new Date(T0 - 1000),
      lastSeen: new Date(T0 + 5000),
      clockSkewMs: null,
    });
  });

  it('tell how far a clock is ahead: the newest that is known', async () => {
    await directory.report([
      sighting('10.0.0.2', { clockSkew: 90_000_400, lastSeen: T0 * 1000 + 2 }),
      sighting('10.0.0.2', { clockSkew: 5, lastSeen: T0 * 1000 + 1 }),
    ]);
    expect((await onlyDevice()).clockSkewMs).toBe(90_000);
    await directory.report([sighting('10.0.0.2', { clockSkew: -7_200_000_000 })]);
    await directory.report([sighting('10.0.0.2')]);
    expect((await onlyDevice()).clockSkewMs).toBe(-7_200_000);
  });

  it('of the same senders at the same time lose nothing', async () => {
    const addresses = Array.from({ length: 20 }, (_, index) => `10.1.0.${index + 1}`);
    const batch = (order: readonly string[]) => directory.report(order.map((address) => sighting(address)));
    await Promise.all(Array.from({ length: 10 }, (_, index) => batch(index % 2 ? addresses : addresses.toReversed())));
    expect((await listDevices(fresh.primary)).map(({ records }) => records)).toEqual(addresses.map(() => 10));
  });

  it('change nothing that ingest maps by: the version stays, an approved name too', async () => {
    await directory.report([sighting('10.0.0.2')]);
    const { id } = await onlyDevice();
    await approveDevice(fresh.primary, { id, name: '10.0.0.2', siteId: 'unassigned', now });
    const before = await directory.loadMapping();
    await directory.report([sighting('10.0.0.2', { hostname: 'evil' })]);
    expect(await directory.loadMapping()).toEqual(before);
  });

  it('carry hostile text as text: bounded, and without what PostgreSQL can not store', async () => {
    const hostname = `fw\0\u001b[31m"\\{},'\ud800${'x'.repeat(300)}`;
    await directory.report([sighting('10.0.0.2', { hostname, vendor: '\0' })]);
    const { name, vendor } = await onlyDevice();
    expect(name).toMatch(/^fw\[31m"\\\{\},'\ufffdx+$/);
    expect(name).toHaveLength(255);
    expect(vendor).toBeNull();
  });

  it('without an IP address are refused', async () => {
    const report = directory.report([sighting("10.0.0.1'; DROP TABLE devices; --")]);
    await expect(report).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('decisions', () => {
  it('bump the mapping version and show in loadMapping', async () => {
    const { primary } = fresh;
    expect(await directory.loadMapping()).toEqual({
      version: 0,
      sites: [{ id: 'unassigned', name: 'Unassigned', timeZone: 'Europe/Istanbul' }],
      devices: [],
      assets: [],
    });
    await directory.report([sighting('10.0.0.2')]);
    const { id } = await onlyDevice();
    await createSite(primary, { id: 'istanbul', name: 'İstanbul', timeZone: 'Europe/Istanbul' });
    await approveDevice(primary, { id, name: 'fw', siteId: 'istanbul', now });
    const approved = await directory.loadMapping();
    expect(approved.version).toBe(2);
    expect(approved.devices).toEqual([{ id, name: 'fw', address: '10.0.0.2', siteId: 'istanbul' }]);
    await renameDevice(primary, { id, name: 'fw-1' });
    await renameSite(primary, { id: 'istanbul', name: 'Merkez' });
    await unassignDevice(primary, { id, status: 'rejected', now });
    const rejected = await directory.loadMapping();
    expect(rejected.version).toBe(5);
    expect(rejected.devices).toEqual([]);
    expect(rejected.sites[0]).toMatchObject({ id: 'istanbul', name: 'Merkez' });
  });

  it('know a device by its certificate, which no other one may have', async () => {
    const { primary } = fresh;
    const certificate = '5e'.repeat(32);
    await directory.report([sighting('10.0.0.2'), sighting('10.0.0.3')]);
    const [first, second] = await listDevices(primary);
    if (!first || !second) throw new Error('no devices');
    await createSite(primary, { id: 'istanbul', name: 'Istanbul', timeZone: 'UTC' });
    await approveDevice(primary, { id: first.id, name: 'fw', siteId: 'istanbul', now });
    expect(await bindCertificate(primary, { id: first.id, certificate })).toMatchObject({ certificate });
    expect((await directory.loadMapping()).devices).toEqual([
      { id: first.id, name: 'fw', address: first.address, siteId: 'istanbul', certificate },
    ]);
    await expect(bindCertificate(primary, { id: second.id, certificate })).rejects.toMatchObject({ code: 'CONFLICT' });
    await bindCertificate(primary, { id: first.id, certificate: null });
    expect((await directory.loadMapping()).devices[0]).not.toHaveProperty('certificate');
    await bindCertificate(primary, { id: second.id, certificate });
  });

  it('know the zone of a device, and the names of assets', async () => {
    const { primary } = fresh;
    await directory.report([sighting('10.0.0.2')]);
    const { id } = await onlyDevice();
    await createSite(primary, { id: 'istanbul', name: 'Istanbul', timeZone: 'UTC' });
    await approveDevice(primary, { id, name: 'fw', siteId: 'istanbul', now });
    await setDeviceTimeZone(primary, { id, timeZone: 'Asia/Tokyo' });
    const network = { name: 'cameras', network: '10.1.2.0/24', mac: null, siteId: 'istanbul' };
    const printer = { name: 'printer', network: null, mac: '00-00-5E-00-53-23', siteId: null };
    const made = await createAsset(primary, network);
    await createAsset(primary, printer);
    await createAsset(primary, { ...network, network: '10.1.2.9', siteId: null });
    const mapping = await directory.loadMapping();
    expect(mapping.devices).toMatchObject([{ id, timeZone: 'Asia/Tokyo' }]);
    expect(mapping.assets).toHaveLength(3);
    expect(mapping.assets).toContainEqual({ name: 'cameras', network: '10.1.2.0/24', siteId: 'istanbul' });
    expect(mapping.assets).toContainEqual({ name: 'printer', mac: '00-00-5E-00-53-23' });
    expect(mapping.assets).toContainEqual({ name: 'cameras', network: '10.1.2.9' });
    await expect(createAsset(primary, printer)).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(createAsset(primary, { ...network, siteId: 'nowhere' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await removeAsset(primary, made.id, null);
    await expect(removeAsset(primary, made.id, null)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await listAssets(primary)).map(({ name }) => name)).toEqual(['cameras', 'printer']);
    expect((await directory.loadMapping()).version).toBe(mapping.version + 1);
  });

  it('keep one open binding a device, from its first sighting on', async () => {
    const { primary } = fresh;
    await directory.report([sighting('10.0.0.2')]);
    const { id } = await onlyDevice();
    for (const site of ['a', 'b']) await createSite(primary, { id: site, name: site, timeZone: 'UTC' });
    await approveDevice(primary, { id, name: 'fw', siteId: 'a', now });
    const later = new Date(now.getTime() + 1000);
    await assignDevice(primary, { id, siteId: 'b', now: later });
    await assignDevice(primary, { id, siteId: 'b', now: new Date(now.getTime() + 2000) });
    const bindings = await primary.deviceBinding.findMany({ orderBy: { validFrom: 'asc' } });
    expect(bindings.map(({ siteId, validFrom, validTo }) => ({ siteId, validFrom, validTo }))).toEqual([
      { siteId: 'a', validFrom: new Date(T0), validTo: later },
      { siteId: 'b', validFrom: later, validTo: null },
    ]);
    expect(await listSites(primary)).toMatchObject([
      { id: 'a', devices: 0 },
      { id: 'b', devices: 1 },
      { id: 'unassigned', devices: 0 },
    ]);
  });

  it('of two people at once: one holds, the other is told', async () => {
    const { primary } = fresh;
    await directory.report([sighting('10.0.0.2')]);
    const { id, revision } = await onlyDevice();
    const decide = (name: string) => approveDevice(primary, { id, revision, name, siteId: 'unassigned', now });
    const results = await Promise.allSettled([decide('one'), decide('two')]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'CONFLICT' } });
    expect((await directory.loadMapping()).version).toBe(1);
  });

  it('refuse what does not fit', async () => {
    const { primary } = fresh;
    await directory.report([sighting('10.0.0.2')]);
    const { id } = await onlyDevice();
    const nobody = '00000000-0000-4000-8000-000000000000';
    await expect(approveDevice(primary, { id, name: 'x', siteId: 'nowhere', now })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(renameDevice(primary, { id: nobody, name: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(assignDevice(primary, { id, siteId: 'unassigned', now })).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(unassignDevice(primary, { id, status: 'pending', now })).rejects.toMatchObject({ code: 'CONFLICT' });
    const site = { id: 'unassigned', name: 'x', timeZone: 'UTC' };
    await expect(createSite(primary, site)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect((await directory.loadMapping()).version).toBe(0);
  });
});

describe('a database that goes away and comes back', () => {
  it('is DATABASE_UNAVAILABLE meanwhile, and used again afterwards', async () => {
    await directory.report([sighting('10.0.0.2')]);
    await fresh.server.stop();
    await expect(directory.loadMapping()).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    await expect(directory.report([sighting('10.0.0.2')])).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    const decision = renameDevice(fresh.primary, { id: '00000000-0000-4000-8000-000000000000', name: 'x' });
    await expect(decision).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    await fresh.server.start();
    await directory.report([sighting('10.0.0.2')]);
    expect((await onlyDevice()).records).toBe(2);
  });
});
