import type { EventDraft } from '../event/draft.ts';
import { type FieldTable, first, ip, ipOrName, long, lower, named, port, type Setter, text } from '../event/setters.ts';
import { setUrl } from '../event/url.ts';
import { verdictOf } from '../values/verdict.ts';

/** `WinNT://OFFICE/ayse`, `LDAP://10.0.0.2 OU=Muhasebe,DC=office/Ayşe Yılmaz`, `ayse`. */
export const directoryUser: Setter = (draft, value) => {
  const scheme = value.indexOf('://');
  const slash = value.lastIndexOf('/');
  if (scheme > 0 && slash > scheme + 2) {
    if (value.startsWith('WinNT')) draft.text('user.domain', value.slice(scheme + 3, slash));
    else draft.label('user_path', value.slice(scheme + 3, slash));
    draft.text('user.name', value.slice(slash + 1));
  } else draft.text('user.name', value);
};

const status: Setter = (draft, value) => {
  if (/^[1-5]\d\d$/.test(value)) draft.long('http.response.status_code', value);
};
/** Blanks are written as `_` in the key=value form. */
const agent: Setter = (draft, value) => draft.text('user_agent.original', value.replaceAll('_', ' '));

/** Web Security's SIEM output ("Integrating Web Security with existing SIEM", key-value pairs). Others are labels. */
export const WEB_FIELDS: FieldTable = new Map<string, Setter>([
  ['product_version', text('observer.version')],
  ['action', lower('event.action')],
  ['severity', long('event.severity')],
  ['category', text('rule.category')],
  ['user', directoryUser],
  ['loginID', first('user.name', text('user.name'))],
  ['src_host', ipOrName('source.ip', 'source.domain')],
  ['src_ip', ip('source.ip')],
  ['src_port', port('source.port')],
  ['dst_host', ipOrName('destination.ip', 'destination.domain')],
  ['dst_ip', ip('destination.ip')],
  ['dst_port', port('destination.port')],
  ['bytes_out', long('source.bytes')],
  ['bytes_in', long('destination.bytes')],
  ...named('http_response http_proxy_status_code', first('http.response.status_code', status)),
  ['http_method', text('http.request.method')],
  ['http_user_agent', agent],
  ['reason', text('event.reason')],
  ['policy', text('rule.name')],
  ['file_name', text('file.name')],
]);

/** Category, type and the address's parts, once the pairs are set. */
export function finishWeb(draft: EventDraft, url: string): void {
  const { event } = draft;
  event['event.dataset'] = 'forcepoint.web';
  event['observer.type'] = 'proxy';
  event['event.category'] = 'web';
  const action = event['event.action'] ?? '';
  event['event.type'] = /block|deny|quota exceeded|denied/.test(action) ? 'denied' : (verdictOf(action) ?? 'allowed');
  setUrl(draft, url);
}
