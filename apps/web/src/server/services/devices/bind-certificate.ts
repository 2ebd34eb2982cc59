import { bindCertificate as bind, type DeviceRef } from '@logmaster/db/device-decisions';
import type { DeviceRow } from '@logmaster/db/devices';
import type { Dependencies } from '../../dependencies.ts';
import type { SessionUser } from '../../session-user.ts';
import { requireManager } from '../require-manager.ts';

type Deps = Pick<Dependencies, 'database'>;

/** Says which TLS client certificate a device has; null for none. */
export function bindCertificate(
  { database: { primary } }: Deps,
  user: SessionUser,
  input: DeviceRef & { readonly certificate: string | null },
): Promise<DeviceRow> {
  requireManager(user);
  return bind(primary, input);
}
