import type { EventDraft } from '../event/draft.ts';

/** What follows the kind of an ICMP message (pfSense documentation, "Raw Filter Log Format", ICMP data). */
const COLUMNS: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ...['request', 'reply', 'tstamp'].map((kind) => [kind, ['icmp_id', 'icmp_sequence']] as const),
  ['tstampreply', ['icmp_id', 'icmp_sequence', 'icmp_otime', 'icmp_rtime', 'icmp_ttime']],
  ['unreachproto', ['icmp_destination', 'icmp_protocol']],
  ['unreachport', ['icmp_destination', 'icmp_protocol', 'icmp_port']],
  ['needfrag', ['icmp_destination', 'icmp_mtu']],
]);

/** `request,4711,1`, `unreachport,10.0.0.1,UDP,53`, `unreach,text`, `timexceed,text`. */
export function setIcmp(draft: EventDraft, columns: readonly string[]): void {
  const [kind, ...rest] = columns;
  if (kind === undefined) return;
  draft.label('icmp_type', kind);
  const names = COLUMNS.get(kind);
  if (!names) draft.label('icmp_description', rest.join(','));
  else for (const [index, name] of names.entries()) draft.label(name, rest[index]);
}
