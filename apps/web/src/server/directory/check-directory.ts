import type { PartHealth } from '@logmaster/core/api/health';
import { becauseOf, type HealthReason } from '@logmaster/core/api/health-reasons';
import type { LdapSettings } from '@logmaster/core/config/ldap-settings';
import { withDirectory } from './with-directory.ts';

/** RFC 4511 § 4.1.9, by the names ldapts gives them. */
const BY_ERROR: Readonly<Record<string, HealthReason>> = {
  InvalidCredentialsError: 'LDAP_REFUSED',
  InappropriateAuthError: 'LDAP_REFUSED',
  // Active Directory's word for a question before a bind.
  OperationsError: 'LDAP_REFUSED',
  UnwillingToPerformError: 'LDAP_REFUSED',
  NoSuchObjectError: 'LDAP_NO_BASE',
  InsufficientAccessError: 'LDAP_NO_BASE',
  InvalidDNSyntaxError: 'LDAP_NO_BASE',
  ConfidentialityRequiredError: 'LDAP_TLS',
  StrongAuthRequiredError: 'LDAP_TLS',
  TLSNotSupportedError: 'LDAP_TLS',
  ProtocolError: 'LDAP_TLS',
};
/** Of node:tls: a certificate that can't be trusted, or no TLS at the other end. */
const TLS_CODE = /CERT|SELF_SIGNED|UNABLE_TO|ERR_SSL|ERR_TLS|EPROTO/;

function reasonOf(error: unknown): HealthReason {
  if (!(error instanceof Error)) return 'LDAP_AWAY';
  const known = BY_ERROR[error.name] ?? BY_ERROR[error.constructor.name];
  if (known) return known;
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' && TLS_CODE.test(code) ? 'LDAP_TLS' : 'LDAP_AWAY';
}

/** Whether people could be looked up now: connected, encrypted, signed in, and the base entry can be read. */
export async function checkDirectory(settings: LdapSettings, timeoutMs: number): Promise<Omit<PartHealth, 'name'>> {
  try {
    const { searchEntries } = await withDirectory(settings, { timeoutMs }, (client) =>
      client.search(settings.baseDn, { scope: 'base', attributes: ['1.1'] }),
    );
    return searchEntries.length > 0 ? { state: 'ok' } : { state: 'down', ...becauseOf('LDAP_NO_BASE') };
  } catch (error) {
    return { state: 'down', ...becauseOf(reasonOf(error)) };
  }
}
