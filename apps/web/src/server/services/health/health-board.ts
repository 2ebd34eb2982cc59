import type { PartHealth } from '@logmaster/core/api/health';
import { becauseOf } from '@logmaster/core/api/health-reasons';
import { ERRORS, toAppError } from '@logmaster/core/errors';
import { remembered } from './remembered.ts';

/** One look at a part, or at several that are seen together. */
export interface HealthCheck {
  /** Of the part that is down when the look fails or takes too long. */
  readonly name: string;
  look(): Promise<readonly PartHealth[]>;
}

export interface HealthBoard {
  /** Every part, in the order of the checks. Never throws. */
  look(): Promise<readonly PartHealth[]>;
}

export interface HealthBoardOptions {
  readonly checks: readonly HealthCheck[];
  /** A part that is silent for so long is down. */
  readonly timeoutMs: number;
  /** Askers within so long get the same answer, so that polling costs the parts little. */
  readonly believedMs: number;
}

/** A look that throws is a part that is down; the reason is our sentence for the code, never the cause's own words. */
async function lookAt({ name, look }: HealthCheck): Promise<readonly PartHealth[]> {
  try {
    return await look();
  } catch (error) {
    const { code } = toAppError(error);
    return [{ name, state: 'down', code, reason: ERRORS[code].title }];
  }
}

/**
 * A look that hangs goes on behind the scenes, and no second one begins beside it: one at a dead NFS mount holds a
 * thread of the few that file access has.
 */
export function healthBoard({ checks, timeoutMs, believedMs }: HealthBoardOptions): HealthBoard {
  const looks = checks.map((check) => {
    const late: readonly PartHealth[] = [
      { name: check.name, state: 'down', ...becauseOf('NO_ANSWER', { seconds: timeoutMs / 1000 }) },
    ];
    return remembered({ work: () => lookAt(check), timeoutMs, believedMs, late });
  });
  return { look: async () => (await Promise.all(looks.map((look) => look()))).flat() };
}
