import { type DeviceRef, setDeviceTimeZone } from '@logmaster/db/device-decisions';
import type { DeviceRow } from '@logmaster/db/devices';
import type { Dependencies } from '../../dependencies.ts';
import type { SessionUser } from '../../session-user.ts';
import { requireManager } from '../require-manager.ts';
import { requireTimeZone } from '../time-zone.ts';

/** Says in which zone a device writes its time; null for its site's. Holds for records from now on. */
export function setTimeZone(
  { database: { primary } }: Pick<Dependencies, 'database'>,
  user: SessionUser,
  input: DeviceRef & { readonly timeZone: string | null },
): Promise<DeviceRow> {
  requireManager(user);
  if (input.timeZone !== null) requireTimeZone(input.timeZone);
  return setDeviceTimeZone(primary, input);
}
