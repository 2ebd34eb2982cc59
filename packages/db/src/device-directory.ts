import { isIP } from 'node:net';
import {
  type DeviceDirectory,
  type DeviceSighting,
  type SiteMapping,
  siteMappingSchema,
} from '@logmaster/core/devices';
import { AppError } from '@logmaster/core/errors';
import type { PrimaryClient } from './client.ts';
import { onDatabase } from './database-error.ts';

/** Version, sites and approved devices as one statement sees them. */
async function loadMapping(primary: PrimaryClient): Promise<SiteMapping> {
  const rows = await primary.$queryRaw<readonly { mapping: unknown }[]>`
    SELECT json_build_object(
      'version', (SELECT version FROM mapping_version),
      'sites', coalesce(
        (SELECT json_agg(json_build_object('id', id, 'name', name, 'timeZone', time_zone) ORDER BY id) FROM sites), '[]'),
      'devices', coalesce(
        (SELECT json_agg(json_build_object('id', id, 'name', name, 'address', host(address), 'siteId', site_id) ORDER BY id)
         FROM devices WHERE status = 'approved'), '[]')
    ) AS mapping`;
  return siteMappingSchema.parse(rows[0]?.mapping);
}

/** Link-local senders come with a zone (`fe80::1%eth0`), which is this machine's word and no part of the address. */
function plainAddress(address: string): string {
  const plain = address.replace(/%.*$/, '');
  if (isIP(plain) === 0) throw new AppError('INVALID_INPUT', { detail: 'a sighting carries no IP address' });
  return plain;
}

async function report(primary: PrimaryClient, sightings: readonly DeviceSighting[]): Promise<void> {
  if (sightings.length === 0) return;
  const column = <T>(of: (sighting: DeviceSighting) => T) => sightings.map(of);
  // Ordered by address, so that two reports at once lock rows in one order.
  await primary.$executeRaw`
    INSERT INTO devices (id, address, name, vendor, product, hostname, first_seen, last_seen, records)
    SELECT gen_random_uuid(), address, coalesce(max(hostname), host(address)), max(vendor), max(product), max(hostname),
           to_timestamp(min(first_seen) / 1e6), to_timestamp(max(last_seen) / 1e6), sum(records)
    FROM (
      SELECT address::inet, vendor, product, hostname, first_seen, last_seen, records
      FROM unnest(
        ${column((s) => plainAddress(s.address))}::text[], ${column((s) => s.vendor)}::text[],
        ${column((s) => s.product)}::text[], ${column((s) => s.hostname)}::text[],
        ${column((s) => s.firstSeen)}::float8[], ${column((s) => s.lastSeen)}::float8[],
        ${column((s) => s.records)}::int8[]
      ) AS given(address, vendor, product, hostname, first_seen, last_seen, records)
    ) AS sighting
    GROUP BY address
    ORDER BY address
    ON CONFLICT (address) DO UPDATE SET
      records = devices.records + excluded.records,
      first_seen = least(devices.first_seen, excluded.first_seen),
      last_seen = greatest(devices.last_seen, excluded.last_seen),
      vendor = coalesce(excluded.vendor, devices.vendor),
      product = coalesce(excluded.product, devices.product),
      hostname = coalesce(excluded.hostname, devices.hostname),
      name = CASE WHEN devices.status = 'pending' AND devices.name = host(devices.address)
        THEN excluded.name ELSE devices.name END`;
}

/** The database as ingest sees it. Errors: DATABASE_UNAVAILABLE; INVALID_INPUT for a sighting without an IP address. */
export function deviceDirectory(primary: PrimaryClient): DeviceDirectory {
  return {
    loadMapping: () => onDatabase(() => loadMapping(primary)),
    report: (sightings) => onDatabase(() => report(primary, sightings)),
  };
}
