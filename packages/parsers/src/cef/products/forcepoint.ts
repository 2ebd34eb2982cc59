import type { EventDraft } from '../../event/draft.ts';
import { setKind } from '../../event/kind.ts';
import { account, type FieldTable, label, lower, named, text, unless } from '../../event/setters.ts';
import { dropUntranslated } from '../../event/translation.ts';
import { classifyForcepoint } from '../../forcepoint/classify.ts';
import { labelTable } from '../labels.ts';
import type { CefProduct } from '../product.ts';
import { readStandard } from '../standard.ts';

/** Kinds of NGFW engines and the management center; other products of the vendor have fields of their own. */
const PRODUCTS = new Set([
  'firewall',
  'ips',
  'ngfw',
  'layer 2 firewall',
  'master firewall',
  'virtual firewall',
  'log server',
]);

/** Forcepoint knowledge base, "CEF/LEEF format log fields forwarded by SMC". */
const FIELDS: FieldTable = new Map([
  ['app', lower('network.protocol')],
  ['suser', account],
  ...named('deviceExternalId sender', text('observer.name')),
  ['dvchost', label('dvchost')],
  ['msg', text('event.reason')],
  ['cat', label('cat')],
]);
const LABELS = labelTable([
  ['ruleid', text('rule.id')],
  ['natruleid', unless(new Set(['0']), label('NatRuleId'))],
]);

const LEASES: Readonly<Record<string, readonly [action: string, type: string]>> = {
  ack: ['assigned', 'start'],
  release: ['released', 'end'],
  decline: ['declined', 'end'],
};

/** What the relay saw: `Message type ack. XID: 0x1BDDA66B. Relay ip 10.0.0.1. Server ID: 10.0.0.3.` */
function readLease(draft: EventDraft, said: string): void {
  const word = /^Message type (\w{2,16})/.exec(said)?.[1]?.toLowerCase() ?? 'dhcp';
  const [action, type] = LEASES[word] ?? [word, 'info'];
  setKind(draft, 'network', type, action);
  draft.event['network.protocol'] = 'dhcp';
}

/** Forcepoint NGFW (Stonesoft) by CEF or LEEF. The event's name is its situation. */
export const forcepointProduct: CefProduct = {
  matches: (vendor, product) => /^(?:forcepoint|stonesoft)$/.test(vendor) && PRODUCTS.has(product),

  read(draft, { name }, pairs) {
    const time = readStandard(draft, pairs, { fields: FIELDS, labels: LABELS });
    const { event } = draft;
    event['event.dataset'] = 'forcepoint.ngfw';
    event['observer.vendor'] = 'Forcepoint';
    event['observer.product'] = 'NGFW';
    event['observer.type'] = 'firewall';
    classifyForcepoint(draft, name, pairs.get('deviceFacility') ?? '');
    if (name.startsWith('FW_DHCP')) readLease(draft, pairs.get('msg') ?? '');
    dropUntranslated(draft);
    return time;
  },
};
