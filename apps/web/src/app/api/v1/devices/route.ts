import { clockOf } from '@logmaster/core/devices';
import type { z } from 'zod';
import { respondToToken } from '../../../../server/rest/authenticated.ts';
import { restDevicesParamsSchema, type restDevicesSchema } from '../../../../server/rest/device-schema.ts';
import { readParameters } from '../../../../server/rest/parameters.ts';
import { json } from '../../../../server/rest/respond.ts';
import { listDevices } from '../../../../server/services/devices/list-devices.ts';

export function GET(request: Request): Promise<Response> {
  return respondToToken(request, 'read', async ({ deps }, user) => {
    const { devices } = await listDevices(deps, user, readParameters(request, restDevicesParamsSchema));
    const answer: z.infer<typeof restDevicesSchema> = {
      devices: devices.map(
        ({ siteId, siteName, firstSeen, lastSeen, timeZone, clockSkewMs, revision: _, ...device }) => ({
          ...device,
          site: siteId === null ? null : { id: siteId, name: siteName ?? siteId },
          time_zone: timeZone,
          clock_skew_ms: clockSkewMs,
          clock: clockOf(clockSkewMs),
          first_seen: firstSeen.toISOString(),
          last_seen: lastSeen.toISOString(),
        }),
      ),
    };
    return json(answer);
  });
}
