import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { canonicalIp } from '../values/ip.ts';

/** `XAUTH: User ayse: Authentication Failed: Incorrect Username or Password` */
const XAUTH_USER =
  /^XAUTH: User ([^:]{1,128}): (Attempting to login|Authentication (?:Successful|Failed))(?:: (.{1,200}))?/i;
/** `XAUTH: PAM authentication method requested to authenticate user 'ayse'`, and what became of it in newer releases. */
const XAUTH_METHOD =
  /^XAUTH: (\w{1,16}).{1,64}? user '?([^' ]{1,128})'?(?:.{0,64}? (?:with status |and result )'?(SUCCESS|FAIL\w{0,4}))?/i;
/** `Peer ID is ID_FQDN: '@gw'`, `IKEv2 mode peer ID is ID_USER_FQDN: 'ayse@example.net'` */
const PEER_ID = /^(?:.{0,24}?peer|responder|initiator) ID is (ID_\w{1,24}): ['"]([^'"]{1,255})['"]/i;
const CERTIFICATE = /certificate '([^']{1,255})'/;
const METHOD =
  /authenticated (?:(?:peer )?using |peer )(?:'([^']{1,64})'|(authby=\w{1,32})|([\w .#+-]{1,64}?)(?= and (?:peer|preloaded)))/;
const REFUSED =
  /AUTHENTICATION_FAILED|NO_PROPOSAL_CHOSEN|INVALID_ID_INFORMATION|TS_UNACCEPTABLE|INVALID_KEY_INFORMATION|authentication failed|no connection has been authorized|(?:certificate|signature).{0,64}?(?:rejected|invalid|expired|revoked|failed)|no acceptable proposal|no suitable connection/i;

/** Who the peer says it is, how that was proved, and what was refused. */
export function readPlutoAuthentication(said: string, draft: EventDraft): boolean {
  return readXauth(said, draft) || readIdentity(said, draft) || readRefusal(said, draft);
}

function readXauth(said: string, draft: EventDraft): boolean {
  const user = XAUTH_USER.exec(said);
  const method = user ? null : XAUTH_METHOD.exec(said);
  if (!user && !method) return false;
  const word = (user?.[2] ?? method?.[3] ?? '').toLowerCase();
  const failed = word.includes('fail');
  const done = failed || word.includes('success');
  setKind(
    draft,
    'authentication',
    done ? 'start' : 'info',
    done ? 'login' : 'attempt',
    done ? (failed ? 'failure' : 'success') : undefined,
  );
  draft.text('user.name', user?.[1] ?? method?.[2]);
  draft.text('event.reason', user?.[3]);
  draft.label('method', method?.[1]?.toLowerCase());
  return true;
}

function readIdentity(said: string, draft: EventDraft): boolean {
  const peer = PEER_ID.exec(said);
  if (peer) {
    setKind(draft, 'authentication', 'info', 'peer id');
    draft.label('id_type', peer[1]);
    setIdentity(draft, peer[2] as string);
    return true;
  }
  const at = said.indexOf('authenticated ');
  if (at < 0 || at > 128) return false;
  const proof = said.slice(at, at + 600);
  if (!draft.has('event.outcome')) setKind(draft, 'authentication', 'start', 'authenticated', 'success');
  const method = METHOD.exec(proof);
  draft.label('method', method?.[1] ?? method?.[2] ?? method?.[3]);
  const certificate = CERTIFICATE.exec(proof)?.[1];
  if (certificate !== undefined) setIdentity(draft, certificate);
  return true;
}

/** A name's own part is the user: `ayse` of `CN=ayse, O=Example`, `gw` of `@gw`. An address is nobody's name. */
function setIdentity(draft: EventDraft, identity: string): void {
  draft.label('peer_id', identity);
  if (canonicalIp(identity) !== undefined) return;
  const common = /(?:^|[,/ ])CN ?= ?([^,/]{1,128})/.exec(identity)?.[1];
  if (common !== undefined) draft.text('user.name', common.trim());
  else if (!identity.includes('=')) draft.text('user.name', identity.replace(/^@/, ''));
}

function readRefusal(said: string, draft: EventDraft): boolean {
  const m = REFUSED.exec(said.slice(0, 400));
  if (!m) return false;
  setKind(draft, 'authentication', 'start', 'authentication', 'failure');
  draft.text('event.reason', said.slice(0, 200));
  return true;
}
