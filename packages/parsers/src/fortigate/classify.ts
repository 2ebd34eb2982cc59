import type { EventDraft } from '../event/draft.ts';
import { canonicalIp } from '../values/ip.ts';
import { verdictOf } from '../values/verdict.ts';
import { classifyEvent } from './classify-event.ts';
import type { FortigateKind } from './kind.ts';

/** utm actions that let the traffic through; all others stop it. */
const UTM_PASSES = new Set([
  'pass',
  'passthrough',
  'pass_session',
  'allow',
  'allowed',
  'accept',
  'detected',
  'monitored',
  'monitor',
  'log-only',
  'log',
  'exempt',
  'exempted',
  'accepted',
  'forwarded',
  'traffic-count',
  'analytics',
  'permit',
  'filtered',
  'bypass',
  'warning',
  'info',
  'tagged',
  'alert',
  'start',
  'end',
]);
const UTM_CATEGORIES = new Map([
  ['webfilter', 'web'],
  ['waf', 'web'],
  ['ips', 'intrusion_detection'],
  ['attack', 'intrusion_detection'],
  ['anomaly', 'intrusion_detection'],
  ['virus', 'malware'],
  ['emailfilter', 'email'],
  ['file-filter', 'file'],
  ['dlp', 'file'],
]);
/** Before FortiOS 5.2 a log had its own type; since then all of these are subtypes of `utm`. */
const UTM_TYPES = new Set([
  'utm',
  'webfilter',
  'app-ctrl',
  'ips',
  'attack',
  'anomaly',
  'virus',
  'dlp',
  'emailfilter',
  'spam',
  'voip',
  'waf',
  'dns',
  'ssl',
  'ssh',
  'cifs',
  'icap',
  'gtp',
  'file-filter',
  'virtual-patch',
]);
/** Actions of traffic records that aren't the end of a session. */
const TRAFFIC_TYPES = new Map([
  ['deny', 'denied'],
  ['blocked', 'denied'],
  ['violation', 'denied'],
  ['accept', 'allowed'],
  ['start', 'start'],
]);

/** Sets category, type and outcome, and gives the record's host name its place. */
export function classify(draft: EventDraft, kind: FortigateKind): void {
  const { event } = draft;
  const action = event['event.action'] ?? '';
  if (kind.type === 'traffic') {
    event['event.category'] = 'network';
    // FortiOS 5.0 and older say in `status` what became of the session.
    const word = action === '' ? kind.status.toLowerCase() : action;
    if (action === '') draft.text('event.action', word);
    event['event.type'] = TRAFFIC_TYPES.get(word) ?? verdictOf(word) ?? (word === '' ? 'info' : 'end');
  } else if (UTM_TYPES.has(kind.type)) {
    const word = action === '' ? kind.status.toLowerCase() : action;
    if (action === '') draft.text('event.action', word);
    event['event.category'] = UTM_CATEGORIES.get(kind.type === 'utm' ? kind.subtype : kind.type) ?? 'network';
    event['event.type'] = word === '' ? 'info' : UTM_PASSES.has(word) ? 'allowed' : 'denied';
    draft.text('url.domain', kind.hostname);
    draft.text('destination.domain', kind.hostname);
    if (kind.type === 'gtp' || kind.subtype.startsWith('gtp')) takeGateways(draft);
  } else classifyEvent(draft, kind, action);
}

/** The ends of a GTP tunnel stand where mails have their addresses. */
function takeGateways(draft: EventDraft): void {
  const { event } = draft;
  if (event['source.ip'] !== undefined || event.labels === undefined) return;
  const { from, to } = event.labels;
  if (from !== undefined && canonicalIp(from) !== undefined) draft.ip('source.ip', from);
  if (to !== undefined && canonicalIp(to) !== undefined) draft.ip('destination.ip', to);
}
