import type { EventDraft } from '../event/draft.ts';

/** Situations by their names, with blanks, underscores and hyphens alike; the first that fits. */
const KINDS: readonly (readonly [name: RegExp, category: string, type: string])[] = [
  [/^(?:new connection|connection (?:allowed|opened|established))/, 'network', 'start'],
  [/^connection (?:closed|reset|timed? ?out|expired|terminated)/, 'network', 'end'],
  [
    /^connection (?:discarded|refused|denied|dropped|blocked)|^packet (?:discarded|dropped|refused)/,
    'network',
    'denied',
  ],
  [/^related (?:connection|packet)/, 'network', 'info'],
  [/log(?:ged|s)? ?out|session (?:closed|expired|ended)|logoff/, 'authentication', 'end'],
  [/log(?:ged|s)? ?in|logon|authenticat/, 'authentication', 'start'],
  [/^(?:ipsec|ike|vpn|tls|ssl|http|https|dns|url)/, 'network', 'info'],
  [/policy (?:upload|install|refresh)|element (?:modif|creat|delet)|edit|snapshot/, 'configuration', 'change'],
];
const ALLOWS = new Set(['allow', 'permit', 'allowed', 'permitted']);
const DENIES = new Set([
  'discard',
  'refuse',
  'terminate',
  'discarded',
  'refused',
  'terminated',
  'block',
  'deny',
  'reset',
]);

/** Category, type and outcome of a log entry by its situation, its facility and what was done. */
export function classifyForcepoint(draft: EventDraft, situation: string, facility: string): void {
  const { event } = draft;
  const name = situation.toLowerCase().replace(/[_-]/g, ' ').slice(0, 128);
  const action = event['event.action'] ?? '';
  const kind = KINDS.find(([mark]) => mark.test(name));
  if (name !== '') event['event.action'] ??= name;
  const isTraffic = event['destination.ip'] !== undefined;
  event['event.category'] = kind?.[1] ?? (isTraffic ? 'network' : 'host');
  event['event.type'] = kind?.[2] ?? 'info';
  if (event['event.category'] === 'authentication') {
    const failed = /fail|reject|denied|invalid|refused/.test(name) || DENIES.has(action);
    if (event['event.type'] === 'start') event['event.outcome'] = failed ? 'failure' : 'success';
    return;
  }
  if (/inspection|deep|sandbox|anti.?malware|file filter/i.test(facility) && !/^(?:new )?connection/.test(name)) {
    event['event.category'] = /malware|virus|sandbox/i.test(`${facility} ${name}`) ? 'malware' : 'intrusion_detection';
    event['event.reason'] ??= situation;
  }
  // What was done decides where the situation doesn't, and a stopped connection hasn't begun.
  if (DENIES.has(action) && event['event.type'] !== 'end') event['event.type'] = 'denied';
  else if (event['event.type'] === 'info' && ALLOWS.has(action)) event['event.type'] = 'allowed';
}
