import type { EventDraft } from '../../event/draft.ts';
import { setKind } from '../../event/kind.ts';
import { type FieldTable, label, long, text, unless } from '../../event/setters.ts';
import { dropUntranslated } from '../../event/translation.ts';
import { labelTable } from '../labels.ts';
import type { CefProduct } from '../product.ts';
import { readStandard } from '../standard.ts';

const NOTHING = new Set(['N/A', '0', '0000000000000000', '']);
const FIELDS: FieldTable = new Map([
  ['deviceExternalId', label('deviceExternalId')],
  ['externalId', label('support_id')],
]);
/** Names that ASM and AFM give their custom fields ("ArcSight" storage formats, techdocs.f5.com). */
const LABELS = labelTable([
  ['policy_name', text('rule.ruleset')],
  ['acl_policy_name', text('rule.ruleset')],
  ['acl_rule_name', text('rule.name')],
  ['response_code', unless(NOTHING, long('http.response.status_code'))],
  ['geo_location', unless(NOTHING, text('source.geo.country_name'))],
  ['flow_id', unless(NOTHING, text('logmaster.session.id'))],
  ['vlan', text('observer.ingress.interface.name')],
  ['full_request', (draft, value) => readFullRequest(draft, value)],
]);

/** BIG-IP's application firewall (ASM) and network firewall (AFM) by CEF. */
export const f5Product: CefProduct = {
  matches: (vendor) => vendor === 'f5',

  read(draft, { name, product }, pairs) {
    const time = readStandard(draft, pairs, { fields: FIELDS, labels: LABELS });
    const { event } = draft;
    event['event.dataset'] = 'f5.bigip';
    event['observer.type'] = 'firewall';
    if (product.toUpperCase() === 'ASM') {
      const isFine = /^(?:passed|legal|unblocked)$/.test(event['event.action'] ?? '');
      const type = /block|drop|reject/.test(event['event.action'] ?? '') && !isFine ? 'denied' : 'allowed';
      setKind(
        draft,
        name === '' || name === 'N/A' ? 'web' : 'intrusion_detection',
        type,
        event['event.action'] ?? 'request',
      );
      draft.text('event.reason', name);
      draft.text('url.path', pairs.get('request')?.split('?', 1)[0]);
    }
    dropUntranslated(draft);
    return time;
  },
};

function readFullRequest(draft: EventDraft, request: string): void {
  draft.text('url.domain', /Host: ?([\w.-]{1,253})/.exec(request.slice(0, 2048))?.[1]);
  draft.text('user_agent.original', /User-Agent: ?([^\\\r\n]{1,512})/.exec(request.slice(0, 4096))?.[1]?.trim());
}
