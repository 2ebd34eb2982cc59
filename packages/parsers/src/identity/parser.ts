import { IDENTITY_RECORD, type IdentityEvent, identityEventSchema } from '@logmaster/core/api/identity-events';
import { rfc3339ToMicros } from '@logmaster/core/time';
import type { EventDraft } from '../event/draft.ts';
import type { VendorParser, VendorTime } from '../vendor.ts';

/** Begin or end of a period, and the ECS category of what it is. */
const KINDS = {
  login: { category: 'authentication', type: 'start' },
  logout: { category: 'authentication', type: 'end' },
  lease: { category: 'network', type: 'start' },
  release: { category: 'network', type: 'end' },
} as const;

/** Events of systems that know who is behind an address, as `POST /api/v1/identity-events` writes them down. */
export const identityParser: VendorParser = {
  name: 'identity',

  recognises: ({ text }) => text.startsWith(IDENTITY_RECORD),

  read({ text }, draft): VendorTime | undefined {
    draft.event['event.dataset'] = 'logmaster.identity';
    const json = text.slice(IDENTITY_RECORD.length);
    draft.event.message = json;
    const found = identityEventSchema.safeParse(parsed(json));
    if (!found.success) {
      const { path, message } = found.error.issues[0] ?? { path: [], message: 'not readable' };
      draft.fail(['identity', ...path.map(String)].join('.'), message);
      return undefined;
    }
    return fill(draft, found.data);
  },
};

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // No JSON: the schema says so of anything that is no object.
    return undefined;
  }
}

function fill(draft: EventDraft, told: IdentityEvent): VendorTime {
  const { event } = draft;
  const { category, type } = KINDS[told.kind];
  event['event.category'] = category;
  event['event.type'] = type;
  if (category === 'network') {
    event['event.action'] = told.kind === 'lease' ? 'assigned' : 'released';
    event['network.protocol'] = 'dhcp';
  } else event['event.action'] = told.kind;
  if (told.kind === 'login') event['event.outcome'] = 'success';
  draft.ip('source.ip', told.address);
  draft.mac('source.mac', told.mac);
  draft.text('host.name', told.host);
  draft.text('user.name', told.user);
  draft.text('event.reason', told.reason);
  draft.text('logmaster.session.id', told.session);
  for (const name of ['full_name', 'phone', 'identity_no', 'identity_type', 'method', 'system'] as const)
    draft.label(name, told[name]);
  if (told.until !== undefined) event['event.end'] = rfc3339ToMicros(told.until);
  return { micros: rfc3339ToMicros(told.at) };
}
