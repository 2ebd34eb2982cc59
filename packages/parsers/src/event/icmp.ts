import type { EventDraft } from './draft.ts';

const PORTS = ['source.port', 'destination.port', 'source.nat.port', 'destination.nat.port'] as const;

export function isIcmp({ event }: EventDraft): boolean {
  const transport = event['network.transport'];
  return transport === 'icmp' || transport === 'ipv6-icmp';
}

/** ICMP has its type or id where other protocols have ports. */
export function dropIcmpPorts(draft: EventDraft): void {
  if (!isIcmp(draft)) return;
  for (const field of PORTS) draft.drop(field);
}
