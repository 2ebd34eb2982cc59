import { describe, expect, it } from 'vitest';
import { GET as getAssets } from '../../app/api/v1/assets/route.ts';
import { GET as getDevices } from '../../app/api/v1/devices/route.ts';
import { codeOf, type RouterRig } from '../testing/router-rig.ts';

export function deviceCases(rig: () => RouterRig): void {
  describe('devices and sites', () => {
    it('are found by any part in Turkish folding, decided once, and undone', async () => {
      const { devices, counts } = await rig().caller.devices.list({ q: 'ızmır' });
      expect(devices).toMatchObject([{ address: '10.0.0.1', status: 'pending', records: 3 }]);
      expect(counts).toEqual({ pending: 1, approved: 0, rejected: 0 });
      expect((await rig().caller.devices.list({ q: 'ankara' })).devices).toEqual([]);
      const { id = '', revision } = devices[0] ?? {};
      const site = await rig().caller.sites.create({ name: 'İzmir Şubesi' });
      expect(site).toEqual({ id: 'izmir-subesi', name: 'İzmir Şubesi', timeZone: 'Europe/Istanbul', devices: 0 });
      const approved = await rig().caller.devices.approve({ id, revision, name: 'fw', siteId: site.id });
      expect(approved).toMatchObject({ status: 'approved', siteName: 'İzmir Şubesi' });
      expect(await codeOf(rig().caller.devices.rename({ id, revision, name: 'stale' }))).toBe('CONFLICT');
      expect(await rig().caller.devices.restore({ id, revision: approved.revision })).toMatchObject({
        status: 'pending',
        siteId: null,
      });
      expect(await codeOf(rig().caller.devices.approve({ id, name: 'fw', siteId: 'nowhere' }))).toBe('NOT_FOUND');
    });

    it('a device has a zone of its own, and a clock that is told to be wrong', async () => {
      const { devices } = await rig().caller.devices.list({});
      const id = devices[0]?.id ?? '';
      expect(await codeOf(rig().caller.devices.setTimeZone({ id, timeZone: 'Mars/Olympus' }))).toBe('INVALID_INPUT');
      expect(await rig().caller.devices.setTimeZone({ id, timeZone: 'Asia/Tokyo' })).toMatchObject({
        timeZone: 'Asia/Tokyo',
      });
      const answer = await (await getDevices(rig().request('/api/v1/devices'))).json();
      expect(answer.devices).toMatchObject([{ time_zone: 'Asia/Tokyo', clock_skew_ms: 90_000, clock: 'ahead' }]);
      expect(await rig().caller.devices.setTimeZone({ id, timeZone: null })).toMatchObject({ timeZone: null });
    });

    it('assets are named by address, block or MAC, and listed for programs', async () => {
      const make = (thing: string, siteId: string | null = null) =>
        rig().caller.assets.create({ name: 'x', thing, siteId });
      expect(await make('10.1.2.9/24')).toMatchObject({ network: '10.1.2.0/24', mac: null });
      const printer = await make('00:00:5e:00:53:23', 'unassigned');
      expect(printer).toMatchObject({ network: null, mac: '00-00-5E-00-53-23' });
      expect(await codeOf(make('10.1.2.0/24'))).toBe('CONFLICT');
      expect(await codeOf(make('10.1.2.0/24', 'nowhere'))).toBe('NOT_FOUND');
      expect(await codeOf(make('printer'))).toBe('INVALID_INPUT');
      const { assets } = await (await getAssets(rig().request('/api/v1/assets'))).json();
      expect(assets).toHaveLength(2);
      expect(assets).toContainEqual({ id: printer.id, name: 'x', network: null, mac: printer.mac, site: 'unassigned' });
      await rig().caller.assets.remove({ id: printer.id });
      expect(await codeOf(rig().caller.assets.remove({ id: printer.id }))).toBe('NOT_FOUND');
      expect(await rig().caller.assets.list()).toHaveLength(1);
    });

    it('get ids that the archive can use', async () => {
      expect(await codeOf(rig().caller.sites.create({ name: 'certificates' }))).toBe('CONFLICT');
      expect(await codeOf(rig().caller.sites.create({ name: '東京' }))).toBe('INVALID_INPUT');
      expect(await codeOf(rig().caller.sites.create({ name: 'x', id: '../x' }))).toBe('INVALID_INPUT');
      expect(await codeOf(rig().caller.sites.create({ name: 'x', timeZone: 'Mars/Olympus' }))).toBe('INVALID_INPUT');
    });
  });
}
