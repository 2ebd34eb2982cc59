import type { EventDraft } from '../event/draft.ts';

const ADDRESS = /\bIP(?: address)?[ =:]{1,2}([\da-fA-F.:]{2,45})/i;
const MAC = /\b([\da-fA-F]{2}(?:[:-][\da-fA-F]{2}){5})\b/;
const HOST = /\bHost ?Name[ =:]{1,2}([\w.-]{1,64})/i;

/** What a DHCP message says in words where it has no fields: `IP=10.40.0.20, HostName=pc-020, MAC=00:…, assigned`. */
export function readLease(draft: EventDraft, words: string): void {
  const { event } = draft;
  if (event['source.ip'] === undefined) draft.ip('source.ip', ADDRESS.exec(words)?.[1]);
  if (event['source.mac'] === undefined) draft.mac('source.mac', MAC.exec(words)?.[1]);
  draft.text('host.name', HOST.exec(words)?.[1]);
}

/** `Assigned IP address 10.40.0.20` and `Released …` of the firewall's own server: the client stands as the destination. */
export function takeClient(draft: EventDraft): void {
  const { event } = draft;
  event['network.protocol'] = 'dhcp';
  if (event['source.ip'] !== undefined) return;
  draft.ip('source.ip', event['destination.ip']);
  draft.mac('source.mac', event['destination.mac']);
  draft.text('host.name', event['destination.domain']);
  draft.text('observer.ingress.interface.name', event['observer.egress.interface.name']);
  for (const field of CLIENT) draft.drop(field);
}

const CLIENT = [
  'destination.ip',
  'destination.mac',
  'destination.domain',
  'destination.port',
  'observer.egress.interface.name',
] as const;
