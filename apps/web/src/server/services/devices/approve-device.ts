import { approveDevice as approve, type DeviceRef } from '@logmaster/db/device-decisions';
import type { DeviceRow } from '@logmaster/db/devices';
import type { Dependencies } from '../../dependencies.ts';
import type { SessionUser } from '../../session-user.ts';
import { dateOf } from '../now.ts';
import { requireManager } from '../require-manager.ts';

type Deps = Pick<Dependencies, 'database' | 'clock'>;

/** Gives a pending or rejected device a name and a site. CONFLICT when it is approved already or was changed meanwhile. */
export function approveDevice(
  { database: { primary }, clock }: Deps,
  user: SessionUser,
  input: DeviceRef & { readonly name: string; readonly siteId: string },
): Promise<DeviceRow> {
  requireManager(user);
  return approve(primary, { ...input, now: dateOf(clock) });
}
