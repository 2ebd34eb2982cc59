import { delayOf, fingerprintOf } from '@logmaster/parsers/radius/fingerprint';
import { HEAD_BYTES, type RadiusPacket } from '@logmaster/parsers/radius/packet';

/** Longer than clients go on asking: RFC 5080 §2.2.1 has them give up after some 30 s by default. */
const KEPT_MS = 60_000;
/** Requests of that time that are known; beyond, the older ones are forgotten sooner. */
const MAX_REQUESTS = 20_000;
/** Two that say that they tell of the same moment: Acct-Delay-Time is in whole seconds, and packets wait on their way. */
const SAME_MOMENT_MS = 3000;
/** Transmissions of one request that are told by their authenticator. */
const MAX_TRANSMISSIONS = 8;

interface Request {
  readonly authenticators: string[];
  /** When it happened, by our monotonic clock: arrival − Acct-Delay-Time, ms. */
  readonly moment: number;
}

/**
 * Accounting-Requests of the last minute or two, by what they tell. One that comes again has the authenticator of one that
 * was recorded: the same bytes, for they are under it (RFC 2866 §3, RFC 5080 §2.2.2). Or it tells the same of the same
 * moment: a client that counts Acct-Delay-Time on makes a new identifier and authenticator for it.
 */
export class RecentRequests {
  private readonly now: () => number;
  /** Two generations: when the young one is full or a minute old, the old one is forgotten. */
  private young = new Map<string, Request>();
  private old = new Map<string, Request>();
  private bornAt: number;

  /** @param now monotonic, ms */
  constructor(now: () => number) {
    this.now = now;
    this.bornAt = now();
  }

  /** Whether the packet is another transmission of one that was remembered. */
  repeats(packet: RadiusPacket, client: string): boolean {
    const key = keyOf(packet, client);
    if (key === undefined) return false;
    this.age();
    const known = this.young.get(key) ?? this.old.get(key);
    if (known === undefined) return false;
    const authenticator = authenticatorOf(packet);
    if (known.authenticators.includes(authenticator)) return true;
    if (Math.abs(known.moment - this.momentOf(packet)) > SAME_MOMENT_MS) return false;
    if (known.authenticators.length < MAX_TRANSMISSIONS) known.authenticators.push(authenticator);
    return true;
  }

  /** Of a packet that is given to the journal. */
  remember(packet: RadiusPacket, client: string): void {
    const key = keyOf(packet, client);
    if (key === undefined) return;
    this.age();
    const request = { authenticators: [authenticatorOf(packet)], moment: this.momentOf(packet) };
    this.young.set(key, request);
  }

  private momentOf(packet: RadiusPacket): number {
    return this.now() - delayOf(packet) * 1000;
  }

  private age(): void {
    const now = this.now();
    if (now - this.bornAt < KEPT_MS && this.young.size < MAX_REQUESTS / 2) return;
    // Of a time without requests both are too old.
    this.old = now - this.bornAt < 2 * KEPT_MS ? this.young : new Map();
    this.young = new Map();
    this.bornAt = now;
  }
}

function keyOf(packet: RadiusPacket, client: string): string | undefined {
  const fingerprint = fingerprintOf(packet);
  return fingerprint === undefined ? undefined : `${client} ${fingerprint}`;
}

function authenticatorOf({ bytes }: RadiusPacket): string {
  return bytes.toString('latin1', HEAD_BYTES - 16, HEAD_BYTES);
}
