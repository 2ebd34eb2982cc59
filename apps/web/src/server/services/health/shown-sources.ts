import type { SourceState } from '@logmaster/core/api/accounting';
import type { PipelineState } from '@logmaster/core/api/health';
import type { Scope } from '@logmaster/core/scope';
import { showsSite } from '../../scope-of.ts';

export interface KnownDevice {
  readonly address: string;
  readonly name: string;
  readonly siteId: string | null;
}

/** Entries that stand for no sender in particular. */
const NOBODY = new Set(['other', 'unknown']);
const OTHER = 'other';

/**
 * Senders with the names of their devices. Those that the scope hides are part of `other`, so that the sums stay what they
 * are; so do all senders whose device is not known, for a scope that does not show everything.
 */
export function shownSources(
  sources: readonly SourceState[],
  devices: readonly KnownDevice[],
  scope: Scope,
): SourceState[] {
  const known = new Map(devices.map((device) => [device.address, device]));
  const shown: SourceState[] = [];
  let other: SourceState | undefined;
  for (const source of sources) {
    const device = known.get(source.address);
    if (source.address !== OTHER && visible(source.address, device, scope)) {
      shown.push({ ...source, device: device?.name ?? null });
    } else {
      other = other === undefined ? { ...source, address: OTHER, device: null } : added(other, source);
    }
  }
  return other === undefined ? shown : [...shown, other];
}

/** What does not add up, without the senders that the scope hides. */
export function shownBreaks(
  broken: PipelineState['identities']['broken'],
  shown: readonly SourceState[],
  scope: Scope,
): PipelineState['identities']['broken'] {
  if (scope.sites === null) return broken;
  const addresses = new Set(shown.map(({ address }) => address));
  return broken.map((each) => {
    const address = /^source (\S+)/.exec(each.of)?.[1];
    return address === undefined || addresses.has(address) ? each : { ...each, of: `source ${OTHER}` };
  });
}

function visible(address: string, device: KnownDevice | undefined, scope: Scope): boolean {
  return scope.sites === null || NOBODY.has(address) || (device?.siteId != null && showsSite(scope, device.siteId));
}

function added(a: SourceState, b: SourceState): SourceState {
  const dropped = { ...a.dropped };
  for (const [reason, records] of Object.entries(b.dropped)) dropped[reason] = (dropped[reason] ?? 0) + records;
  return {
    ...a,
    seen: a.seen + b.seen,
    journaled: a.journaled + b.journaled,
    dropped,
    per_second: a.per_second + b.per_second,
  };
}
