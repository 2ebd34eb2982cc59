import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';

/** `/index.php: Successful login for user 'admin' from: 10.0.0.5 (Local Database)` */
const LOGIN =
  /(Successful login|User logged out|Session timed out|(?:webConfigurator|Web GUI) authentication error) for (?:user )?'([^']{0,128})' from:? ?([\da-fA-F.:]{2,45})?(?: \(([^)]{1,128})\))?/;
/** OPNsense: `user root authenticated successfully for WebGui [using …]`, `user 'root' could not authenticate for …` */
const AUTHENTICATED =
  /^user '?([^' ]{1,128})'? (authenticated successfully|could not authenticate|logged out) ?(?:for )?([\w.-]{0,64})/;
/** `Configuration Change: admin@10.0.0.5 (Local Database): Firewall: Rules - edited a firewall rule.` */
const PFSENSE_CHANGE = /Configuration Change: ([^@]{1,128})@([\da-fA-F.:]{2,45})(?: \(([^)]{1,128})\))?: (.{1,512})/;
/** `user root@10.0.0.5 changed configuration to /conf/backup/config-….xml in /firewall_rules_edit.php …` */
const OPNSENSE_CHANGE =
  /^user ([^@]{1,128})@([\da-fA-F.:]{2,45}) changed configuration to (\S{1,255})(?: in (\S{1,255}))?/;

/** Logins and changes in the web interface (php-fpm of pfSense, audit and configd of OPNsense). */
export function readWebInterface(text: string, draft: EventDraft): boolean {
  return readLogin(text, draft) || readChange(text, draft);
}

function readLogin(text: string, draft: EventDraft): boolean {
  const login = LOGIN.exec(text);
  if (login) {
    const said = login[1] as string;
    const ended = said === 'User logged out' || said === 'Session timed out';
    const failed = said.endsWith('error');
    if (ended) setKind(draft, 'authentication', 'end', said === 'User logged out' ? 'logout' : 'timeout');
    else setKind(draft, 'authentication', 'start', 'login', failed ? 'failure' : 'success');
    draft.text('user.name', login[2]);
    draft.ip('source.ip', login[3]);
    draft.label('authentication', login[4]);
    draft.text('network.protocol', 'https');
    return true;
  }
  const user = AUTHENTICATED.exec(text);
  if (!user) return false;
  if (user[2] === 'logged out') setKind(draft, 'authentication', 'end', 'logout');
  else {
    const failed = user[2] === 'could not authenticate';
    setKind(draft, 'authentication', 'start', 'login', failed ? 'failure' : 'success');
  }
  draft.text('user.name', user[1]);
  draft.label('service', user[3]);
  return true;
}

function readChange(text: string, draft: EventDraft): boolean {
  const change = PFSENSE_CHANGE.exec(text) ?? OPNSENSE_CHANGE.exec(text);
  if (!change) return false;
  setKind(draft, 'configuration', 'change', 'configuration change');
  draft.text('user.name', change[1]);
  draft.ip('source.ip', change[2]);
  draft.text('event.reason', change[4] ?? change[3]);
  return true;
}
