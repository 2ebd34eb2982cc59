import { type DeviceRef, unassignDevice } from '@logmaster/db/device-decisions';
import type { DeviceRow } from '@logmaster/db/devices';
import type { Dependencies } from '../../dependencies.ts';
import type { SessionUser } from '../../session-user.ts';
import { dateOf } from '../now.ts';
import { requireManager } from '../require-manager.ts';

type Deps = Pick<Dependencies, 'database' | 'clock'>;

/** Undoes an approval or a rejection: the device is pending again. */
export function restoreDevice(
  { database: { primary }, clock }: Deps,
  user: SessionUser,
  input: DeviceRef,
): Promise<DeviceRow> {
  requireManager(user);
  return unassignDevice(primary, { ...input, status: 'pending', now: dateOf(clock) });
}
