import type { EventDraft } from '../event/draft.ts';
import { addTotals } from '../event/totals.ts';
import { dropUntranslated } from '../event/translation.ts';
import { ACTIVITY_KEYS, AUDIT_KEYS, applyField } from './fields.ts';

const ADDRESS = String.raw`[\da-fA-F.:]{2,45}`;
const MAX_PARTS = 40;
/** The action stands before the pairs, or as the pair `action`. */
const ACTION = /([A-Za-z]{3,16}):\s{0,4}$/;
const TYPES: ReadonlyMap<string, string> = new Map([
  ['allow', 'start'],
  ['localallow', 'start'],
  ['detect', 'allowed'],
  ['scan', 'info'],
  ['remove', 'end'],
  ['localremove', 'end'],
  ['end', 'end'],
  ['block', 'denied'],
  ['localblock', 'denied'],
  ['drop', 'denied'],
  ['deny', 'denied'],
  ['fail', 'denied'],
  ['localfail', 'denied'],
  ['localdrop', 'denied'],
  ['localdeny', 'denied'],
]);

/** `… Allow: type=FWD|proto=TCP|srcIF=…`, and without keys `… Allow: FWD|TCP|…`. False when it is neither. */
export function readActivity(said: string, draft: EventDraft): boolean {
  const bar = said.indexOf('|');
  if (bar < 0) return false;
  const first = Math.max(said.lastIndexOf(' ', bar), said.lastIndexOf(':', bar)) + 1;
  const action = ACTION.exec(said.slice(Math.max(0, first - 40), first))?.[1];
  const parts = said.slice(first).split('|', MAX_PARTS);
  const keyed = parts[0]?.includes('=') ?? false;
  if (action === undefined && !keyed) return false;
  if (!keyed && parts.length < 10) return false;
  if (action !== undefined) draft.lower('event.action', action);
  for (const [i, part] of parts.entries()) {
    const equals = part.indexOf('=');
    const key = keyed ? part.slice(0, equals < 0 ? part.length : equals) : ACTIVITY_KEYS[i];
    const value = keyed ? (equals < 0 ? '' : part.slice(equals + 1)) : part;
    if (key !== undefined && key !== '') applyField(draft, key, value);
  }
  finishSession(draft);
  return true;
}

const AUDIT = /(?:^| )(\d{10})\|([A-Za-z]{3,16}):\|/;

/** `1795452991|Remove:|FWD|eth1|UDP|rule|…`: the only log that tells the translated ports. Undefined when it is none. */
export function readAudit(said: string, draft: EventDraft): number | undefined {
  const m = AUDIT.exec(said.slice(0, 160));
  if (!m) return undefined;
  draft.lower('event.action', m[2]);
  const values = said.slice(m.index + m[0].length).split('|', MAX_PARTS);
  for (const [i, key] of AUDIT_KEYS.entries()) {
    const value = values[i];
    if (value !== undefined) applyField(draft, key, value);
  }
  finishSession(draft);
  return Number(m[1]);
}

const STATE = new RegExp(
  String.raw`State: {1,16}([A-Z]{2,8})\(([^,)]{0,128})[^)]{0,32}\) (\w{2,8}) (\w{2,8}) (${ADDRESS}):(\d{1,5}) \([^)]{0,64}\) -> (${ADDRESS}):(\d{1,5})`,
);
const STATES: Readonly<Record<string, readonly [action: string, type: string]>> = {
  REM: ['remove', 'end'],
  NEW: ['allow', 'start'],
  ADD: ['allow', 'start'],
};

/** The forwarding service's own log: `State: REM(Session Idle Timeout,20) FWD UDP 10.0.0.7:35119 () -> 192.0.2.53:53` */
export function readState(said: string, draft: EventDraft): boolean {
  const m = STATE.exec(said.slice(0, 512));
  if (!m) return false;
  const [action, type] = STATES[m[1] as string] ?? [(m[1] as string).toLowerCase(), 'info'];
  const { event } = draft;
  event['event.category'] = 'network';
  event['event.action'] = action;
  event['event.type'] = type;
  const names = ['info', 'type', 'proto', 'srcIP', 'srcPort', 'dstIP', 'dstPort'];
  for (const [i, name] of names.entries()) applyField(draft, name, m[i + 2] as string);
  return true;
}

/** Type, totals and translation of a session whose fields are set. */
export function finishSession(draft: EventDraft): void {
  const { event } = draft;
  const action = event['event.action'] ?? '';
  event['event.category'] = 'network';
  event['event.type'] = TYPES.get(action) ?? 'info';
  // A session that begins has lasted for no time yet.
  if (event['event.type'] === 'start') draft.drop('event.duration');
  addTotals(draft);
  dropUntranslated(draft);
}
