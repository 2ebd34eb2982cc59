import type { EventDraft } from '../event/draft.ts';

/** CEF 25 "Severity": 0–3 low, 4–6 medium, 7–8 high, 9–10 very high. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ['low', 'informational'],
  ['medium', 'warning'],
  ['high', 'error'],
  ['very-high', 'critical'],
  ['very high', 'critical'],
  ['critical', 'critical'],
]);

/** A number goes to event.severity; the level is told where the syslog header told none. */
export function setSeverity(draft: EventDraft, severity: string): void {
  const { event } = draft;
  const number = /^\d{1,2}$/.test(severity) ? Number(severity) : undefined;
  if (number !== undefined) event['event.severity'] = number;
  const level =
    number === undefined
      ? WORDS.get(severity.toLowerCase())
      : number >= 9
        ? 'critical'
        : number >= 7
          ? 'error'
          : number >= 4
            ? 'warning'
            : 'informational';
  if (level !== undefined) event['log.level'] ??= level;
  if (number === undefined && severity.toLowerCase() !== 'unknown') draft.label('severity', severity);
}
