import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { account } from '../event/setters.ts';
import { readPairs } from '../key-value/pairs.ts';

/** A key of FortiDeceptor's incidents, which stand in `msg` as pairs of their own. */
export const INCIDENT = 'IncidentID=';

/** `msg="EventID=… IncidentID=… DecoyGroup=… AttackerIP=… VictimIP=… Operation=Close_Port Service=HTTP Username=…"` */
export function finishIncident(draft: EventDraft, said: string): void {
  const pairs = new Map<string, string>();
  readPairs(said, 0, (name, value) => pairs.set(name, value));
  setKind(draft, 'intrusion_detection', 'info', pairs.get('Operation') ?? 'incident_detection');
  draft.ip('source.ip', pairs.get('AttackerIP'));
  draft.port('source.port', pairs.get('AttackerPort'));
  draft.mac('source.mac', pairs.get('AttackerMac'));
  draft.ip('destination.ip', pairs.get('VictimIP'));
  draft.port('destination.port', pairs.get('VictimPort'));
  draft.text('network.protocol', pairs.get('Service')?.toLowerCase());
  draft.text('event.reason', pairs.get('Description')?.replace(/^\\?"|\\?"$/g, ''));
  // Whoever the attacker has tried to be; the record's own user is the decoy's system.
  draft.drop('user.name');
  const user = pairs.get('Username');
  if (user !== undefined && user !== '' && user !== 'N/A') account(draft, user);
  for (const [label, name] of [
    ['incident_id', 'IncidentID'],
    ['decoy_group', 'DecoyGroup'],
    ['decoy_type', 'DecoyType'],
    ['severity', 'Severity'],
  ] as const)
    draft.label(label, pairs.get(name));
}
