import type { z } from 'zod';
import { configFault, isLoopback, readCertificates } from './config-fault.ts';
import type { mailEnvironment } from './fragments.ts';

/** The mail server and in whose name LogMaster writes. */
export interface MailSettings {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (`smtps://`, RFC 8314). */
  readonly implicitTls: boolean;
  /** RFC 3207, for `smtp://`. */
  readonly startTls: 'required' | 'offered' | 'off';
  readonly auth: { readonly user: string; readonly pass: string } | undefined;
  /** PEM; undefined: the public authorities. */
  readonly ca: string | undefined;
  readonly from: string;
}

type Environment = z.infer<typeof mailEnvironment>;

/** RFC 6409 § 3.1 and RFC 8314 § 7.3. */
const SUBMISSION_PORT = 587;
const SUBMISSIONS_PORT = 465;
/** An address, alone or as `Name <address>`. What is finer is the mail server's to judge. */
const SENDER = /^([^<>\r\n]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/;

function authOf(url: URL, SMTP_PASSWORD: string | undefined): MailSettings['auth'] {
  const user = decodeURIComponent(url.username);
  const inside = url.password === '' ? undefined : decodeURIComponent(url.password);
  if (inside !== undefined && SMTP_PASSWORD !== undefined) {
    throw configFault('SMTP_URL holds a password and SMTP_PASSWORD is given too: keep one of them');
  }
  const pass = inside ?? SMTP_PASSWORD;
  if (user === '' && pass === undefined) return undefined;
  if (user === '') throw configFault('SMTP_PASSWORD needs a user name: write SMTP_URL as smtp://user@host:587');
  if (pass === undefined) {
    throw configFault('SMTP_URL names a user without a password: add SMTP_PASSWORD or SMTP_PASSWORD_FILE');
  }
  return { user, pass };
}

/** Undefined when no mail is sent. CONFIG_INVALID for variables that contradict each other. */
export function mailSettings(environment: Environment): MailSettings | undefined {
  const { SMTP_URL, SMTP_PASSWORD, SMTP_FROM, SMTP_STARTTLS, SMTP_CA_FILE } = environment;
  if (SMTP_URL === undefined) {
    if (SMTP_FROM === undefined && SMTP_PASSWORD === undefined && SMTP_CA_FILE === undefined) return undefined;
    throw configFault('SMTP_… is given without SMTP_URL: say where the mail server is');
  }
  if (SMTP_FROM === undefined)
    throw configFault('SMTP_URL needs SMTP_FROM, the sender of every mail: logs@example.org');
  if (!SENDER.test(SMTP_FROM)) {
    throw configFault('SMTP_FROM: write logs@example.org or LogMaster <logs@example.org>');
  }
  const url = new URL(SMTP_URL);
  const implicitTls = url.protocol === 'smtps:';
  const auth = authOf(url, SMTP_PASSWORD);
  if (auth !== undefined && !implicitTls && SMTP_STARTTLS !== 'required' && !isLoopback(url.hostname)) {
    throw configFault('SMTP_STARTTLS: the password could travel unencrypted; leave it at required, or use smtps://');
  }
  if (SMTP_CA_FILE !== undefined && !implicitTls && SMTP_STARTTLS === 'off') {
    throw configFault('SMTP_CA_FILE is given, but SMTP_STARTTLS=off: the connection is not encrypted');
  }
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (implicitTls ? SUBMISSIONS_PORT : SUBMISSION_PORT),
    implicitTls,
    startTls: SMTP_STARTTLS,
    auth,
    ca: SMTP_CA_FILE === undefined ? undefined : readCertificates('SMTP_CA_FILE', SMTP_CA_FILE),
    from: SMTP_FROM,
  };
}
