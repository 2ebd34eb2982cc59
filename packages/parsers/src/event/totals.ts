import type { EventDraft } from './draft.ts';

/** Bytes and packets of both directions, where both are known. */
export function addTotals({ event }: EventDraft): void {
  const [sent, received] = [event['source.bytes'], event['destination.bytes']];
  if (sent !== undefined && received !== undefined) event['network.bytes'] = sent + received;
  const [sentPackets, receivedPackets] = [event['source.packets'], event['destination.packets']];
  if (sentPackets !== undefined && receivedPackets !== undefined) {
    event['network.packets'] = sentPackets + receivedPackets;
  }
}
