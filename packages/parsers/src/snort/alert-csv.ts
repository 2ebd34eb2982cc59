import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { readTransport } from '../values/transport.ts';
import type { VendorTime } from '../vendor.ts';
import { readAlertTime } from './alert-text.ts';

/** `11/23/26-19:56:31.123456 ,1,2001219,20,` */
const HEAD =
  /(\d\d)\/(\d\d)(?:\/(\d\d(?:\d\d)?))?-(\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))? ?,(\d{1,10}),(\d{1,10}),(\d{1,6}),/y;
const MAX_COLUMNS = 32;
/** Columns behind the second port: pfSense's package, and Snort's default. */
const PFSENSE = ['id', 'classification', 'priority', 'action', 'disposition'];
const DEFAULT = [
  ...[
    'ethsrc',
    'ethdst',
    'ethlen',
    'tcpflags',
    'tcpseq',
    'tcpack',
    'tcplen',
    'tcpwindow',
    'ttl',
    'tos',
    'id',
    'dgmlen',
  ],
  ...['iplen', 'icmptype', 'icmpcode', 'icmpid', 'icmpseq'],
];

export function isAlertCsv(text: string, at: number): boolean {
  HEAD.lastIndex = at;
  return HEAD.test(text);
}

/** Snort 2 manual, "alert_csv" with its default columns, and the choice of pfSense's package. */
export function readAlertCsv(text: string, at: number, draft: EventDraft): VendorTime | undefined {
  HEAD.lastIndex = at;
  const head = HEAD.exec(text);
  if (!head) return undefined;
  const { name, rest } = readName(text, HEAD.lastIndex);
  const [protocol, source, sourcePort, destination, destinationPort, ...more] = rest.split(',', MAX_COLUMNS);
  const names = more[0]?.includes(':') ? DEFAULT : PFSENSE;
  const extra = new Map(names.map((column, index) => [column, more[index]]));
  const disposition = extra.get('disposition')?.toLowerCase() ?? '';
  const denied = /drop|block|reject/.test(disposition);
  draft.event['event.kind'] = 'alert';
  setKind(draft, 'intrusion_detection', denied ? 'denied' : 'allowed', disposition === '' ? 'alert' : disposition);
  draft.label('gid', head[8]);
  draft.text('rule.id', head[9]);
  draft.label('rev', head[10]);
  draft.text('rule.name', name);
  draft.text('rule.category', extra.get('classification'));
  draft.long('event.severity', extra.get('priority'));
  if (protocol !== undefined && readTransport(protocol).number !== undefined) draft.transport(protocol);
  else draft.label('protocol', protocol);
  draft.ip('source.ip', source);
  draft.port('source.port', sourcePort);
  draft.ip('destination.ip', destination);
  draft.port('destination.port', destinationPort);
  draft.mac('source.mac', extra.get('ethsrc'));
  draft.mac('destination.mac', extra.get('ethdst'));
  draft.long('network.bytes', extra.get('dgmlen'));
  for (const [column, value] of extra) if (!PLACED.has(column)) draft.label(column, value);
  return readAlertTime(head);
}

const PLACED = new Set(['classification', 'priority', 'disposition', 'ethsrc', 'ethdst', 'dgmlen']);

/** The message is quoted when it may hold commas. */
function readName(text: string, at: number): { name: string; rest: string } {
  const quoted = text.charCodeAt(at) === 0x22;
  const close = text.indexOf(quoted ? '",' : ',', at + 1);
  const end = close < 0 ? text.length : close;
  return { name: text.slice(quoted ? at + 1 : at, end), rest: text.slice(end + (quoted ? 2 : 1)) };
}
