import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { setUrl } from '../event/url.ts';

const ADDRESS = String.raw`[\da-fA-F.:]{2,45}`;
const FIREWALL = new RegExp(String.raw`^(${ADDRESS}) (\d{1,12}-PPE\d{1,3}) [\w+/=-]{1,64} (\S{1,128}) (.{1,1024})$`);
const VERDICT = /<((?:not )?blocked|transformed|logged)>\s{0,4}$/i;

/** Client, transaction, session or `-`, profile: `203.0.113.66 392811-PPE0 - profile Disallow Illegal URL: http://… <blocked>` */
export function readFirewall(said: string, draft: EventDraft): void {
  const m = FIREWALL.exec(said.slice(0, 2048));
  const verdict = (VERDICT.exec(said.slice(-32))?.[1] ?? '').toLowerCase();
  setKind(draft, 'intrusion_detection', verdict === 'blocked' ? 'denied' : 'allowed', verdict === '' ? 'log' : verdict);
  if (!m) return;
  draft.ip('source.ip', m[1]);
  draft.label('transaction', m[2]);
  draft.text('rule.name', m[3]);
  const words = (m[4] as string).replace(VERDICT, '').trim();
  const url = /https?:\/\/[^\s<>]{1,1024}/.exec(words)?.[0];
  draft.text('event.reason', words);
  if (url !== undefined) setUrl(draft, url);
}

const REQUEST = /(?: ?- |: )(GET|POST|PUT|HEAD|DELETE|OPTIONS|PATCH|CONNECT|TRACE) (\S{1,2048})/;
const SITE = /(?:SessionId: ?\d{1,12} ?- |^(?:\[[A-Z_]{1,32}\]){1,4} )([\w.-]{1,253}) User /;

/** `Context ayse@203.0.113.9 - SessionId: 74999 - portal.example User ayse : Group(s) N/A : Vserver a:443 - … GET /path - -` */
export function readRequest(said: string, draft: EventDraft): void {
  draft.event['event.category'] = 'web';
  const m = REQUEST.exec(said);
  const site = SITE.exec(said)?.[1];
  draft.text('http.request.method', m?.[1]);
  draft.text('url.domain', site);
  draft.text('url.original', m?.[2]);
  draft.text('url.path', m?.[2]?.split('?', 1)[0]);
  const user = / User (\S{1,128}) :/.exec(said)?.[1];
  if (user !== undefined) draft.text('user.name', user);
  const front = /: Vserver \[?([\da-fA-F.:]{2,45}?)\]?:(\d{1,5}) /.exec(said);
  draft.ip('destination.ip', front?.[1]);
  draft.port('destination.port', front?.[2]);
}
