import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { LEVELS } from '../syslog/severity.ts';
import type { VendorInput } from '../vendor.ts';

/** `%Viptela-vedge1-sysmgrd-6-INFO-1400002: `; the device's name may have hyphens. */
const HEAD = /^ ?%Viptela-([\w.-]{1,128})-(\w{1,32})-([0-7])-[A-Z]{3,8}-(\d{1,10}): {0,2}/;
const REACH = 256;
const NOTIFICATION = /^Notification: \d{1,2}\/\d{1,2}\/\d{4} \d{1,2}:\d\d:\d\d ([a-z][\w-]{1,64})(?: |$)/;
/** Without the word before it. */
const BARE = /^([a-z]{2,32}(?:-[a-z]{2,32}){1,6}) [a-z-]{2,32}:/;
const PAIR = /(?:^|\s)([a-z][a-z-]{1,31}):(?:"([^"]{0,512})"|(\S{1,512}))/g;
const FLOW =
  /^FLOW LOG vpn-(\d{1,5}) ([\da-fA-F.:]{2,45})\/(\d{1,5}) ([\da-fA-F.:]{2,45})\/(\d{1,5}) (\w{1,16}): tos: \d{1,3} ([\w-]{1,64}), Result: (\w{1,16}) Pkt count (\d{1,12}): Byte count (\d{1,16}) Ingress-Intf (\S{1,32}) Egress-intf (\S{1,32})/i;

/** Is it a record of an SD-WAN controller or vEdge router? */
export function isViptela({ text, messageAt }: VendorInput): boolean {
  return HEAD.test(text.slice(messageAt, messageAt + REACH));
}

/** Notifications name the event, then `name:value` pairs; flows of access lists have their own words. Others keep their text. */
export function readViptela({ text, messageAt }: VendorInput, draft: EventDraft): void {
  const head = HEAD.exec(text.slice(messageAt, messageAt + REACH));
  if (!head) return;
  const [all, name, daemon, severity, code] = head;
  const { event } = draft;
  event['event.dataset'] = 'cisco.sdwan';
  event['observer.vendor'] = 'Cisco';
  event['observer.product'] = 'SD-WAN';
  event['observer.type'] = 'router';
  event['event.severity'] = Number(severity);
  event['log.level'] = LEVELS[Number(severity)] as string;
  draft.text('observer.name', name);
  draft.text('event.code', code);
  draft.label('daemon', daemon);
  const said = text.slice(messageAt + all.length, messageAt + all.length + 4096);
  const action = NOTIFICATION.exec(said)?.[1] ?? BARE.exec(said)?.[1];
  if (action !== undefined) readNotification(action, said, draft);
  else if (!readFlow(said, draft)) setKind(draft, 'host', Number(severity) <= 3 ? 'error' : 'info', daemon as string);
}

/** Each with the names its pairs have beyond the general ones. */
function readNotification(action: string, said: string, draft: EventDraft): void {
  const pairs = new Map([...said.matchAll(PAIR)].map(([, key = '', quoted, bare]) => [key, quoted ?? bare ?? '']));
  const of = (key: string) => pairs.get(key);
  if (/^(?:system-login|.*-login)-change$/.test(action)) setKind(draft, 'authentication', 'info', action);
  else if (/login-failure|auth-fail/.test(action)) setKind(draft, 'authentication', 'start', action, 'failure');
  else if (/^(?:system-commit|.*-config-change)$/.test(action)) setKind(draft, 'configuration', 'change', action);
  else if (of('new-state') === 'up') setKind(draft, 'network', 'start', action);
  else if (of('new-state') === 'down') setKind(draft, 'network', 'end', action);
  else setKind(draft, 'host', (draft.event['event.severity'] ?? 6) <= 3 ? 'error' : 'info', action);
  draft.text('user.name', of('user-name'));
  draft.text('event.reason', of('reason'));
  draft.ip('observer.ip', meant(of('system-ip')));
  draft.ip('source.ip', meant(of('remote-host') ?? of('public-ip')));
  draft.port('source.port', of('public-port'));
  draft.text('observer.ingress.interface.name', of('if-name'));
  for (const key of KEPT) draft.label(key.replaceAll('-', '_'), of(key));
}

const KEPT = [
  ...['severity-level', 'user-id', 'new-state', 'peer-type', 'peer-system-ip', 'domain-id', 'site-id', 'vpn-id'],
  ...['process-name', 'process-id', 'local-system-ip', 'local-color', 'remote-system-ip', 'remote-color', 'color'],
];

/** Zeros stand for none. */
function meant(address: string | undefined): string | undefined {
  return address === '::' || address === '0.0.0.0' ? undefined : address;
}

function readFlow(said: string, draft: EventDraft): boolean {
  const m = FLOW.exec(said);
  if (!m) return false;
  const verdict = (m[8] as string).toLowerCase();
  setKind(draft, 'network', /^den|drop|rej/.test(verdict) ? 'denied' : 'allowed', verdict);
  draft.label('vpn', m[1]);
  draft.transport(m[6]);
  draft.ip('source.ip', m[2]);
  draft.ip('destination.ip', m[4]);
  if (/^(?:tcp|udp)$/i.test(m[6] as string)) {
    draft.port('source.port', m[3]);
    draft.port('destination.port', m[5]);
  }
  draft.text('rule.name', m[7]);
  draft.long('network.packets', m[9]);
  draft.long('network.bytes', m[10]);
  draft.text('observer.ingress.interface.name', m[11]);
  draft.text('observer.egress.interface.name', m[12]);
  return true;
}
