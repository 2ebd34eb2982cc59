import type { PartHealth } from '@logmaster/core/api/health';
import { becauseOf, type HealthReason } from '@logmaster/core/api/health-reasons';
import type { MailSettings } from '@logmaster/core/config/mail-settings';
import { openMailTransport } from './open-transport.ts';

const TLS_CODE = /CERT|SELF_SIGNED|UNABLE_TO|ERR_SSL|ERR_TLS|EPROTO$/;

/** nodemailer's codes; a reply code (RFC 5321 § 4.2) with EPROTOCOL is a mail server that says no for now. */
function reasonOf(error: unknown): HealthReason {
  if (!(error instanceof Error)) return 'MAIL_AWAY';
  const { code = '', responseCode } = error as Error & { code?: string; responseCode?: number };
  const cause = error.cause instanceof Error ? ((error.cause as NodeJS.ErrnoException).code ?? '') : '';
  if (code === 'EAUTH') return 'MAIL_REFUSED';
  if (
    code === 'ETLS' ||
    TLS_CODE.test(code) ||
    TLS_CODE.test(cause) ||
    /certificate|SSL routines/i.test(error.message)
  ) {
    return 'MAIL_TLS';
  }
  return code === 'EPROTOCOL' && responseCode === undefined ? 'MAIL_OTHER_SERVER' : 'MAIL_AWAY';
}

/** Whether mails could be sent now: connected, encrypted, signed in. Nothing is sent. */
export async function checkMail(settings: MailSettings, timeoutMs: number): Promise<Omit<PartHealth, 'name'>> {
  const transport = await openMailTransport(settings, { timeoutMs });
  try {
    await transport.verify();
    return { state: 'ok' };
  } catch (error) {
    return { state: 'down', ...becauseOf(reasonOf(error)) };
  } finally {
    transport.close();
  }
}
