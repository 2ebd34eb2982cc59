import { setTimeout as delay } from 'node:timers/promises';
import { SmtpRefusal, type SmtpStage } from './smtp-listener.ts';

/** How a mail server misbehaves: for the next `times` (default: for good), or with every answer. */
export type SmtpFault =
  /** `refuses`: each recipient, 550. `busy`: the whole mail, for the moment, 451. */
  | { readonly kind: 'refuses' | 'busy'; readonly times?: number }
  /** Each answer comes so late. */
  | { readonly kind: 'slow'; readonly ms: number };

const REFUSALS = {
  refuses: { stage: 'recipient', code: 550, message: 'no such mailbox here' },
  busy: { stage: 'data', code: 451, message: 'not now, come again' },
} as const;

export interface SmtpFaults {
  /** For the listener's `before`. */
  before(stage: SmtpStage): Promise<void>;
  /** Undefined ends it. */
  set(fault: SmtpFault | undefined): void;
  /** Connections are taken, and nothing is answered. */
  hang(): void;
  resume(): void;
}

export function smtpFaults(): SmtpFaults {
  let fault: SmtpFault | undefined;
  let awake: PromiseWithResolvers<void> | undefined;
  return {
    async before(stage) {
      await awake?.promise;
      if (fault?.kind === 'slow') await delay(fault.ms);
      if (fault === undefined || fault.kind === 'slow') return;
      const refusal = REFUSALS[fault.kind];
      if (refusal.stage !== stage) return;
      const { times = Number.POSITIVE_INFINITY } = fault;
      fault = times > 1 ? { ...fault, times: times - 1 } : undefined;
      throw new SmtpRefusal(refusal.code, refusal.message);
    },
    set(next) {
      fault = next;
    },
    hang() {
      awake ??= Promise.withResolvers();
    },
    resume() {
      awake?.resolve();
      awake = undefined;
    },
  };
}
