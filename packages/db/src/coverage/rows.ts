import { type CoverageCounts, coverageCountsSchema, type SeenFields } from '@logmaster/core/coverage/counts';

/** `device_coverage.detail`: the counts without those that have columns. */
const detailSchema = coverageCountsSchema.omit({ ok: true, partial: true, failed: true, raw: true });

/** Names of one device that are remembered: a hostile sender makes up labels. */
const MAX_FIELDS = 600;

/** One device's hour, from however many senders it came. */
export interface DeviceHour {
  readonly deviceId: string;
  readonly name: string;
  /** µs */
  readonly hour: number;
  readonly counts: CoverageCounts;
}

interface CountsRow {
  readonly ok: bigint | string;
  readonly partial: bigint | string;
  readonly failed: bigint | string;
  readonly raw: bigint | string;
  readonly detail: unknown;
}

export function toCounts({ ok, partial, failed, raw, detail }: CountsRow): CoverageCounts {
  return {
    ok: Number(ok),
    partial: Number(partial),
    failed: Number(failed),
    raw: Number(raw),
    ...detailSchema.parse(detail),
  };
}

export function detailOf(counts: CoverageCounts): string {
  const { ok: _ok, partial: _partial, failed: _failed, raw: _raw, ...detail } = counts;
  return JSON.stringify(detail);
}

/** @param hour µs */
export function withFields(known: SeenFields, { fields, labels }: CoverageCounts, hour: number): SeenFields {
  const all = new Map(Object.entries(known));
  for (const name of [...fields, ...labels.map((label) => `labels.${label}`)]) {
    const span = all.get(name);
    if (span !== undefined) all.set(name, [Math.min(span[0], hour), Math.max(span[1], hour)]);
    else if (all.size < MAX_FIELDS) all.set(name, [hour, hour]);
  }
  return Object.fromEntries(all);
}
