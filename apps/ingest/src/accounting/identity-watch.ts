import type { BrokenIdentity, Identities } from '@logmaster/core/api/accounting';
import type { PartHealth } from '@logmaster/core/api/health';
import { becauseOf } from '@logmaster/core/api/health-reasons';
import type { Events } from '@logmaster/telemetry/events';
import type { Checked } from './identities.ts';

/** Named at once; one fault can break an identity for each of ten thousand senders. */
const NAMED = 100;

/**
 * Raises the alarm when an identity breaks: an event each time, a part of health that is down for as long as it is broken,
 * and a count of breaks that stays. Nobody acknowledges it: it ends when the numbers add up again, or with a restart.
 */
export class IdentityWatch {
  private readonly events: Events;
  private readonly known = new Map<string, number>();
  private latest: Checked = { broken: [], watched: 0 };
  private breaks = 0;

  constructor(events: Events) {
    this.events = events;
  }

  see(checked: Checked): void {
    const now = new Set<string>();
    for (const each of checked.broken) {
      const key = `${each.identity} ${each.of}`;
      now.add(key);
      if (!this.known.has(key)) this.breaks += 1;
      if (this.known.get(key) !== each.difference) this.events.emit('identity_broken', { ...each });
      this.known.set(key, each.difference);
    }
    for (const key of this.known.keys()) if (!now.has(key)) this.known.delete(key);
    this.latest = checked;
  }

  get state(): Identities {
    const { broken, watched } = this.latest;
    return { broken: broken.slice(0, NAMED), breaks: this.breaks, watched };
  }

  /** The largest difference of each identity, whoever's it is: 0 when all hold. */
  get differences(): Readonly<Record<BrokenIdentity['identity'], number>> {
    const worst = { received: 0, journal: 0, indexed: 0 };
    for (const { identity, difference } of this.latest.broken)
      if (Math.abs(difference) > Math.abs(worst[identity])) worst[identity] = difference;
    return worst;
  }

  /** Strangers may read it: it names no addresses. */
  get part(): PartHealth {
    const { broken } = this.latest;
    if (broken.length === 0) return { name: 'accounting', state: 'ok' };
    const difference = Math.max(...Object.values(this.differences).map(Math.abs));
    const because = becauseOf('IDENTITY_BROKEN', { broken: broken.length, difference });
    return { name: 'accounting', state: 'down', ...because };
  }
}
