import { fieldOf } from '../event/common-names.ts';
import { setNamed } from '../event/set-named.ts';
import { addTotals } from '../event/totals.ts';
import { verdictOf } from '../values/verdict.ts';
import type { VendorParser } from '../vendor.ts';

/** Whose addresses these are tells that the parameters describe traffic or a sign-in. */
const MARKS: ReadonlySet<string | undefined> = new Set(['source.ip', 'destination.ip', 'user.name']);

/** RFC 5424 records whose structured data holds names that many systems share; all others stay labels. */
export const structuredDataParser: VendorParser = {
  name: 'structured_data',

  recognises({ header }) {
    return header.structuredData?.some(([name]) => MARKS.has(fieldOf(parameterOf(name)))) ?? false;
  },

  read({ header }, draft) {
    draft.dropLabels();
    for (const [name, value] of header.structuredData ?? []) {
      if (!setNamed(draft, parameterOf(name), value)) draft.label(name, value);
    }
    const { event } = draft;
    event['event.dataset'] = 'generic.structured_data';
    event['event.type'] = verdictOf(event['event.action'] ?? '') ?? 'info';
    if (event['source.ip'] !== undefined && event['destination.ip'] !== undefined) event['event.category'] = 'network';
    addTotals(draft);
    return undefined;
  },
};

/** `firewall@32473_srcIP` → `srcIP`; SD-IDs can hold underscores, parameters of firewalls rarely do. */
function parameterOf(name: string): string {
  const at = name.indexOf('@');
  return name.slice(name.indexOf('_', Math.max(at, 0)) + 1);
}
