import { assignDevice as assign, type DeviceRef } from '@logmaster/db/device-decisions';
import type { DeviceRow } from '@logmaster/db/devices';
import type { Dependencies } from '../../dependencies.ts';
import type { SessionUser } from '../../session-user.ts';
import { dateOf } from '../now.ts';
import { requireManager } from '../require-manager.ts';

type Deps = Pick<Dependencies, 'database' | 'clock'>;

/** Moves an approved device to another site from now on. Old records stay where they are. */
export function assignDevice(
  { database: { primary }, clock }: Deps,
  user: SessionUser,
  input: DeviceRef & { readonly siteId: string },
): Promise<DeviceRow> {
  requireManager(user);
  return assign(primary, { ...input, now: dateOf(clock) });
}
