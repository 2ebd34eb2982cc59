import { countDevices, type DeviceRow, type DeviceStatus, listDevices as readDevices } from '@logmaster/db/devices';
import type { Dependencies } from '../../dependencies.ts';
import { scopeOf, showsSite } from '../../scope-of.ts';
import type { SessionUser } from '../../session-user.ts';
import { fold } from '../fold.ts';

type Deps = Pick<Dependencies, 'database'>;

function says(device: DeviceRow, text: string): boolean {
  const words = [device.name, device.address, device.hostname, device.vendor, device.product, device.siteName];
  return words.some((word) => word !== null && fold(word).includes(text));
}

/** Devices in the user's scope, filtered by status and by a part of name, address, host name, vendor or site. */
export async function listDevices(
  { database }: Deps,
  user: SessionUser,
  { status, q }: { readonly status?: DeviceStatus | undefined; readonly q?: string | undefined },
) {
  const [rows, counts] = await database.fromReplica(user.id, (replica) =>
    Promise.all([readDevices(replica, status), countDevices(replica)]),
  );
  const scope = scopeOf(user);
  const text = fold(q?.trim() ?? '');
  const shown = rows.filter((row) => showsSite(scope, row.siteId ?? '') && (text === '' || says(row, text)));
  return { devices: shown, counts };
}
