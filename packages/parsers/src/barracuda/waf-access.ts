import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { addTotals } from '../event/totals.ts';
import { canonicalIp } from '../values/ip.ts';

const NUMBER = /^\d{1,16}$/;
/** Words from the method to the session's id, before the kind of response. */
const BEFORE = 13;

/**
 * Access log ("Log Formats", campus.barracuda.com): `TR <application> <port> <client> <port> <login> <certificate> <method>
 * <protocol> <host> <version> <status> <sent> <received> <cache> <ms> <server> <port> <ms> <session> <INTERNAL|SERVER>
 * <profile> <protected> <valid> <url> <query> <referrer> <cookie> "<agent>" <proxy> <port> <user> …`. Names of people may
 * hold blanks, so that the parts are counted from the kind of response.
 */
export function readAccess(words: readonly string[], draft: EventDraft): boolean {
  const kind = words.findIndex((word, i) => i > BEFORE && (word === 'INTERNAL' || word === 'SERVER'));
  // The session's id may be empty.
  const session = NUMBER.test(words[kind - 1] ?? '') ? 0 : 1;
  const first = kind - BEFORE + 1 - session;
  if (kind < 0 || first < 5) return false;
  const [, application, applicationPort, client, clientPort] = words;
  draft.ip('source.ip', client);
  draft.port('source.port', clientPort);
  draft.ip('destination.ip', application);
  draft.port('destination.port', applicationPort);
  const [method, protocol, host, , status, sent, received, , took, server, serverPort] = words.slice(first);
  draft.text('http.request.method', method);
  draft.lower('network.protocol', protocol === 'HTTP' ? 'http' : 'https');
  draft.text('url.domain', host?.replace(/^\[|\]$/g, ''));
  draft.long('http.response.status_code', status === '0' ? undefined : status);
  // Counted at the firewall: what it sent, the client has got.
  draft.long('destination.bytes', sent);
  draft.long('source.bytes', received);
  if (NUMBER.test(took ?? '')) draft.duration(Number(took) * 1_000_000);
  if (server !== application && canonicalIp(server ?? '') !== undefined && server !== '0.0.0.0') {
    draft.ip('destination.nat.ip', server);
    draft.port('destination.nat.port', serverPort);
  }
  const [response, profile, protection, verdict, path, query] = words.slice(kind);
  const denied = response === 'INTERNAL' && verdict === 'INVALID' && protection === 'PROTECTED';
  setKind(draft, 'web', denied ? 'denied' : 'allowed', (verdict ?? 'access').toLowerCase());
  for (const [name, value] of Object.entries({ response, profile, protection })) draft.label(name, value);
  draft.text('url.path', path);
  if (path !== undefined) draft.text('url.original', query === '-' || query === undefined ? path : `${path}?${query}`);
  readClient(words, kind + 6, draft);
  const [login = '-', certificate] = [words[5], words.slice(6, first).join(' ')];
  draft.text('user.name', login === '-' ? certificate : login);
  addTotals(draft);
  return true;
}

/** The browser stands before the proxy's address and port, the person behind them. */
function readClient(words: readonly string[], from: number, draft: EventDraft): void {
  const at = words.findIndex(
    (word, i) =>
      i > from && canonicalIp(words[i + 1] ?? '') !== undefined && NUMBER.test(words[i + 2] ?? '') && word !== '',
  );
  const agent = at < 0 ? undefined : words[at]?.replace(/^"|"$/g, '');
  if (agent !== 'Unknown') draft.text('user_agent.original', agent);
  const proxy = at < 0 ? undefined : words[at + 1];
  if (proxy !== words[3]) draft.label('proxy_ip', proxy);
  const person = at < 0 ? undefined : words[at + 3];
  if (person !== undefined && /^[\w.@\\-]{2,128}$/.test(person)) draft.text('user.name', person);
}
