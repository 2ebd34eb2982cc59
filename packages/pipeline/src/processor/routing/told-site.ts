import { IDENTITY_RECORD } from '@logmaster/core/api/identity-events';
import { slugSchema } from '@logmaster/core/names';

/**
 * The site that a record of an identity event names, undefined where it names none. Only for records that came by web's own
 * port (transport `internal`): web has held the site against its token before (decision 109).
 */
export function toldSite(raw: Buffer): string | undefined {
  const text = raw.toString('utf8');
  if (!text.startsWith(IDENTITY_RECORD)) return undefined;
  const told = parsed(text.slice(IDENTITY_RECORD.length));
  const site = typeof told === 'object' && told !== null && 'site' in told ? told.site : undefined;
  return slugSchema.safeParse(site).data;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // No JSON names no site; the parser says so of the record.
    return undefined;
  }
}
