import { MICROS_PER_SECOND, type Micros } from '@logmaster/core/time';
import type { IdentityClaim } from './identity-claim.ts';

/** A stretch of time for which something was so: `from` ≤ t < `until`. */
export interface Period {
  readonly from: Micros;
  until: Micros;
  readonly user?: string | undefined;
  readonly mac?: string | undefined;
  readonly host?: string | undefined;
  readonly via?: string | undefined;
  /** Id of the record that said so. */
  readonly record: string;
}

/** What is known of one address of one site. */
export interface AddressHistory {
  /** In the order of their begins; they do not overlap. */
  readonly logins: Period[];
  readonly leases: Period[];
}

const HOUR: Micros = 3600 * MICROS_PER_SECOND;
/** Without a word of its end: a person's session, and a lease (the default of most DHCP servers). */
export const LOGIN_HOLDS: Micros = 12 * HOUR;
export const LEASE_HOLDS: Micros = 24 * HOUR;
/** Of one address: a day of a busy guest network. */
const MAX_PERIODS = 32;
/** Addresses of all sites; beyond, the one that was heard of longest ago is forgotten. */
const MAX_ADDRESSES = 100_000;

/**
 * Who was behind an address, and when, as records of logins and leases say. Bounded. Records may come late: each holds from
 * its own time on and never before, and never beyond what a later one says.
 */
export class IdentityTable {
  readonly #addresses = new Map<string, AddressHistory>();
  readonly #maxAddresses: number;
  /** Grows when `historyOf` gives another object for some address, or none any more. */
  epoch = 0;

  constructor(maxAddresses = MAX_ADDRESSES) {
    this.#maxAddresses = maxAddresses;
  }

  get size(): number {
    return this.#addresses.size;
  }

  historyOf(site: string, address: string): AddressHistory | undefined {
    return this.#addresses.get(keyOf(site, address));
  }

  /** The same claim twice changes nothing. */
  apply(site: string, claim: IdentityClaim): void {
    if (claim.kind === 'restart') {
      this.#restart(site, claim);
      return;
    }
    const key = keyOf(site, claim.address);
    const known = this.#addresses.get(key);
    const { kind, at } = claim;
    if (known === undefined && (kind === 'logout' || kind === 'release')) return;
    const history = known ?? { logins: [], leases: [] };
    // The one heard of last stands last.
    this.#addresses.delete(key);
    this.#addresses.set(key, history);
    if (kind === 'login') add(history.logins, periodOf(claim, LOGIN_HOLDS), (one) => one.user === claim.user);
    else if (kind === 'logout') end(history.logins, at, ({ user }) => user === claim.user);
    else if (kind === 'lease') lease(history, claim);
    else {
      end(history.leases, at, ({ mac }) => mac === undefined || claim.mac === undefined || mac === claim.mac);
      end(history.logins, at, () => true);
    }
    if (known === undefined) this.#begun();
  }

  /** Forgets what ended before `moment`. */
  forgetBefore(moment: Micros): void {
    for (const [key, { logins, leases }] of this.#addresses) {
      for (const periods of [logins, leases]) {
        const kept = periods.filter(({ until }) => until > moment);
        periods.splice(0, periods.length, ...kept);
      }
      if (logins.length + leases.length === 0) this.#addresses.delete(key);
    }
    this.epoch += 1;
  }

  /** Everything as claims that make the same table again, in their order. */
  *claims(): Generator<{ readonly site: string; readonly claim: IdentityClaim }> {
    for (const [key, { logins, leases }] of this.#addresses) {
      const [site, address] = key.split(' ', 2) as [string, string];
      for (const { from, ...period } of leases) yield { site, claim: { kind: 'lease', address, at: from, ...period } };
      for (const { from, ...period } of logins) yield { site, claim: { kind: 'login', address, at: from, ...period } };
    }
  }

  #restart(site: string, { address, at }: IdentityClaim): void {
    for (const [key, { logins }] of this.#addresses)
      if (key.startsWith(`${site} `)) end(logins, at, ({ via }) => via === address);
  }

  #begun(): void {
    this.epoch += 1;
    if (this.#addresses.size <= this.#maxAddresses) return;
    for (const oldest of this.#addresses.keys()) {
      this.#addresses.delete(oldest);
      break;
    }
  }
}

/** Neither has a blank in it. */
function keyOf(site: string, address: string): string {
  return `${site} ${address}`;
}

/** The period that holds at a moment. */
export function periodAt(periods: readonly Period[], at: Micros): Period | undefined {
  for (let index = periods.length - 1; index >= 0; index--) {
    const period = periods[index] as Period;
    if (period.from <= at) return at < period.until ? period : undefined;
  }
  return undefined;
}

/** An address that goes to another machine takes nobody's login with it. */
function lease(history: AddressHistory, claim: IdentityClaim): void {
  const { at, mac } = claim;
  const before = periodAt(history.leases, at)?.mac;
  end(history.logins, at, (login) => {
    const owner = login.mac ?? before;
    return mac !== undefined && owner !== undefined && owner !== mac;
  });
  add(history.leases, periodOf(claim, LEASE_HOLDS), (one) => one.mac === mac);
}

function periodOf({ at, until, user, mac, host, via, record }: IdentityClaim, holds: Micros): Period {
  return { from: at, until: until ?? at + holds, user, mac, host, via, record };
}

/** Into its place; the one before it ends there, and where that says the same it is made longer instead. */
function add(periods: Period[], period: Period, same: (other: Period) => boolean): void {
  let place = periods.length;
  while (place > 0 && (periods[place - 1] as Period).from > period.from) place--;
  const before = periods[place - 1];
  const after = periods[place];
  if (after !== undefined) period.until = Math.min(period.until, after.from);
  if (before !== undefined && before.until > period.from) {
    if (same(before) && before.from < period.from) {
      before.until = Math.max(before.until, period.until);
      return;
    }
    before.until = period.from;
  }
  if (before?.from === period.from) {
    periods[place - 1] = period;
    return;
  }
  periods.splice(place, 0, period);
  if (periods.length > MAX_PERIODS) periods.shift();
}

function end(periods: readonly Period[], at: Micros, which: (period: Period) => boolean): void {
  const period = periodAt(periods, at);
  if (period !== undefined && which(period)) period.until = at;
}
