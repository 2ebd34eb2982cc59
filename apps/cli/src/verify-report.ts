import type { Finding, VerificationReport } from '@logmaster/signing/contracts';
import { printable } from './printable.ts';

function plural(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}

function authorityLine({ name, local, tokens }: VerificationReport['checked']['authorities'][number]): string {
  const whose = local ? 'the local TSA: not a legal time-stamp' : name;
  return `  ${plural(tokens, 'token', 'tokens')} of ${whose}`;
}

function findingLine({ severity, kind, path, message }: Finding): string {
  return `  ${severity === 'failure' ? 'FAILURE' : 'notice '}  ${kind}  ${path || '.'}\n           ${message}`;
}

/** The report as lines for people: what was checked, each thing that does not hold, then the verdict. */
export function reportLines(target: string, report: VerificationReport): readonly string[] {
  const { checked, findings } = report;
  const failures = findings.filter((finding) => finding.severity === 'failure');
  const notices = findings.filter((finding) => finding.severity === 'notice');
  const lines = [
    `Checked ${target}`,
    `  ${plural(checked.chains, 'chain', 'chains')}, ${plural(checked.segments, 'segment', 'segments')}, ${plural(checked.days, 'packed day', 'packed days')}`,
    `  ${plural(checked.records, 'record', 'records')}, ${plural(checked.bytes, 'byte', 'bytes')} of text`,
    checked.from === null ? '  no period: nothing is sealed here yet' : `  period ${checked.from} to ${checked.to}`,
    ...(checked.authorities.length === 0 ? ['  no time-stamps'] : checked.authorities.map(authorityLine)),
    ...[...failures, ...notices].map(findingLine),
    report.holds ? 'It holds.' : `It does NOT hold: ${plural(failures.length, 'failure', 'failures')}.`,
  ];
  return lines.map(printable);
}
