import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { account } from '../event/setters.ts';

const ADDRESS = String.raw`[\da-fA-F.:]{2,45}`;
const REJECTED = new RegExp(
  String.raw`^Authentication is rejected for (\S{1,128}) \(client ip ?: ?(${ADDRESS}) {0,4}, vserver ip ?: ?(${ADDRESS})`,
);
const AUTHORIZED = new RegExp(
  String.raw`^SSLVPN Mux Authorize result is (Allow|Deny),(?: User <([^>]{1,128})>,)? Srcip: (${ADDRESS}), Dstip: (${ADDRESS})(?:, denied_by_policy: ([\w.-]{1,128}))?`,
);
const SIGNED_ON = new RegExp(String.raw`^SSO \w{1,64}: user (\S{1,128}) clientip (${ADDRESS}) request: (\S{1,1024})`);

/** Events whose name is "Message" say in words what they are: sign-ins refused, packets of tunnels, pages of single sign-on. Others keep their text. */
export function readMessage(said: string, draft: EventDraft): void {
  const text = said.slice(0, 2048).replace(/^"{1,2}/, '');
  const rejected = REJECTED.exec(text);
  if (rejected) {
    setKind(draft, 'authentication', 'start', 'login_failed', 'failure');
    account(draft, rejected[1] as string);
    draft.ip('source.ip', rejected[2]);
    draft.ip('destination.ip', rejected[3]);
    return;
  }
  const packet = AUTHORIZED.exec(text);
  if (packet) {
    setKind(draft, 'network', packet[1] === 'Allow' ? 'allowed' : 'denied', packet[1] as string);
    if (packet[2] !== undefined) account(draft, packet[2]);
    draft.ip('source.ip', packet[3]);
    draft.ip('destination.ip', packet[4]);
    draft.text('rule.name', packet[5]);
    return;
  }
  const page = SIGNED_ON.exec(text);
  if (!page) return;
  setKind(draft, 'web', 'info', 'sso');
  account(draft, page[1] as string);
  draft.ip('source.ip', page[2]);
  draft.text('url.original', page[3]);
  draft.text('url.path', page[3]?.split('?', 1)[0]);
}
