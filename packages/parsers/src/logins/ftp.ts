import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { setPeer } from './sshd.ts';

/** `[pid 12] [ayse] FAIL LOGIN: Client "203.0.113.9"`; syslog has neither the process nor its brackets. */
const VSFTPD =
  /^(?:\[pid \d{1,10}\] )?(?:\[([^\]]{1,128})\] )?(CONNECT|(?:OK|FAIL) [A-Z]{2,16}|FTP response): Client "([\da-fA-F.:]{2,45})"(?:, "([^"]{0,1024})")?(?:, (\d{1,16}) bytes)?/;
/** vsftpd's own file, whose time the header has read. */
export const VSFTPD_FILE = /\[pid \d{1,10}\] (?:\[[^\]]{1,128}\] )?(?:CONNECT|OK|FAIL|FTP) ?[\w ]{0,16}: Client "/y;

/** vsftpd (logging.c). */
export function readVsftpd(text: string, draft: EventDraft): boolean {
  const m = VSFTPD.exec(text);
  if (!m) return false;
  const [, user, words = '', address, quoted, bytes] = m;
  draft.event['network.protocol'] = 'ftp';
  const failed = words.startsWith('FAIL');
  const word = words.replace(/^(?:OK|FAIL) /, '').toLowerCase();
  if (word === 'login') setKind(draft, 'authentication', 'start', 'login', failed ? 'failure' : 'success');
  else if (word === 'connect') setKind(draft, 'network', 'info', 'connection');
  else if (word === 'ftp response') setKind(draft, 'network', 'info', 'response');
  else setKind(draft, 'file', 'info', word, failed ? 'failure' : 'success');
  draft.text('user.name', user);
  setPeer(draft, address, undefined);
  draft.text(draft.event['event.category'] === 'file' ? 'file.name' : 'event.reason', quoted);
  draft.label('bytes', bytes);
  return true;
}

/** ProFTPD's own file: `proftpd[12] gw (pc[203.0.113.9]): USER root …`. */
export const PROFTPD_FILE = /proftpd\[\d{1,10}\] (?=[\w.:-]{1,255} \([\w.:-]{0,255}\[)/y;
/** `gw (pc[203.0.113.9]) - USER root (Login failed): Incorrect password`, `… - FTP session opened.` */
const PROFTPD = /^[\w.:-]{1,255} \([\w.:-]{0,255}\[([\da-fA-F.:]{2,45})\]\)(?: -|:) (.{1,512})$/;
const PROFTPD_USER =
  /^(?:(?:USER|ANON) (.{1,128}?)(?: \(Login failed\))?: (Login successful|no such user found|.{1,128}?)(?: from [^ ]{1,255} \[[\da-fA-F.:]{2,45}\] to ([\da-fA-F.:]{2,45}):(\d{1,5}))?|FTP session (opened|closed)|(SECURITY VIOLATION|Maximum login attempts) ?.{0,128}?)\.? ?$/;

/** ProFTPD (mod_auth.c, main.c). */
export function readProftpd(text: string, draft: EventDraft): boolean {
  const peer = PROFTPD.exec(text);
  const m = peer ? PROFTPD_USER.exec(peer[2] as string) : null;
  if (!peer) return false;
  draft.event['network.protocol'] = 'ftp';
  setPeer(draft, peer[1], undefined);
  if (!m) return true;
  const [, user, words, address, port, session, refused] = m;
  if (session !== undefined) {
    // It opens before anybody has logged in.
    if (session === 'opened') setKind(draft, 'network', 'info', 'session opened');
    else setKind(draft, 'authentication', 'end', 'session closed');
    return true;
  }
  const done = words === 'Login successful';
  setKind(draft, 'authentication', 'start', 'login', done ? 'success' : 'failure');
  draft.text('user.name', user);
  draft.text('event.reason', done ? undefined : (words ?? refused));
  draft.ip('destination.ip', address);
  draft.port('destination.port', port);
  return true;
}

/** `(?@203.0.113.9) [WARNING] Authentication failed for user [root]` */
const PUREFTPD = /^\(([^@]{1,128})@([\w.:-]{1,255})\) \[[A-Z]{3,8}\] (.{1,1024})$/;
const PUREFTPD_SAID =
  /^(?:(Authentication failed) for user \[(.{0,128})\]|(.{1,128}) is now logged in|(New connection) from |(Logout)|(.{1,900}) (uploaded|downloaded|deleted) {1,2}\((\d{1,16}) bytes)/;

/** Pure-FTPd (messages_en.h). */
export function readPureFtpd(text: string, draft: EventDraft): boolean {
  const head = PUREFTPD.exec(text);
  if (!head) return false;
  draft.event['network.protocol'] = 'ftp';
  draft.text('user.name', head[1] === '?' ? undefined : head[1]);
  setPeer(draft, head[2], undefined);
  const m = PUREFTPD_SAID.exec(head[3] as string);
  if (!m) return true;
  const [, failed, user, logged, connection, logout, file, action, bytes] = m;
  if (failed !== undefined) setKind(draft, 'authentication', 'start', 'login', 'failure');
  else if (logged !== undefined) setKind(draft, 'authentication', 'start', 'login', 'success');
  else if (logout !== undefined) setKind(draft, 'authentication', 'end', 'logout');
  else if (connection !== undefined) setKind(draft, 'network', 'info', 'connection');
  else setKind(draft, 'file', 'info', action as string, 'success');
  draft.text('user.name', user ?? logged);
  draft.text('file.name', file);
  draft.label('bytes', bytes);
  return true;
}
