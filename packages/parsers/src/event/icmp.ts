import type { EventDraft } from './draft.ts';

const PORTS = ['source.port', 'destination.port', 'source.nat.port', 'destination.nat.port'] as const;

/** ICMP has its type or id where other protocols have ports. */
export function dropIcmpPorts(draft: EventDraft): void {
  const transport = draft.event['network.transport'];
  if (transport !== 'icmp' && transport !== 'ipv6-icmp') return;
  for (const field of PORTS) draft.drop(field);
}
