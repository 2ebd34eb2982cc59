import type { TextField } from '../event/draft.ts';
import {
  account,
  type FieldTable,
  first,
  ip,
  lenientTransport,
  long,
  lower,
  mac,
  named,
  port,
  type Setter,
  text,
} from '../event/setters.ts';
import { levelWord } from '../syslog/severity.ts';

const number =
  (set: Setter): Setter =>
  (draft, value) => {
    if (/^\d{1,16}$/.test(value)) set(draft, value);
  };

/** Intrusion protection has ids from 2101 on; other programs have sessions and classes of their own. */
const ofSnort =
  (name: string, field: TextField): Setter =>
  (draft, value) => {
    if (draft.event['event.code']?.startsWith('21')) draft.text(field, value);
    else draft.label(name, value);
  };

/** Fields of Sophos UTM 9's own programs (UTM 9 Log Descriptions) → ECS. What isn't here becomes a label. */
export const UTM_FIELDS: FieldTable = new Map([
  ['id', text('event.code')],
  ['severity', (draft, value) => draft.text('log.level', levelWord(value))],
  ['action', lower('event.action')],
  ['fwrule', text('rule.id')],
  ['initf', text('observer.ingress.interface.name')],
  ['outitf', text('observer.egress.interface.name')],
  ['srcmac', mac('source.mac')],
  ['dstmac', mac('destination.mac')],
  ['srcip', ip('source.ip')],
  ...named('dstip localip', ip('destination.ip')),
  ['remoteip', first('source.ip', ip('source.ip'))],
  ['srcport', port('source.port')],
  ['dstport', port('destination.port')],
  ['proto', lenientTransport],
  ...named('user username', account),
  // Of snort's rules it is a number.
  [
    'group',
    (draft, value) => (/^\d+$/.test(value) ? draft.label('group', value) : draft.text('user.group.name', value)),
  ],
  ['ad_domain', text('user.domain')],
  ['method', text('http.request.method')],
  ['statuscode', number(long('http.response.status_code'))],
  ['url', text('url.original')],
  [
    'server',
    (draft, value) => {
      draft.text('url.domain', value);
      draft.text('destination.domain', value);
    },
  ],
  ['ua', text('user_agent.original')],
  ['application', lower('network.application')],
  ...named('categoryname category_name', text('rule.category')),
  ['country', text('destination.geo.country_name')],
  ['filename', text('file.name')],
  ...named('virus threatname', text('event.reason')),
  ['sid', ofSnort('sid', 'rule.id')],
  ['class', ofSnort('class', 'rule.category')],
  ...named('reason error', first('event.reason', text('event.reason'))),
  ['signame', first('event.reason', text('event.reason'))],
]);
