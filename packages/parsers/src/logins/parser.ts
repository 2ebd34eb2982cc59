import type { EventDraft } from '../event/draft.ts';
import { findProgram } from '../programs/program.ts';
import type { VendorInput, VendorParser } from '../vendor.ts';
import { readAccounts } from './accounts.ts';
import { isAudit, readAudit } from './audit.ts';
import { readSu, readSudo } from './commands.ts';
import { PROFTPD_FILE, readProftpd, readPureFtpd, readVsftpd, VSFTPD_FILE } from './ftp.ts';
import { readDropbear, readDsm, readLogin, readLogind, readSshguard } from './others.ts';
import { readPam } from './pam.ts';
import { readSshd } from './sshd.ts';

type Reader = (text: string, draft: EventDraft) => boolean;

/** Daemons of every system, whose lines keep their text. */
const SYSTEM = [
  ...['systemd', 'systemd-networkd', 'systemd-resolved', 'systemd-timesyncd', 'systemd-udevd', 'init', 'cron', 'crond'],
  ...['anacron', 'ntpd', 'chronyd', 'rsyslogd', 'syslogd', 'syslog-ng', 'snmpd', 'networkmanager', 'dbus-daemon'],
  ...['polkitd', 'gdm-password', 'lightdm', 'fail2ban.actions', 'auditd', 'newsyslog'],
];

const READERS: readonly (readonly [names: readonly string[], reader: Reader | undefined])[] = [
  [['sshd', 'sshd-session', 'sshd-auth', 'ssh'], readSshd],
  [['sudo'], readSudo],
  [['su', 'su-l'], readSu],
  [['dropbear'], readDropbear],
  [['vsftpd'], readVsftpd],
  [['proftpd'], readProftpd],
  [['pure-ftpd'], readPureFtpd],
  [['sshguard'], readSshguard],
  [['login', 'getty', 'remote'], readLogin],
  [['systemd-logind', 'elogind', 'elogind-daemon'], readLogind],
  [
    ['useradd', 'userdel', 'usermod', 'groupadd', 'groupdel', 'groupmod', 'gpasswd', 'passwd', 'chpasswd'],
    readAccounts,
  ],
  [SYSTEM, undefined],
];
export const PROGRAMS: ReadonlyMap<string, { readonly reader: Reader | undefined }> = new Map(
  READERS.flatMap(([names, reader]) => names.map((name) => [name, { reader }] as const)),
);
const PRODUCTS: ReadonlyMap<string, string> = new Map([
  ...['sshd', 'sshd-session', 'sshd-auth'].map((name) => [name, 'OpenSSH'] as const),
  ['dropbear', 'Dropbear'],
]);
/** `sudo: pam_unix(sudo:session): …` and the like of programs that are not in the table. */
const PAM = /\(?pam_\w{1,32}(?:\)|:|\((?:[\w.+-]{1,48}:)?\w{1,16}\):) /y;

/** One process serves one login: its number stands in the lines of opening and end. */
function setSession({ event }: EventDraft, program: string | undefined, process: string | undefined): void {
  if (event['event.category'] !== 'authentication' || program === undefined || process === undefined) return;
  event['logmaster.session.id'] ??= `${program.startsWith('sshd') ? 'sshd' : program} ${process}`;
}

/** Before Linux-PAM 0.99: `su(pam_unix)[23164]: session opened for user …` */
const OLD_PAM = /([\w.+-]{1,48})\(pam_unix\)(?:\[\d{1,10}\])?: /y;
/** rsyslog's summary of what a program said again: `message repeated 2 times: [ Failed password for …]`. */
const REPEATED = /^message repeated (\d{1,7}) times: \[ ?/;

function unwrapped(said: string, draft: EventDraft): string {
  const m = said.startsWith('message repeated ') ? REPEATED.exec(said) : null;
  if (!m) return said;
  draft.label('repeated', m[1]);
  return said.slice(m[0].length).replace(/\]$/, '');
}

/** sshd's words without their program, as agents and exports have them. */
const BARE_SSHD = /(?:Failed|Accepted) (?:password|publickey|none|keyboard-interactive\/pam) for /y;

/** Synology DSM: `User [admin] from [192.0.2.5] signed in to [DSM] successfully via [password].` */
const DSM = /User \[[^\]]{0,128}\] from \[[^\]]{1,64}\] /y;

function findBare({ text, messageAt, header }: VendorInput) {
  OLD_PAM.lastIndex = messageAt;
  const pam = OLD_PAM.exec(text);
  if (pam) return { name: (pam[1] as string).toLowerCase(), value: { reader: undefined }, at: OLD_PAM.lastIndex };
  VSFTPD_FILE.lastIndex = messageAt;
  if (VSFTPD_FILE.test(text)) return { name: 'vsftpd', value: { reader: readVsftpd }, at: messageAt };
  PROFTPD_FILE.lastIndex = messageAt;
  if (PROFTPD_FILE.test(text)) return { name: 'proftpd', value: { reader: readProftpd }, at: PROFTPD_FILE.lastIndex };
  DSM.lastIndex = messageAt;
  if (DSM.test(text)) return { name: 'dsm', value: { reader: readDsm }, at: messageAt };
  BARE_SSHD.lastIndex = messageAt;
  if (header.appname !== undefined || !BARE_SSHD.test(text)) return undefined;
  return { name: 'sshd', value: { reader: readSshd }, at: messageAt };
}

/** Logins to Linux and BSD systems: sshd, sudo, su, PAM, dropbear, login, logind, auditd. Other lines keep their text. */
export const loginParser: VendorParser = {
  name: 'logins',

  recognises(input) {
    if (findProgram(input, PROGRAMS) || isAudit(input.text, input.messageAt)) return true;
    PAM.lastIndex = input.messageAt;
    return PAM.test(input.text) || findBare(input) !== undefined;
  },

  read(input, draft) {
    const program = findProgram(input, PROGRAMS) ?? findBare(input);
    const said = unwrapped(input.text.slice(program?.at ?? input.messageAt), draft);
    const { event } = draft;
    event['event.dataset'] = `linux.${program?.name ?? 'pam'}`;
    event['event.category'] = 'host';
    event['event.type'] = 'info';
    event['observer.type'] = 'host';
    if (isAudit(input.text, input.messageAt)) return readAudit(input.text, input.messageAt, draft);
    draft.text('observer.product', PRODUCTS.get(program?.name ?? ''));
    if (!readPam(said, draft)) program?.value.reader?.(said, draft);
    setSession(draft, program?.name, input.header.procid);
    return undefined;
  },
};
