import { MICROS_PER_SECOND } from '@logmaster/core/time';
import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { account } from '../event/setters.ts';
import { verdictOf } from '../values/verdict.ts';

const ADDRESS = String.raw`[\da-fA-F.:]{2,45}`;
/** Other logs' sentences are looked at no further. */
const MAX_LENGTH = 1024;

type RemarkReader = (said: string, draft: EventDraft) => boolean;

const THREAT = new RegExp(
  String.raw`\[Request\] (\w{3,16}): {1,4}([A-Z]{2,8}) (\w{2,8})(?:\((\d{1,3})\))? (${ADDRESS}?)(?::(\d{1,5}))? -> (${ADDRESS}?)(?::(\d{1,5}))? {0,2}\|(?:\[([^\]|]{1,256})\])?\|([^|]{0,64})\|(\d{0,3})\|([^|]{0,128})`,
);

/** box_Firewall_threat: `[Request] Block: FWD TCP 10.0.0.5:4000 -> 203.0.113.8:80 |[ID: 1 name]||3|Web Attack` */
const readThreat: RemarkReader = (said, draft) => {
  const m = THREAT.exec(said);
  if (!m) return false;
  const action = m[1] as string;
  setKind(draft, 'intrusion_detection', verdictOf(action) ?? 'info', action);
  draft.label('type', m[2]);
  if (m[3] !== 'ALLIP') draft.transport(m[4] ?? m[3]);
  draft.ip('source.ip', m[5]);
  draft.port('source.port', m[6]);
  draft.ip('destination.ip', m[7]);
  draft.port('destination.port', m[8]);
  draft.text('event.reason', m[9]);
  draft.long('event.severity', m[11]);
  draft.text('rule.category', m[12]);
  return true;
};

const SCAN = new RegExp(String.raw`SecurityEvent: \(([^)]{1,64})\) (\d{1,9}) .{1,64}? source IP (${ADDRESS})`);

/** box_Firewall: `SecurityEvent: (Address-Port Scan) 149 unallowed requests for source IP 203.0.113.66 within 60 seconds` */
const readScan: RemarkReader = (said, draft) => {
  const m = SCAN.exec(said);
  if (!m) return false;
  setKind(draft, 'intrusion_detection', 'info', 'detected');
  draft.text('event.reason', m[1]);
  draft.label('count', m[2]);
  draft.ip('source.ip', m[3]);
  return true;
};

const INSERTED =
  /Insert Event from .{1,64}? - \((\w)\|(\d{1,3})\|([^|]{0,64})\|\d{0,3}\|([^|]{0,64})\|(\d{0,6})\|([^|]{0,256})\|[^|]{0,128}\|\d{0,12}\|(.{0,512})/;
const FLOW = new RegExp(String.raw`(\w{2,8}) (${ADDRESS}?):(\d{1,5}) \(([\w.-]{1,32})\) -> (${ADDRESS}?):(\d{1,5})`);

/** box_Event_event: what the event page shows, with the connection that it is about. */
const readEvent: RemarkReader = (said, draft) => {
  const m = INSERTED.exec(said);
  if (!m) return false;
  const flow = FLOW.exec(m[7] as string);
  setKind(draft, flow ? 'network' : 'host', 'info', 'insert event');
  draft.text('event.code', m[5]);
  draft.long('event.severity', m[2]);
  draft.label('layer', m[3]);
  draft.label('class', m[4]);
  draft.label('detail', m[6]);
  if (!flow) return true;
  draft.transport(flow[1]);
  draft.ip('source.ip', flow[2]);
  draft.port('source.port', flow[3]);
  draft.text('observer.ingress.interface.name', flow[4]);
  draft.ip('destination.ip', flow[5]);
  draft.port('destination.port', flow[6]);
  return true;
};

const ACCOUNT = new RegExp(
  String.raw`(?:^|\s)(\w{3,16})\|([^|\s]{1,64})\|([^|]{0,128})\|{6}(\d{10})\|(\d{10})\|(\d{1,16})\|(\d{1,16})\|(${ADDRESS})\|{3}([^|]{1,128})$`,
);

/** box_Firewall_users: who had a tunnel's address from when on: `update|box|session||||||start|now|received|sent|address|||user` */
const readAccounting: RemarkReader = (said, draft) => {
  const m = ACCOUNT.exec(said);
  if (!m) return false;
  const word = (m[1] as string).toLowerCase();
  setKind(draft, 'session', /start|login/.test(word) ? 'start' : /stop|logout|end/.test(word) ? 'end' : 'info', word);
  draft.text('logmaster.session.id', m[3]);
  draft.event['event.start'] = Number(m[4]) * MICROS_PER_SECOND;
  draft.label('received', m[6]);
  draft.label('sent', m[7]);
  draft.ip('source.ip', m[8]);
  account(draft, m[9] as string);
  return true;
};

/** Sentences of the firewall service's other logs. False: the text has no reader. */
export function readRemark(text: string, draft: EventDraft): boolean {
  const said = text.slice(0, MAX_LENGTH);
  return [readThreat, readScan, readEvent, readAccounting].some((reader) => reader(said, draft));
}
