import type { RestCoverage, RestCoverageList } from '@logmaster/core/api/coverage';
import { recordsOf } from '@logmaster/core/coverage/counts';
import { printable } from './printable.ts';
import { percent, textTable } from './text-table.ts';
import { unreadLines } from './unread-lines.ts';

/** All devices, a line each. */
export function describeCoverageList({ devices }: RestCoverageList): string[] {
  const head = ['device', 'address', 'records', 'score', 'usual', 'drift'];
  const rows = devices.map(({ name, address, records, score, usual_score, drift }) => [
    printable(name),
    address,
    String(records),
    percent(score),
    percent(usual_score),
    drift === null ? '' : `since ${drift.since}: ${drift.kinds.join(', ')}`,
  ]);
  return textTable([head, ...rows]);
}

/** One device. */
export function describeCoverage(answer: RestCoverage): string[] {
  const { device, score, baseline, drift, fields, parsers } = answer;
  const records = recordsOf(answer);
  const usual = baseline === null ? 'not known yet' : percent(baseline.score);
  const lines = [
    `${printable(device.name)} (${device.address}): ${records} records, ${percent(score)} parsed whole, usual: ${usual}`,
    ...(['ok', 'partial', 'failed', 'raw'] as const).map((status) => `  ${status.padEnd(8)} ${answer[status]}`),
    `  parsers  ${Object.entries(parsers)
      .map(([name, count]) => `${printable(name)} ${count}`)
      .join(', ')}`,
    `  fields   ${printable(fields.map(({ name }) => name).join(' '))}`,
  ];
  if (drift !== null) {
    lines.push(`  drift    since ${drift.since}: score ${percent(drift.score)}, usual ${percent(drift.usual_score)}`);
    if (drift.missing_fields.length > 0)
      lines.push(`           no longer: ${printable(drift.missing_fields.join(' '))}`);
  }
  const unread = unreadLines({ ...answer, otherErrors: answer.other_errors, otherPatterns: answer.other_patterns });
  return unread.length === 0 ? lines : [...lines, '', 'what was not read', ...unread];
}
