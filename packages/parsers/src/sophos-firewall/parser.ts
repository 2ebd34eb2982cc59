import type { EventDraft } from '../event/draft.ts';
import { account } from '../event/setters.ts';
import { addTotals } from '../event/totals.ts';
import { readPairs } from '../key-value/pairs.ts';
import { relayedHeader } from '../syslog/relayed.ts';
import { readTime } from '../time/read-time.ts';
import { readEpoch } from '../time/read-when.ts';
import type { VendorParser, VendorTime } from '../vendor.ts';
import { classifySophos } from './classify.ts';
import { SOPHOS_FIELDS } from './fields.ts';

/** `log_type` and `log_component` stand among the first fields. */
const HEAD = 400;
const FIRST = ['device=', 'device_name=', 'date=', 'timestamp='];
/** Fields that are looked at together when all are known. */
const KEPT = new Set(
  (
    'device date time timezone timestamp log_type log_component log_subtype status message connevent con_event ' +
    'ipaddress reported_ip remote_ip client_physical_address spamaction bytes_rcv start_time user ip mac'
  ).split(' '),
);

/** Sophos Firewall (SFOS 15 to 21, and Cyberoam before it), both of its syslog formats, all log types. */
export const sophosFirewallParser: VendorParser = {
  name: 'sophos_firewall',

  recognises({ text, messageAt }) {
    const at = relayedHeader(text, messageAt)?.end ?? messageAt;
    if (!FIRST.some((word) => text.startsWith(word, at))) return false;
    const head = text.slice(at, at + HEAD);
    return head.includes(' log_type="') && head.includes(' log_component="');
  },

  read({ text, messageAt }, draft) {
    const kept = new Map<string, string>();
    const relayed = relayedHeader(text, messageAt);
    draft.text('observer.name', relayed?.name);
    readPairs(text, relayed?.end ?? messageAt, (key, value, unclosed) => {
      if (unclosed) draft.fail(key.slice(0, 64), 'quote not closed');
      const set = SOPHOS_FIELDS.get(key);
      if (set) set(draft, value);
      else if (KEPT.has(key)) kept.set(key, value);
      else draft.label(key, value);
    });
    const { event } = draft;
    event['event.dataset'] = 'sophos.firewall';
    event['observer.vendor'] = 'Sophos';
    event['observer.product'] = 'Sophos Firewall';
    event['observer.type'] = 'firewall';
    const of = (name: string) => kept.get(name) ?? '';
    for (const name of ['log_type', 'log_component', 'log_subtype', 'status', 'message', 'spamaction'])
      draft.label(name, of(name));
    setLease(draft, kept);
    setOwnFields(draft, kept);
    classifySophos(draft, {
      logType: of('log_type'),
      component: of('log_component'),
      subtype: of('log_subtype'),
      status: of('status'),
      message: of('message'),
      connection: kept.get('connevent') ?? of('con_event'),
      mail: of('spamaction'),
    });
    setStart(draft, of('start_time'));
    addTotals(draft);
    // Remote Ethernet Devices count in milliseconds.
    const { 'event.duration': duration } = event;
    if (of('log_component') === 'RED' && duration !== undefined) event['event.duration'] = duration / 1000;
    return readSophosTime(kept);
  },
};

/** Addresses that a DHCP server or a tunnel has given, and to whom. */
function setLease(draft: EventDraft, kept: ReadonlyMap<string, string>): void {
  const given = kept.get('reported_ip') ?? kept.get('ipaddress');
  if (kept.get('log_component')?.startsWith('DHCP')) {
    draft.ip('source.ip', given);
    draft.mac('source.mac', kept.get('client_physical_address'));
  } else {
    draft.label('assigned_ip', given);
    if (draft.event['source.ip'] === undefined) draft.ip('source.ip', kept.get('remote_ip'));
  }
}

/** Names that mean different things in different log types. */
function setOwnFields(draft: EventDraft, kept: ReadonlyMap<string, string>): void {
  const { event } = draft;
  // Of the processor's time, a share is the users'.
  const user = kept.get('user') ?? '';
  if (kept.get('log_type') === 'System Health') draft.label('user', user);
  else if (event['user.name'] === undefined) account(draft, user);
  if (kept.get('log_type') === 'Heartbeat') {
    draft.ip('source.ip', kept.get('ip'));
    draft.mac('source.mac', kept.get('mac'));
  } else {
    draft.label('ip', kept.get('ip'));
    draft.label('mac', kept.get('mac'));
  }
  // The web application firewall counts as the server does: what it has sent went to the client.
  const received = kept.get('bytes_rcv');
  if (received === undefined) return;
  const sent = event['source.bytes'];
  draft.long('source.bytes', received);
  if (sent !== undefined) event['destination.bytes'] = sent;
}

/** When the session began that ends now, in seconds since 1970; 0 while it begins. */
function setStart(draft: EventDraft, text: string): void {
  const start = text === '0' ? undefined : readEpoch(text);
  if (start !== undefined && draft.event['event.type'] === 'end') draft.event['event.start'] = start;
  else if (text !== '0') draft.label('start_time', text);
}

/** `timestamp="2026-11-23T19:56:31+0300"`, or `date=` and `time=` in the firewall's zone: zone words mean many zones. */
function readSophosTime(kept: ReadonlyMap<string, string>): VendorTime {
  const stamp = kept.get('timestamp') ?? '';
  const isUtc = /^(?:UTC|GMT)$/.test(kept.get('timezone') ?? '');
  const text = stamp.includes('-') ? stamp : `${kept.get('date') ?? ''} ${kept.get('time') ?? ''}${isUtc ? 'Z' : ''}`;
  return { written: () => readTime(text, 0)?.time };
}
