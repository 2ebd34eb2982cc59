import type { EventDraft } from '../event/draft.ts';
import { setKind, setSignIn } from '../event/kind.ts';
import { account } from '../event/setters.ts';
import { canonicalIp } from '../values/ip.ts';

const ADDRESS = String.raw`[\da-fA-F.:]{2,45}`;
const LOGIN = new RegExp(
  String.raw`\bLogin (?:(?!from\b)(\S{1,128}) )?from (${ADDRESS}?) ?: ?(Allowed|Denied|Failed|Succeeded)`,
  'i',
);
const SESSION =
  /\b(?:user|peer|login)[ =:]{1,3}'?([\w.@\\-]{1,128})'?.{0,64}?\b(succe\w{1,10}|failed|denied|logged (?:in|out)|login|logout)\b/i;

const ACCOUNTING = new RegExp(
  String.raw`Session (\S{1,128}): Accounting (LOGIN|LOGOUT|STOP|START) - user=([\w.@\\-]{1,128}) IP=(${ADDRESS})(?:.{0,128}?\bPeer=(${ADDRESS}))?`,
);

/** The VPN service: who had an address of the tunnel: `Session PGRP-AUTH-ayse: Accounting LOGIN - user=ayse IP=192.168.113.7` */
export function readTunnelUser(said: string, draft: EventDraft): boolean {
  const m = ACCOUNTING.exec(said.slice(0, 512));
  if (!m) return false;
  const out = m[2] === 'LOGOUT' || m[2] === 'STOP';
  setSignIn(draft, !out);
  draft.text('logmaster.session.id', m[1]);
  account(draft, m[3] as string);
  draft.label('assigned_ip', m[4]);
  draft.ip('source.ip', m[5]);
  return true;
}

/** `127.0.0.1:23697 login succeeded: ayse Valid password`, `sshd: notice: Shell (/bin/bash) opened for user root@10.0.0.5:57129 (uid=0)` */
const CONTROL = new RegExp(String.raw`^(${ADDRESS}):(\d{1,5}) login (succeeded|failed|denied): (\S{1,128})`);
const SHELL = new RegExp(
  String.raw`\bShell \([^)]{1,64}\) (opened|closed) for user (\S{1,128})@(${ADDRESS}):(\d{1,5})`,
);
/** `[admin@10.0.0.5_43774]  COMMIT(add) servers/CSC/services/DHCPR` */
const COMMIT = new RegExp(String.raw`^\[([^@\s]{1,128})@(${ADDRESS})_(\d{1,5})\] {1,4}COMMIT\((\w{2,16})\) (.{1,256})`);

/** Sign-ins of the control daemon and of shells, and what administrators commit. */
export function readControl(said: string, draft: EventDraft): boolean {
  const text = said.slice(0, 512);
  const login = CONTROL.exec(text);
  if (login) {
    const word = login[3] as string;
    setKind(draft, 'authentication', 'start', 'login', word === 'succeeded' ? 'success' : 'failure');
    return setClient(draft, login[4] as string, login[1], login[2]);
  }
  const shell = SHELL.exec(text);
  if (shell) {
    setSignIn(draft, shell[1] === 'opened');
    return setClient(draft, shell[2] as string, shell[3], shell[4]);
  }
  const commit = COMMIT.exec(text);
  if (!commit) return false;
  const done = commit[4] as string;
  setKind(
    draft,
    'configuration',
    done === 'add' ? 'creation' : /^(?:del|rem)/.test(done) ? 'deletion' : 'change',
    done,
  );
  draft.label('object', commit[5]);
  return setClient(draft, commit[1] as string, commit[2], commit[3]);
}

function setClient(draft: EventDraft, user: string, address: string | undefined, port: string | undefined): true {
  account(draft, user);
  draft.ip('source.ip', address);
  draft.port('source.port', port);
  return true;
}

/** box_Auth_access and the VPN services: `LOGIN ATTEMPT: phion: Login root from 10.20.0.5: Allowed` */
export function readLogin(said: string, draft: EventDraft): boolean {
  const m = LOGIN.exec(said.slice(0, 512));
  if (m) {
    const word = (m[3] as string).toLowerCase();
    setKind(draft, 'authentication', 'start', word, word === 'allowed' || word === 'succeeded' ? 'success' : 'failure');
    if (m[1] !== undefined) account(draft, m[1]);
    draft.ip('source.ip', m[2]);
    return true;
  }
  const session = SESSION.exec(said.slice(0, 512));
  if (!session) return false;
  const word = (session[2] as string).toLowerCase();
  const out = word === 'logout' || word === 'logged out';
  const failed = word === 'failed' || word === 'denied';
  setKind(draft, 'authentication', out ? 'end' : 'start', word, out ? undefined : failed ? 'failure' : 'success');
  account(draft, session[1] as string);
  const from = new RegExp(`from (${ADDRESS})`).exec(said.slice(0, 512))?.[1]?.replace(/[.:]$/, '');
  if (from !== undefined && canonicalIp(from) !== undefined) draft.ip('source.ip', from);
  return true;
}
