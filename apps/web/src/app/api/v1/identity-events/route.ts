import { identityEventsSchema } from '@logmaster/core/api/identity-events';
import { AppError } from '@logmaster/core/errors';
import { clientAddress } from '../../../../server/auth/client-address.ts';
import { respondToToken } from '../../../../server/rest/authenticated.ts';
import { readBody } from '../../../../server/rest/body.ts';
import { json } from '../../../../server/rest/respond.ts';
import { tellIdentityEvents } from '../../../../server/services/identity/tell-identity-events.ts';

/** 500 events of all fields at their longest. */
const MAX_BYTES = 2_000_000;

export function POST(request: Request): Promise<Response> {
  return respondToToken(request, 'identity:write', async ({ deps }, user) => {
    const key = idempotencyKey(request);
    const { events } = await readBody(request, identityEventsSchema, MAX_BYTES);
    const from = clientAddress(request.headers.get('x-forwarded-for'), deps.proxies);
    return json(await tellIdentityEvents(deps, user, { events, key, from }));
  });
}

function idempotencyKey(request: Request): string | undefined {
  const key = request.headers.get('idempotency-key') ?? undefined;
  if (key === undefined || /^[\x21-\x7e]{1,128}$/.test(key)) return key;
  throw new AppError('INVALID_INPUT', { detail: 'Idempotency-Key: 1 to 128 visible ASCII characters' });
}
