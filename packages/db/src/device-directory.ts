import { isIP } from 'node:net';
import { type DeviceDirectory, type DeviceSighting, siteMappingSchema } from '@logmaster/core/devices';
import { AppError } from '@logmaster/core/errors';
import { onPool, openIngestPool } from './ingest-pool.ts';

const MAX_TEXT = 255;

/** Version, sites and approved devices as one statement sees them. */
const LOAD_MAPPING = `
    SELECT json_build_object(
      'version', (SELECT version FROM mapping_version),
      'sites', coalesce(
        (SELECT json_agg(json_build_object('id', id, 'name', name, 'timeZone', time_zone) ORDER BY id) FROM sites), '[]'),
      'devices', coalesce(
        (SELECT json_agg(json_strip_nulls(json_build_object('id', id, 'name', name, 'address', host(address), 'siteId', site_id,
           'certificate', certificate, 'timeZone', time_zone)) ORDER BY id)
         FROM devices WHERE status = 'approved'), '[]'),
      'assets', coalesce(
        (SELECT json_agg(json_strip_nulls(json_build_object('name', name, 'network', abbrev(network), 'mac', mac,
           'siteId', site_id)) ORDER BY id)
         FROM assets), '[]')
    ) AS mapping`;

/** Link-local senders come with a zone (`fe80::1%eth0`), which is this machine's word and no part of the address. */
export function plainAddress(address: string): string {
  const plain = address.replace(/%.*$/, '');
  if (isIP(plain) === 0) throw new AppError('INVALID_INPUT', { detail: 'a sighting carries no IP address' });
  return plain;
}

/** What a sender says of itself is its own text: without control characters (PostgreSQL refuses NUL) and of bounded length. */
function plainText(text: string | null): string | null {
  return text?.replace(/\p{Cc}/gu, '').slice(0, MAX_TEXT) || null;
}

/** One statement for all sightings. Ordered by address, so that two reports at once lock rows in one order. */
const REPORT = `
    INSERT INTO devices (id, address, name, vendor, product, hostname, clock_skew_ms, first_seen, last_seen, records)
    SELECT gen_random_uuid(), address, coalesce(max(hostname), host(address)), max(vendor), max(product), max(hostname),
           (array_agg(clock_skew ORDER BY last_seen DESC) FILTER (WHERE clock_skew IS NOT NULL))[1] / 1000,
           to_timestamp(min(first_seen) / 1e6), to_timestamp(max(last_seen) / 1e6), sum(records)
    FROM (
      SELECT address::inet, vendor, product, hostname, first_seen, last_seen, records, clock_skew
      FROM unnest(
        $1::text[], $2::text[],
        $3::text[], $4::text[],
        $5::float8[], $6::float8[],
        $7::int8[], $8::int8[]
      ) AS given(address, vendor, product, hostname, first_seen, last_seen, records, clock_skew)
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
      clock_skew_ms = coalesce(excluded.clock_skew_ms, devices.clock_skew_ms),
      name = CASE WHEN devices.status = 'pending' AND devices.name = host(devices.address)
        THEN excluded.name ELSE devices.name END`;

function reportValues(sightings: readonly DeviceSighting[]): unknown[] {
  const column = <T>(of: (sighting: DeviceSighting) => T) => sightings.map(of);
  return [
    column(({ address }) => plainAddress(address)),
    column(({ vendor }) => plainText(vendor)),
    column(({ product }) => plainText(product)),
    column(({ hostname }) => plainText(hostname)),
    column(({ firstSeen }) => firstSeen),
    column(({ lastSeen }) => lastSeen),
    column(({ records }) => records),
    column(({ clockSkew }) => clockSkew),
  ];
}

export interface OpenDeviceDirectory extends DeviceDirectory {
  close(): Promise<void>;
}

/**
 * The database as ingest sees it: two statements over `pg`, because Prisma would cost each process of ingest 80 MB.
 * Connects at the first call. Errors: DATABASE_UNAVAILABLE; INVALID_INPUT for a sighting without an IP address.
 */
export function openDeviceDirectory({ url }: { readonly url: string }): OpenDeviceDirectory {
  const pool = openIngestPool(url);
  return {
    loadMapping: () =>
      onPool(async () =>
        siteMappingSchema.parse((await pool.query<{ mapping: unknown }>(LOAD_MAPPING)).rows[0]?.mapping),
      ),
    report: (sightings) =>
      onPool(async () => {
        if (sightings.length > 0) await pool.query(REPORT, reportValues(sightings));
      }),
    close: () => pool.end(),
  };
}
