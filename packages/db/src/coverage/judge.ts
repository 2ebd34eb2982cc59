import { type CoverageCounts, type SeenFields, seenFieldsSchema } from '@logmaster/core/coverage/counts';
import {
  type Baseline,
  baselineSchema,
  DRIFT_RULE,
  type Drift,
  type DriftChange,
  driftSchema,
  findDrift,
  learnBaseline,
} from '@logmaster/core/coverage/drift';
import { hourOf, MICROS_PER_HOUR } from '@logmaster/core/coverage/window';
import type { PoolClient } from 'pg';
import { type DeviceHour, toCounts, withFields } from './rows.ts';

interface Parsing {
  readonly fields: SeenFields;
  readonly baseline: Baseline | null;
  /** µs, as all times here. */
  readonly learnedAt: number | null;
  readonly drift: Drift | null;
  readonly driftSince: number | null;
  readonly acceptedAt: number | null;
}

const UNKNOWN: Parsing = {
  fields: {},
  baseline: null,
  learnedAt: null,
  drift: null,
  driftSince: null,
  acceptedAt: null,
};

const micros = (column: string) => `(extract(epoch FROM ${column}) * 1e6)::int8`;

const READ = `
  SELECT device_id, fields, baseline, ${micros('learned_at')} AS learned_at, drift,
         ${micros('drift_since')} AS drift_since, ${micros('accepted_at')} AS accepted_at
  FROM device_parsing WHERE device_id = ANY($1::uuid[]) FOR UPDATE`;

const WRITE = `
  INSERT INTO device_parsing (device_id, fields, baseline, learned_at, drift, drift_since)
  VALUES ($1, $2, $3, to_timestamp($4::float8 / 1e6), $5, to_timestamp($6::float8 / 1e6))
  ON CONFLICT (device_id) DO UPDATE SET fields = excluded.fields, baseline = excluded.baseline,
    learned_at = excluded.learned_at, drift = excluded.drift, drift_since = excluded.drift_since`;

/** Newest first, of [from, to). */
const HOURS = `
  SELECT ok, partial, failed, raw, detail FROM device_coverage
  WHERE device_id = $1 AND hour >= to_timestamp($2::float8 / 1e6) AND hour < to_timestamp($3::float8 / 1e6)
  ORDER BY hour DESC LIMIT $4`;

const numberOf = (value: unknown) => (value === null ? null : Number(value));

/**
 * Remembers which fields were seen, learns what is usual once an hour, and finds whose parsing has fallen against it.
 * @param now µs
 */
export async function judge(client: PoolClient, hours: readonly DeviceHour[], now: number): Promise<DriftChange[]> {
  const thisHour = hourOf(now);
  const known = await readParsing(client, [...new Set(hours.map(({ deviceId }) => deviceId))]);
  const changes: DriftChange[] = [];
  for (const [deviceId, own] of Map.groupBy(hours, (hour) => hour.deviceId)) {
    const before = known.get(deviceId) ?? UNKNOWN;
    let { fields } = before;
    for (const { hour, counts } of own) fields = withFields(fields, counts, hour);
    const learned = await learn(client, deviceId, before, thisHour);
    const drift = await driftOf(client, deviceId, learned, thisHour);
    const driftSince = drift === null ? null : (before.driftSince ?? now);
    await write(client, deviceId, { ...learned, fields, drift, driftSince });
    if ((drift === null) === (before.drift === null)) continue;
    changes.push({ deviceId, name: own[0]?.name ?? '', since: driftSince ?? before.driftSince ?? now, drift });
  }
  return changes;
}

async function learn(client: PoolClient, deviceId: string, before: Parsing, thisHour: number): Promise<Parsing> {
  if (before.drift !== null || before.learnedAt === thisHour) return before;
  const { nowHours, baselineHours } = DRIFT_RULE;
  // What is judged is not learned from. Hours with few records don't count: some more are read for them.
  const to = thisHour - (nowHours - 1) * MICROS_PER_HOUR;
  const hours = await readHours(client, deviceId, [before.acceptedAt ?? 0, to], baselineHours * 2);
  return { ...before, baseline: learnBaseline(hours), learnedAt: thisHour };
}

async function driftOf(
  client: PoolClient,
  deviceId: string,
  { baseline, drift, acceptedAt }: Parsing,
  thisHour: number,
): Promise<Drift | null> {
  if (baseline === null) return drift;
  const { nowHours } = DRIFT_RULE;
  const from = Math.max(thisHour - (nowHours - 1) * MICROS_PER_HOUR, acceptedAt ?? 0);
  const now = await readHours(client, deviceId, [from, thisHour + MICROS_PER_HOUR], nowHours);
  const found = findDrift(baseline, now, drift);
  return found === undefined ? drift : found;
}

async function readHours(
  client: PoolClient,
  deviceId: string,
  [from, to]: readonly [number, number],
  limit: number,
): Promise<CoverageCounts[]> {
  const { rows } = await client.query(HOURS, [deviceId, from, to, limit]);
  return rows.map(toCounts);
}

async function readParsing(client: PoolClient, deviceIds: readonly string[]): Promise<Map<string, Parsing>> {
  const { rows } = await client.query(READ, [deviceIds]);
  return new Map(
    rows.map((row) => [
      String(row.device_id),
      {
        fields: seenFieldsSchema.parse(row.fields),
        baseline: baselineSchema.nullable().parse(row.baseline),
        learnedAt: numberOf(row.learned_at),
        drift: driftSchema.nullable().parse(row.drift),
        driftSince: numberOf(row.drift_since),
        acceptedAt: numberOf(row.accepted_at),
      },
    ]),
  );
}

async function write(client: PoolClient, deviceId: string, parsing: Omit<Parsing, 'acceptedAt'>): Promise<void> {
  const json = (value: unknown) => (value === null ? null : JSON.stringify(value));
  await client.query(WRITE, [
    deviceId,
    json(parsing.fields),
    json(parsing.baseline),
    parsing.learnedAt,
    json(parsing.drift),
    parsing.driftSince,
  ]);
}
