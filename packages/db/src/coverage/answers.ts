import type { RestCoverage, RestCoverageList } from '@logmaster/core/api/coverage';
import { parseScore, recordsOf } from '@logmaster/core/coverage/counts';
import type { CoverageSummary, DeviceCoverage, DriftState } from './device-coverage.ts';

function restDrift({ drift, driftSince }: DriftState): RestCoverage['drift'] {
  if (drift === null || driftSince === null) return null;
  const { kinds, score, usualScore, missing } = drift;
  return { since: driftSince.toISOString(), kinds, score, usual_score: usualScore, missing_fields: missing };
}

/** As the REST API and the command show it. */
export function toRestCoverage({
  device,
  counts,
  hours,
  fields,
  ...state
}: DeviceCoverage & { readonly device: RestCoverage['device'] }): RestCoverage {
  const { ok, partial, failed, raw, parsers, errors, otherErrors, patterns, otherPatterns } = counts;
  return {
    device,
    score: parseScore(counts),
    ...{ ok, partial, failed, raw, parsers },
    hours: hours.map(({ hour, ...one }) => ({ hour: hour.toISOString(), score: parseScore(one), ...one })),
    fields: fields.map(({ name, firstSeen, lastSeen }) => ({
      name,
      first_seen: firstSeen.toISOString(),
      last_seen: lastSeen.toISOString(),
    })),
    errors,
    other_errors: otherErrors,
    patterns,
    other_patterns: otherPatterns,
    baseline: state.baseline,
    drift: restDrift(state),
    accepted_at: state.acceptedAt?.toISOString() ?? null,
  };
}

export function toRestCoverageList(all: readonly CoverageSummary[]): RestCoverageList {
  return {
    devices: all.map(({ id, name, address, siteId, ...state }) => ({
      id,
      name,
      address,
      site: siteId,
      records: recordsOf(state),
      score: parseScore(state),
      usual_score: state.baseline?.score ?? null,
      drift: restDrift(state),
    })),
  };
}
