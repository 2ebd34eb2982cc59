import { type DeviceRef, renameDevice as rename } from '@logmaster/db/device-decisions';
import type { DeviceRow } from '@logmaster/db/devices';
import type { Dependencies } from '../../dependencies.ts';
import type { SessionUser } from '../../session-user.ts';
import { requireManager } from '../require-manager.ts';

type Deps = Pick<Dependencies, 'database'>;

/** Gives a device another name. */
export function renameDevice(
  { database: { primary } }: Deps,
  user: SessionUser,
  input: DeviceRef & { readonly name: string },
): Promise<DeviceRow> {
  requireManager(user);
  return rename(primary, input);
}
