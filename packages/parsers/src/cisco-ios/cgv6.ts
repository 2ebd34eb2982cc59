import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { readTime } from '../time/read-time.ts';
import type { VendorInput, VendorTime } from '../vendor.ts';

/** `1 2026 Nov 23 19:56:31 10.0.0.1 - - NAT44 - [UserbasedA …]`, behind PRI: RFC 5424 with a time of its own. */
const HEAD =
  /(?:1 )?(\d{4}) ([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d:\d\d:\d\d(?:\.\d{1,6})?) ([\w.:-]{1,64}) (?:[\w-]{1,32} ){2}(NAT44|NAT64|DSLITE|DS-LITE|MAP-?[TE]) - (?=\[)/iy;
/** In the names of all its records. */
const MARK = /[rnt]based[AWD]/;
const RECORD = /\[([^\]]{8,512})\]/g;
const EVENT = /^(User|Session|Port)based(A|W|D|AD|WD)$/i;
/** Of one message; more are left in its text. */
const MAX_RECORDS = 16;
/** Names of a record's words behind its event's name, in order. */
const WORDS = 'l4 inside vrf inside_v6 outside port first last peer peer_port'.split(' ');

function headOf({ text, header }: VendorInput): RegExpExecArray | null {
  HEAD.lastIndex = header.priority === undefined ? 0 : text.indexOf('>') + 1;
  return HEAD.exec(text);
}

/** Is it a record of IOS XR's carrier grade NAT (CGv6 on ASR 9000 and CRS, "syslog logging")? */
export function isCgv6(input: VendorInput): boolean {
  return MARK.test(input.text.slice(0, 240)) && headOf(input) !== null;
}

/**
 * `[EventName L4 source VRF source-IPv6 translated port first last destination port]`, `-` where there is none. The first
 * record fills the event, others of the same message are labels.
 */
export function readCgv6(input: VendorInput, draft: EventDraft): VendorTime | undefined {
  const head = headOf(input);
  if (!head) return undefined;
  const [all, year, month, day, clock, host, application = ''] = head;
  const { event } = draft;
  const from = HEAD.lastIndex;
  event.message = input.text.slice(from);
  event['event.dataset'] = 'cisco.cgv6';
  event['observer.vendor'] = 'Cisco';
  event['observer.product'] = 'IOS XR';
  event['observer.type'] = 'router';
  for (const field of ['log.syslog.appname', 'log.syslog.procid', 'log.syslog.msgid'] as const) draft.drop(field);
  draft.text('observer.name', host);
  draft.text('log.syslog.hostname', host);
  draft.label('nat', application.toLowerCase());
  const records = [...input.text.slice(from, from + 8192).matchAll(RECORD)].slice(0, MAX_RECORDS);
  if (records[0]) readRecord(records[0][1] as string, draft);
  else draft.fail('message', `no record behind ${all.trim().slice(-12)}`);
  for (const [index, record] of records.entries()) if (index > 0) draft.label(`record_${index + 1}`, record[1]);
  return { written: () => readTime(`${month} ${day?.padStart(2)} ${year} ${clock}`, 0)?.time };
}

function readRecord(record: string, draft: EventDraft): void {
  const words = record.trim().split(/ {1,4}/, 16);
  const m = EVENT.exec(words[0] ?? '');
  draft.text('event.code', words[0]);
  // A: assigned, W and D: withdrawn; the second D of sessions tells that the destination is named.
  const ends = m !== null && !/^A/i.test(m[2] as string);
  setKind(draft, 'network', m === null ? 'info' : ends ? 'end' : 'start', words[0] ?? 'record');
  const values = new Map(WORDS.map((name, index) => [name, words[index + 1] === '-' ? undefined : words[index + 1]]));
  const [inside, inside6, first, last] = ['inside', 'inside_v6', 'first', 'last'].map((name) => values.get(name));
  draft.transport(values.get('l4'));
  draft.ip('source.ip', inside ?? inside6);
  if (inside !== undefined) draft.label('source_ipv6', inside6);
  draft.label('vrf', values.get('vrf'));
  draft.ip('source.nat.ip', values.get('outside'));
  draft.port('source.port', values.get('port'));
  draft.port('source.nat.port', first);
  if (first !== undefined && last !== undefined && last !== first) draft.label('port_block', `${first}-${last}`);
  draft.ip('destination.ip', values.get('peer'));
  draft.port('destination.port', values.get('peer_port'));
}
