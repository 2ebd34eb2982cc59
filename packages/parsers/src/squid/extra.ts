import type { EventDraft } from '../event/draft.ts';
import { canonicalIp } from '../values/ip.ts';
import { canonicalMac } from '../values/mac.ts';

/** squid.conf, `ssl_bump`: what `%ssl::bump_mode` writes. */
const BUMP = new Set(['bump', 'peek', 'splice', 'stare', 'terminate', 'client-first', 'server-first']);
const HOST = /^[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}$/;
const HEADER = /(?:^|[[ ]|\\r\\n|%0D%0A)(User-Agent|Referer): (.{1,1024}?)(?=\\r\\n|%0D%0A|\]|$)/g;

/**
 * Words behind the type, of formats of one's own: the client's MAC (`%>eui`), how TLS was treated and the name it asked for
 * (`%ssl::bump_mode %ssl::>sni`), the headers of `squidmime`.
 */
export function setExtra(draft: EventDraft, words: readonly string[]): void {
  if (words.length === 0) return;
  const whole = words.join(' ');
  draft.label('extra', whole);
  const mac = words.find((word) => word.length === 17 && canonicalMac(word) !== undefined);
  if (mac !== undefined && !draft.has('source.mac')) draft.mac('source.mac', mac);
  const bump = words.findIndex((word) => BUMP.has(word));
  if (bump >= 0) {
    draft.label('ssl_bump', words[bump]);
    const name = words[bump + 1];
    if (name !== undefined && HOST.test(name) && canonicalIp(name) === undefined) {
      draft.label('sni', name);
      if (!draft.has('destination.domain')) draft.text('destination.domain', name);
    }
  }
  if (!whole.includes(': ')) return;
  for (const [, header, value] of whole.slice(0, 4096).matchAll(HEADER)) {
    if (header === 'Referer') draft.label('referrer', value);
    else if (!draft.has('user_agent.original')) draft.text('user_agent.original', value);
  }
}
