import { setKind } from '../event/kind.ts';
import { setUrl } from '../event/url.ts';
import { readWhen } from '../time/read-when.ts';
import type { VendorParser } from '../vendor.ts';
import { splitWords } from './waf-words.ts';

const PROGRAMS = new Set(['http_scan', 'httpscan']);
const HEAD = /\d{10,13} \d{1,4} [\da-fA-F.:]{2,45} [\da-fA-F.:]{2,45} \S{1,128} /y;
const PERSON = /^(?:ldap\d{0,3}:|ntlm\d{0,3}:)?([\w.@\\-]{1,128})$/i;

/**
 * Barracuda Web Security Gateway ("Syslog and the Barracuda Web Security Gateway"): `<epoch> 1 <source> <destination> <type>
 * <source> <url> <bytes> <md5> <action> <reason> …`, the person before the address of the page that led there.
 */
export const barracudaWebParser: VendorParser = {
  name: 'barracuda_web',

  recognises({ text, messageAt, header }) {
    if (header.appname === undefined || !PROGRAMS.has(header.appname)) return false;
    HEAD.lastIndex = messageAt;
    return HEAD.test(text);
  },

  read({ text, messageAt }, draft) {
    const { event } = draft;
    event['event.dataset'] = 'barracuda.web';
    event['observer.vendor'] = 'Barracuda';
    event['observer.product'] = 'Web Security Gateway';
    event['observer.type'] = 'proxy';
    const [time = '', , source, destination, type, , url = '', size, hash, action = '', reason, ...rest] = splitWords(
      text,
      messageAt,
    );
    setKind(draft, 'web', action === 'BLOCKED' ? 'denied' : 'allowed', action);
    draft.ip('source.ip', source);
    draft.ip('destination.ip', destination);
    draft.label('content_type', type);
    setUrl(draft, url);
    draft.long('destination.bytes', size);
    draft.label('md5', hash);
    draft.text('event.reason', reason);
    const group = rest.findIndex((word) => word.startsWith('(') && word.endsWith(')'));
    draft.text('rule.category', rest[group + 7]);
    const person = PERSON.exec(rest[group + 8] ?? '')?.[1];
    if (group >= 0 && person !== undefined && person !== 'ANON') draft.text('user.name', person);
    return readWhen(time);
  },
};
