import {
  account,
  type FieldTable,
  ipOrName,
  lenientTransport,
  long,
  named,
  type Setter,
  text,
} from '../event/setters.ts';
import { LEVELS } from '../syslog/severity.ts';
import { canonicalIp } from '../values/ip.ts';

/** `pri=6`: the severities of syslog. */
const priority: Setter = (draft, value) => {
  const level = /^[0-7]$/.test(value) ? LEVELS[Number(value)] : undefined;
  if (level === undefined) draft.label('pri', value);
  else {
    draft.text('log.level', level);
    draft.long('event.severity', value);
  }
};

/** The firewall by its address or its name. */
const firewall: Setter = (draft, value) => {
  if (canonicalIp(value) === undefined) draft.text('observer.name', value);
  else draft.ip('observer.ip', value);
};

/** `tcp/http`: transport and service; `http`: the service alone. */
export const protocol: Setter = (draft, value) => {
  const slash = value.indexOf('/');
  if (slash > 0) {
    lenientTransport(draft, value);
    const service = value.slice(slash + 1);
    if (!/^\d+$/.test(service)) draft.lower('network.protocol', service);
  } else if (/^(?:tcp|udp|icmp6?|gre|esp|igmp|\d{1,3})$/i.test(value)) lenientTransport(draft, value);
  else draft.lower('network.protocol', value);
};

/** WebTrends Enhanced Log Format (WELF), "Fields in WELF records" → ECS. */
export const WELF_FIELDS: FieldTable = new Map<string, Setter>([
  ['fw', firewall],
  ['pri', priority],
  ['rule', text('rule.id')],
  ['proto', protocol],
  ['duration', (draft, value) => draft.seconds(value)],
  ['sent', long('source.bytes')],
  ['rcvd', long('destination.bytes')],
  ['src', ipOrName('source.ip', 'source.domain')],
  ['dst', ipOrName('destination.ip', 'destination.domain')],
  ['srcname', text('source.domain')],
  ['dstname', text('destination.domain')],
  ...named('srcport sport', (draft, value) => draft.port('source.port', value)),
  ...named('dstport dport', (draft, value) => draft.port('destination.port', value)),
  ['user', account],
  ['op', text('http.request.method')],
  ['agent', text('user_agent.original')],
  ['action', (draft, value) => draft.lower('event.action', value)],
]);
