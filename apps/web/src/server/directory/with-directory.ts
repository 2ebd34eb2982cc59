import type { LdapSettings } from '@logmaster/core/config/ldap-settings';
import type { Client } from 'ldapts';

/**
 * Connects to the directory, encrypted where the settings say so, signs in with the reading account, and hangs up when
 * `use` is done. Throws what ldapts throws. The library is loaded at the first call: most installations have no directory.
 */
export async function withDirectory<T>(
  { url, startTls, ca, bind }: LdapSettings,
  { timeoutMs }: { readonly timeoutMs: number },
  use: (client: Client) => Promise<T>,
): Promise<T> {
  const { Client: LdapClient } = await import('ldapts');
  const trust = ca === undefined ? {} : { ca };
  // ldapts speaks TLS from the first byte whenever it is given options for it, whatever the URL says.
  const secure = url.startsWith('ldaps:') ? { tlsOptions: trust } : {};
  const client = new LdapClient({ url, ...secure, timeout: timeoutMs, connectTimeout: timeoutMs });
  try {
    // Without the host the certificate would be held against `localhost`.
    if (startTls) await client.startTLS({ ...trust, host: new URL(url).hostname.replace(/^\[|\]$/g, '') });
    if (bind) await client.bind(bind.dn, bind.password);
    return await use(client);
  } finally {
    await client.unbind();
  }
}
