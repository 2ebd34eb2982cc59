import type { ReparseAnswer } from '@logmaster/pipeline/processor/reparse/reparse-files';
import { printable } from './printable.ts';

/** What became of the quarantined records of the same range. */
export interface QuarantineReport {
  /** The index refused them before; tried again, none of them in a dry run. */
  readonly refused: number;
  /** Of those, how many are in the index now. */
  readonly indexed: number;
  /** The processor died or hung at them: left alone. */
  readonly crashed: number;
}

/** What was done, then what was left out and what to do about it. One line each. */
export function reparseLines(answer: ReparseAnswer, quarantine: QuarantineReport, dryRun: boolean): string[] {
  const { selected, after, replaced, unsealed, elsewhere, failures } = answer;
  const now = (['ok', 'partial', 'failed', 'raw'] as const).map((status) => `${after[status]} ${status}`);
  const done = [
    `${selected} records were not parsed whole`,
    `  ${dryRun ? 'they would be' : 'now'}: ${now.join(', ')}`,
    ...(dryRun ? [] : [`  ${replaced} are in the index with their new event`]),
    ...quarantineLines(quarantine, dryRun),
  ];
  const { crashed, refused, indexed } = quarantine;
  const left = [
    ...(unsealed > 0 ? [`  ${unsealed} in open segments, which are closed within the hour; run this again then`] : []),
    ...(elsewhere > 0 ? [`  ${elsewhere} received by other nodes; run this on their data folders`] : []),
    ...(!dryRun && refused > indexed
      ? [`  ${refused - indexed} in quarantine, refused by the index again; quarantine list says why`]
      : []),
    ...(crashed > 0
      ? [`  ${crashed} in quarantine that ended the processor; quarantine replay ID tries one again`]
      : []),
    ...failures.map(({ site, day, reason }) => `  ${site} ${day}, left as it was: ${printable(reason)}`),
  ];
  return [...done, left.length > 0 ? 'left out:' : 'nothing was left out', ...left];
}

function quarantineLines({ refused, indexed }: QuarantineReport, dryRun: boolean): string[] {
  if (refused === 0) return [];
  if (dryRun) return [`${refused} are in quarantine and would be tried again`];
  return [`${refused} of the quarantine were tried again`, `  ${indexed} are in the index now`];
}
