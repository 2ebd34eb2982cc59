const DENIES = new Set(
  (
    'deny denied drop dropped block blocked reject rejected discard discarded prevent prevented reset quarantine ' +
    'quarantined refuse refused forbidden terminate terminated'
  ).split(' '),
);
const ALLOWS = new Set(
  (
    'allow allowed accept accepted pass passed permit permitted bypass bypassed forward forwarded detect detected ' +
    'monitor monitored allow-all'
  ).split(' '),
);

/** What a firewall's word for its decision means, as `event.type` says it; undefined for all other words. */
export function verdictOf(action: string): 'allowed' | 'denied' | undefined {
  const word = action.toLowerCase();
  if (DENIES.has(word)) return 'denied';
  return ALLOWS.has(word) ? 'allowed' : undefined;
}
