import { AppError } from '@logmaster/core/errors';
import { type DeviceRow, type DeviceStatus, readDevice, toDeviceRow, WITH_SITE } from './devices.ts';
import { changeMapping } from './mapping-change.ts';
import type { Client, PrimaryClient } from './model-client.ts';

/** A device and, when the asker tells, the revision he saw: someone else's decision since then is a CONFLICT. */
export interface DeviceRef {
  readonly id: string;
  readonly revision?: number | undefined;
}

/** The device as the asker saw it, or CONFLICT. */
async function readExpected(primary: Client, { id, revision }: DeviceRef): Promise<DeviceRow> {
  const device = await readDevice(primary, id);
  if (revision === undefined || revision === device.revision) return device;
  throw new AppError('CONFLICT', {
    detail: 'the device was changed by someone else',
    data: { revision: device.revision },
  });
}

async function requireSite(primary: Client, siteId: string): Promise<void> {
  const known = await primary.site.count({ where: { id: siteId } });
  if (known === 0) throw new AppError('NOT_FOUND', { detail: 'no such site' });
}

/** Ends the binding that is open; opens the next one unless the device leaves its site. */
async function bind(primary: Client, device: DeviceRow, siteId: string | null, now: Date): Promise<void> {
  const { count } = await primary.deviceBinding.updateMany({
    where: { deviceId: device.id, validTo: null },
    data: { validTo: now },
  });
  if (siteId === null) return;
  const earlier = count > 0 || (await primary.deviceBinding.count({ where: { deviceId: device.id } })) > 0;
  // The first approval says what this sender has been all along; later ones hold from now.
  const validFrom = earlier ? now : device.firstSeen;
  await primary.deviceBinding.create({ data: { deviceId: device.id, siteId, address: device.address, validFrom } });
}

interface Change {
  readonly name?: string;
  readonly status?: DeviceStatus;
  readonly siteId?: string | null;
  readonly certificate?: string | null;
  readonly timeZone?: string | null;
}

async function write(primary: Client, id: string, change: Change): Promise<DeviceRow> {
  const data = { ...change, revision: { increment: 1 } };
  return toDeviceRow(await primary.device.update({ where: { id }, data, include: WITH_SITE }));
}

/** Pending or rejected → approved, at a site. CONFLICT when it is approved already. */
export function approveDevice(
  primary: PrimaryClient,
  { name, siteId, now, ...ref }: DeviceRef & { readonly name: string; readonly siteId: string; readonly now: Date },
): Promise<DeviceRow> {
  return changeMapping(primary, async (transaction) => {
    const device = await readExpected(transaction, ref);
    if (device.status === 'approved') throw new AppError('CONFLICT', { detail: 'the device is approved already' });
    await requireSite(transaction, siteId);
    await bind(transaction, device, siteId, now);
    return write(transaction, device.id, { name, siteId, status: 'approved' });
  });
}

/** Takes a device off its site: `rejected`, or `pending` to undo either decision. CONFLICT when it is there already. */
export function unassignDevice(
  primary: PrimaryClient,
  { status, now, ...ref }: DeviceRef & { readonly status: 'pending' | 'rejected'; readonly now: Date },
): Promise<DeviceRow> {
  return changeMapping(primary, async (transaction) => {
    const device = await readExpected(transaction, ref);
    if (device.status === status) throw new AppError('CONFLICT', { detail: `the device is ${status} already` });
    await bind(transaction, device, null, now);
    return write(transaction, device.id, { status, siteId: null });
  });
}

/** Moves an approved device to another site; its old binding ends now. CONFLICT when it is not approved. */
export function assignDevice(
  primary: PrimaryClient,
  { siteId, now, ...ref }: DeviceRef & { readonly siteId: string; readonly now: Date },
): Promise<DeviceRow> {
  return changeMapping(primary, async (transaction) => {
    const device = await readExpected(transaction, ref);
    if (device.status !== 'approved') throw new AppError('CONFLICT', { detail: 'only an approved device has a site' });
    if (device.siteId === siteId) return device;
    await requireSite(transaction, siteId);
    await bind(transaction, device, siteId, now);
    return write(transaction, device.id, { siteId });
  });
}

export function renameDevice(primary: PrimaryClient, { name, ...ref }: DeviceRef & { readonly name: string }) {
  return changeMapping(primary, async (transaction) => {
    const device = await readExpected(transaction, ref);
    return write(transaction, device.id, { name });
  });
}

/** In which zone a device writes its time; null: its site's. */
export function setDeviceTimeZone(
  primary: PrimaryClient,
  { timeZone, ...ref }: DeviceRef & { readonly timeZone: string | null },
): Promise<DeviceRow> {
  return changeMapping(primary, async (transaction) => {
    const device = await readExpected(transaction, ref);
    return write(transaction, device.id, { timeZone });
  });
}

/** Which TLS client certificate proves that a sender is this device. CONFLICT when it is another device's. */
export function bindCertificate(
  primary: PrimaryClient,
  { certificate, ...ref }: DeviceRef & { readonly certificate: string | null },
): Promise<DeviceRow> {
  return changeMapping(primary, async (transaction) => {
    const device = await readExpected(transaction, ref);
    if (certificate !== null) {
      const other = await transaction.device.findFirst({ where: { certificate, id: { not: device.id } } });
      if (other !== null) throw new AppError('CONFLICT', { detail: `the certificate belongs to ${other.name}` });
    }
    return write(transaction, device.id, { certificate });
  });
}
