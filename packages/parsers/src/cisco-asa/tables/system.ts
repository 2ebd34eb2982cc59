import { setKind } from '../../event/kind.ts';
import { type Entry, of } from '../entries.ts';
import type { MessageReader } from '../messages.ts';
import { says } from '../slots.ts';

const FAILOVER = ['host', 'change', 'failover'] as const;
const MONITOR = ['host', 'info', 'monitoring'] as const;
const LINK = ['network', 'info', 'link'] as const;
const HOST = ['network', 'start', 'built'] as const;
const IDENTITY = ['network', 'info', 'identity'] as const;

/** The device itself, and addresses it hands out: 10x, 302010, 317, 321, 331, 411, 604, 609, 612, 746, 771, 776. */
export const SYSTEM: readonly Entry[] = [
  of(
    '104001',
    says(
      ['host', 'change', 'active'],
      '({unit}) Switching to ACTIVE (cause: {reason})',
      '({unit}) Switching to ACTIVE[ - {reason}]',
    ),
  ),
  of(
    '104002',
    says(
      ['host', 'change', 'standby'],
      '({unit}) Switching to STANDBY[ - {reason}]',
      '({unit}) Switching to STNDBY[ (cause: {reason})]',
    ),
  ),
  of('104003 104004', says(FAILOVER, '({unit}) Switching to {state}.')),
  of('105003 105004', says(MONITOR, '({unit}) Monitoring on interface {in} {state}')),
  of('105005', says(['host', 'error', 'failover'], '({unit}) {reason} on interface {in}')),
  of('105006 105007', says(LINK, '({unit}) Link status {state} on interface {in}')),
  of('105008', says(MONITOR, '({unit}) Testing interface {in}', '({unit}) Testing Interface {in}')),
  of('105009', says(MONITOR, '({unit}) Testing on interface {in} {state}')),
  of(
    '302010',
    says(['network', 'info', 'connections'], '{connections_in_use} in use, {connections_most_used} most used'),
  ),
  of(
    '317077',
    says(
      ['network', 'creation', 'route added'],
      'Added {route_kind} route {prefix} via {gateway}[ {metric}] on {out}',
      'Added {route_kind} route {prefix} via {gateway}',
    ),
  ),
  of(
    '317078',
    says(
      ['network', 'deletion', 'route deleted'],
      'Deleted {route_kind} route {prefix} via {gateway}[ {metric}] on {out}',
      'Deleted {route_kind} route {prefix} via {gateway}',
    ),
  ),
  of('321001', says(['host', 'error', 'limit reached'], 'Resource {resource} limit of {limit} reached')),
  of(
    '331001 331002',
    says(
      ['network', 'info', 'dynamic dns'],
      "Dynamic DNS Update for '{domain}' = {address} failed",
      'Dynamic DNS {record} RR for {change} successfully updated in DNS server {destination.ip}',
    ),
  ),
  of(
    '411001 411002',
    says(
      LINK,
      'Line protocol on interface {in} changed state to {state}',
      'Line protocol on Interface {in}, changed state to {state}',
    ),
  ),
  of(
    '411003 411004',
    says(
      LINK,
      'Configuration status on interface {in} changed state to {state}',
      'Configuration status on Interface {in}, changed state to {state}',
    ),
  ),
  of(
    '604101',
    readAddress(
      'start',
      'assigned',
      'DHCP client interface {in}: Allocated ip = {source.ip}, mask = {mask}, gw = {gateway}',
    ),
  ),
  of('604102', readAddress('end', 'released', 'DHCP client interface {in}: address released')),
  of('604103', readAddress('start', 'assigned', 'DHCP daemon interface {in}: address granted {mac} ({source.ip})')),
  of('604104', readAddress('end', 'released', 'DHCP daemon interface {in}: address released {mac} ({source.ip})')),
  of(
    '604105',
    readAddress('error', 'not sent', 'DHCPD: Unable to send DHCP reply to client {mac} on interface {in}. {reason}'),
  ),
  of('609001', says(HOST, 'Built local-host {source}')),
  of('609002', says(['network', 'end', 'teardown'], 'Teardown local-host {source} duration {duration}')),
  of(
    '612001',
    says(['configuration', 'change', 'auto update', 'success'], 'Auto Update succeeded:{file}, version:{version}'),
  ),
  of(
    '612002 612003',
    says(
      ['configuration', 'error', 'auto update', 'failure'],
      'Auto Update failed:{file}, version:{version}, reason:{reason}',
      'Auto Update failed to contact:{url}, reason:{reason}',
    ),
  ),
  of(
    '746012',
    says(
      ['authentication', 'start', 'mapping added'],
      'user-identity: Add IP-User mapping {source.ip} - {user} {result} - {reason}',
      'user-identity: Add IP-User mapping {source.ip} - {user} Succeeded',
    ),
  ),
  of(
    '746013',
    says(
      ['authentication', 'end', 'mapping deleted'],
      'user-identity: Delete IP-User mapping {source.ip} - {user} {result} - {reason}',
      'user-identity: Delete IP-User mapping {source.ip} - {user} Succeeded',
    ),
  ),
  of('746014', says(IDENTITY, 'user-identity: \\[FQDN\\] {domain} address {address} obsolete')),
  of('746015', says(IDENTITY, 'user-identity: \\[FQDN\\] {domain} resolved {address}')),
  of(
    '746016',
    says(
      ['network', 'error', 'identity'],
      'user-identity: DNS lookup for {domain} failed, reason:[ ]{reason}',
      'user-identity: DNS lookup failed, reason:[ ]{reason}',
    ),
  ),
  of(
    '771001 771002',
    says(
      ['host', 'change', 'clock'],
      'CLOCK: System clock set, source: {clock_source}, IP {source.ip}, before: {before}, after: {after}',
      'CLOCK: System clock set, source: {clock_source}, before: {before}, after: {after}',
    ),
  ),
  of(
    '776251',
    says(
      ['network', 'creation', 'binding added'],
      'CTS SGT-MAP: Binding {source.ip} - {security_group} from {binding_source} added to binding manager',
      'CTS SGT-MAP: Binding {source.ip}->{security_group} from {binding_source} added to binding manager',
    ),
  ),
  of(
    '776252',
    says(
      ['network', 'deletion', 'binding deleted'],
      'CTS SGT-MAP: Binding {source.ip} - {security_group} from {binding_source} deleted from binding manager',
      'CTS SGT-MAP: Binding {source.ip}->{security_group} from {binding_source} deleted from binding manager',
    ),
  ),
];

/** Leases of the ASA's own DHCP server and client. */
function readAddress(type: string, action: string, template: string): MessageReader {
  const read = says(['network', type, action], template);
  return (text, draft) => {
    if (!read(text, draft)) return false;
    draft.event['network.protocol'] = 'dhcp';
    return true;
  };
}

/** 101–105, 505, 718, 720, 735, 769: texts about the device, `(unit) text` and `UPDATE: text`. */
export const readDeviceText: MessageReader = (text, draft) => {
  const { event } = draft;
  setKind(draft, 'host', event['event.type'] ?? 'info', 'device');
  draft.label('unit', /^\((?:VPN-|WebVPN-)?([\w-]{1,32})\)/.exec(text)?.[1]);
  return true;
};
