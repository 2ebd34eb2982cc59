import { mergeCoverage } from '@logmaster/core/coverage/counts';
import type { DriftChange } from '@logmaster/core/coverage/drift';
import type { CoverageAnswer, CoverageWindow } from '@logmaster/core/coverage/window';
import type { PoolClient } from 'pg';
import { plainAddress } from '../device-directory.ts';
import { judge } from './judge.ts';
import { type DeviceHour, detailOf, toCounts } from './rows.ts';

/** Reports of all processors one after the other: each reads, merges and writes ("LogC"). */
const LOCK_KEY = 0x4c_6f_67_43;

const FIND_DEVICES = `
  SELECT given.n::int AS n, d.id, d.name
  FROM unnest($1::uuid[], $2::inet[]) WITH ORDINALITY AS given(device_id, address, n)
  JOIN devices d ON d.id = coalesce(given.device_id, (SELECT id FROM devices WHERE address = given.address))`;

const FIND_HOURS = `
  SELECT c.device_id, (extract(epoch FROM c.hour) * 1e6)::int8 AS hour, c.ok, c.partial, c.failed, c.raw, c.detail
  FROM device_coverage c
  JOIN unnest($1::uuid[], $2::float8[]) AS given(device_id, hour)
    ON c.device_id = given.device_id AND c.hour = to_timestamp(given.hour / 1e6)`;

const WRITE_HOURS = `
  INSERT INTO device_coverage (device_id, hour, ok, partial, failed, raw, detail)
  SELECT device_id, to_timestamp(hour / 1e6), ok, partial, failed, raw, detail
  FROM unnest($1::uuid[], $2::float8[], $3::int8[], $4::int8[], $5::int8[], $6::int8[], $7::jsonb[])
    AS given(device_id, hour, ok, partial, failed, raw, detail)
  ON CONFLICT (device_id, hour) DO UPDATE SET ok = excluded.ok, partial = excluded.partial, failed = excluded.failed,
    raw = excluded.raw, detail = excluded.detail`;

/** What a rejected device sends is nobody's concern. */
const COUNT_DRIFTING = `
  SELECT count(*)::int AS count FROM device_parsing p JOIN devices d ON d.id = p.device_id
  WHERE p.drift IS NOT NULL AND d.status <> 'rejected'`;

/** Adds windows to what is stored and judges the devices concerned. Inside the caller's transaction. */
export async function reportWindows(
  client: PoolClient,
  windows: readonly CoverageWindow[],
  now: number,
): Promise<CoverageAnswer> {
  const changes = windows.length === 0 ? [] : await addWindows(client, windows, now);
  const drifting = await client.query<{ count: number }>(COUNT_DRIFTING);
  return { changes, drifting: drifting.rows[0]?.count ?? 0 };
}

async function addWindows(
  client: PoolClient,
  windows: readonly CoverageWindow[],
  now: number,
): Promise<readonly DriftChange[]> {
  await client.query('SELECT pg_advisory_xact_lock($1)', [LOCK_KEY]);
  const given = await byDevice(client, windows);
  const hours = await addStored(client, given);
  const column = <T>(of: (hour: DeviceHour) => T) => hours.map(of);
  await client.query(WRITE_HOURS, [
    column(({ deviceId }) => deviceId),
    column(({ hour }) => hour),
    column(({ counts }) => counts.ok),
    column(({ counts }) => counts.partial),
    column(({ counts }) => counts.failed),
    column(({ counts }) => counts.raw),
    column(({ counts }) => detailOf(counts)),
  ]);
  return judge(client, hours, now);
}

async function byDevice(client: PoolClient, windows: readonly CoverageWindow[]): Promise<DeviceHour[]> {
  const { rows } = await client.query<{ n: number; id: string; name: string }>(FIND_DEVICES, [
    windows.map(({ deviceId }) => deviceId ?? null),
    windows.map(({ address }) => plainAddress(address)),
  ]);
  const hours = new Map<string, DeviceHour>();
  for (const { n, id, name } of rows) {
    const { hour, counts } = windows[n - 1] as CoverageWindow;
    const known = hours.get(`${id} ${hour}`);
    hours.set(`${id} ${hour}`, {
      deviceId: id,
      name,
      hour,
      counts: known === undefined ? counts : mergeCoverage(known.counts, counts),
    });
  }
  return [...hours.values()];
}

async function addStored(client: PoolClient, hours: readonly DeviceHour[]): Promise<DeviceHour[]> {
  const { rows } = await client.query(FIND_HOURS, [
    hours.map(({ deviceId }) => deviceId),
    hours.map(({ hour }) => hour),
  ]);
  const stored = new Map(rows.map((row) => [`${row.device_id} ${Number(row.hour)}`, toCounts(row)]));
  return hours.map((one) => {
    const before = stored.get(`${one.deviceId} ${one.hour}`);
    return before === undefined ? one : { ...one, counts: mergeCoverage(before, one.counts) };
  });
}
