import type { FieldName } from '@logmaster/core/event/fields';

/** Facets, in the order people ask: who, where, what, by which rule, translated to what, seen by which device. */
export const FACET_GROUPS = [
  {
    name: 'who',
    fields: [
      'source.ip',
      'user.name',
      'source.mac',
      'host.name',
      'source.port',
      'user.group.name',
      'source.geo.country_name',
    ],
  },
  {
    name: 'where',
    fields: [
      'destination.ip',
      'destination.port',
      'network.transport',
      'network.protocol',
      'network.application',
      'destination.domain',
      'url.domain',
      'destination.geo.country_name',
    ],
  },
  {
    name: 'what',
    fields: [
      'event.type',
      'event.action',
      'event.category',
      'event.outcome',
      'event.code',
      'event.reason',
      'log.level',
    ],
  },
  { name: 'rule', fields: ['rule.name', 'rule.id', 'rule.category'] },
  { name: 'nat', fields: ['source.nat.ip', 'source.nat.port', 'destination.nat.ip', 'destination.nat.port'] },
  {
    name: 'device',
    fields: [
      'observer.name',
      'log.source.address',
      'observer.vendor',
      'observer.product',
      'logmaster.site.id',
      'observer.ingress.interface.name',
      'observer.egress.interface.name',
      'logmaster.parse.status',
    ],
  },
] as const satisfies readonly { name: string; fields: readonly FieldName[] }[];

/** Order of the stacks in the bars, and the colour token of each; what is not here is drawn as "other". */
export const EVENT_TYPES = ['denied', 'allowed', 'start', 'end', 'connection', 'error', 'change', 'info'] as const;

const COLOUR: Record<string, string> = {
  denied: 'var(--ev-denied)',
  allowed: 'var(--ev-allowed)',
  start: 'var(--ev-start)',
  end: 'var(--ev-end)',
  connection: 'var(--ev-info)',
  error: 'var(--ev-error)',
  change: 'var(--ev-change)',
  info: 'var(--ev-other)',
};

export function eventColour(type: string): string {
  return COLOUR[type] ?? 'color-mix(in srgb, var(--ev-other) 60%, var(--surface))';
}
