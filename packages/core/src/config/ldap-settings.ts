import type { z } from 'zod';
import { configFault, isLoopback, readCertificates } from './config-fault.ts';
import type { ldapEnvironment } from './fragments.ts';

/** A directory and the account LogMaster reads it with. */
export interface LdapSettings {
  readonly url: string;
  /** An `ldap://` connection is upgraded before anything else is said (RFC 4511 § 4.14). */
  readonly startTls: boolean;
  /** PEM; undefined: the public authorities. */
  readonly ca: string | undefined;
  readonly bind: { readonly dn: string; readonly password: string } | undefined;
  readonly baseDn: string;
}

type Environment = z.infer<typeof ldapEnvironment>;

function bindOf({ LDAP_BIND_DN: dn, LDAP_BIND_PASSWORD: password }: Environment): LdapSettings['bind'] {
  if (dn !== undefined && password !== undefined) return { dn, password };
  if (dn === undefined && password === undefined) return undefined;
  // RFC 4513 § 5.1.2: a name without a password binds as nobody and looks like success.
  throw configFault(
    dn === undefined
      ? 'LDAP_BIND_PASSWORD is given without LDAP_BIND_DN: add the name of the account'
      : 'LDAP_BIND_DN is given without a password: add LDAP_BIND_PASSWORD or LDAP_BIND_PASSWORD_FILE',
  );
}

/** Undefined when no directory is configured. CONFIG_INVALID for variables that contradict each other. */
export function ldapSettings(environment: Environment): LdapSettings | undefined {
  const { LDAP_URL, LDAP_STARTTLS, LDAP_CA_FILE, LDAP_BASE_DN } = environment;
  const bind = bindOf(environment);
  if (LDAP_URL === undefined) {
    if (bind === undefined && LDAP_BASE_DN === undefined && LDAP_CA_FILE === undefined) return undefined;
    throw configFault('LDAP_… is given without LDAP_URL: say where the directory is');
  }
  if (LDAP_BASE_DN === undefined) {
    throw configFault('LDAP_URL needs LDAP_BASE_DN, the entry below which people and groups are: dc=example,dc=org');
  }
  const url = new URL(LDAP_URL);
  const ldaps = url.protocol === 'ldaps:';
  if (ldaps && LDAP_STARTTLS) {
    throw configFault(
      'LDAP_STARTTLS is for ldap://; with ldaps:// the connection is encrypted from its start: leave it out',
    );
  }
  const encrypted = ldaps || LDAP_STARTTLS;
  if (bind !== undefined && !encrypted && !isLoopback(url.hostname)) {
    throw configFault('LDAP_URL: the password would travel unencrypted; use ldaps:// or LDAP_STARTTLS=true');
  }
  if (LDAP_CA_FILE !== undefined && !encrypted) {
    throw configFault('LDAP_CA_FILE is given, but the connection is not encrypted; use ldaps:// or LDAP_STARTTLS=true');
  }
  const ca = LDAP_CA_FILE === undefined ? undefined : readCertificates('LDAP_CA_FILE', LDAP_CA_FILE);
  return { url: LDAP_URL, startTls: LDAP_STARTTLS, ca, bind, baseDn: LDAP_BASE_DN };
}
