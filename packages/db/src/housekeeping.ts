import type { Leadership } from './election/election.ts';
import { fencedWrite } from './election/fenced-write.ts';
import type { PrimaryClient } from './model-client.ts';

export interface Removed {
  readonly sessions: number;
  readonly throttles: number;
  /** Hours of devices. */
  readonly coverage: number;
  readonly identityRequests: number;
}

/**
 * Removes what nobody asks for any more, of people who never sign in again too: sessions that ended before
 * `endedBefore`, failed sign-ins and keys of requests before `forgetBefore`, and how devices were parsed in hours before
 * `coverageBefore`. For the elected node. Throws CONFLICT when it no longer is.
 */
export function removeForgotten(
  primary: PrimaryClient,
  leadership: Leadership,
  {
    endedBefore,
    forgetBefore,
    coverageBefore,
  }: { readonly endedBefore: Date; readonly forgetBefore: Date; readonly coverageBefore: Date },
): Promise<Removed> {
  return fencedWrite(primary, leadership, async (transaction) => {
    const sessions = await transaction.session.deleteMany({ where: { expiresAt: { lt: endedBefore } } });
    const throttles = await transaction.signInThrottle.deleteMany({
      where: {
        lastFailure: { lt: forgetBefore },
        OR: [{ lockedUntil: null }, { lockedUntil: { lt: forgetBefore } }],
      },
    });
    const coverage = await transaction.deviceCoverage.deleteMany({ where: { hour: { lt: coverageBefore } } });
    const requests = await transaction.identityRequest.deleteMany({ where: { createdAt: { lt: forgetBefore } } });
    return {
      sessions: sessions.count,
      throttles: throttles.count,
      coverage: coverage.count,
      identityRequests: requests.count,
    };
  });
}
