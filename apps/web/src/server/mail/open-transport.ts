import type { MailSettings } from '@logmaster/core/config/mail-settings';
import type { Transporter } from 'nodemailer';

/**
 * Connections to the mail server, encrypted as the settings say. The caller closes it. The library is loaded at the first
 * call: most installations send no mail.
 */
export async function openMailTransport(
  { host, port, implicitTls, startTls, auth, ca }: MailSettings,
  { timeoutMs }: { readonly timeoutMs: number },
): Promise<Transporter> {
  const { createTransport } = await import('nodemailer');
  return createTransport({
    host,
    port,
    secure: implicitTls,
    requireTLS: !implicitTls && startTls === 'required',
    ignoreTLS: startTls === 'off',
    ...(auth ? { auth: { ...auth } } : {}),
    ...(ca === undefined ? {} : { tls: { ca } }),
    dnsTimeout: timeoutMs,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
  });
}
