import { setKind } from '../../event/kind.ts';
import { type Entry, of } from '../entries.ts';
import type { MessageReader } from '../messages.ts';
import { says } from '../slots.ts';

const DROP = ['network', 'denied', 'drop'] as const;
const INSPECTED = ['network', 'info', 'inspected'] as const;
const PRE_ALLOCATED = ['network', 'info', 'pre-allocated'] as const;
const STOPPED = /\b(?:drop|reset|terminat|den(?:y|ied)|mask)/i;

/** Inspection by a policy map: the words say whether the packet went on. */
const inspects = (...templates: readonly string[]): MessageReader => {
  const read = says(INSPECTED, ...templates);
  return (text, draft) => {
    if (!read(text, draft)) return false;
    if (STOPPED.test(text.slice(0, 512))) setKind(draft, 'network', 'denied', 'drop');
    return true;
  };
};

/** What deeper inspection says: 106025, 109, 302033, 324, 405, 410, 415, 42x, 44x, 450, 50x, 60x, 703, 726. */
export const APPLICATION: readonly Entry[] = [
  of(
    '109010',
    says(
      ['authentication', 'start', 'denied', 'failure'],
      'Auth from {source} to {destination} failed ({reason}) on interface {in}',
    ),
  ),
  of(
    '109028',
    says(['network', 'allowed', 'bypassed'], 'aaa bypassed for same-security traffic from {source} to {destination}'),
  ),
  of(
    '302033 302034',
    says(PRE_ALLOCATED, '[Unable to ]Pre-allocate[d] H323 GUP Connection for faddr {destination} to laddr {source}'),
  ),
  of(
    '324000 324001 324002',
    says(
      DROP,
      'Drop {protocol} message {message_type} from {source} to {destination} Reason: {reason}',
      '{protocol} packet parsing error from {source} to {destination}, TID: {tid}, Reason: {reason}',
      'No PDP\\[MCB\\] exists to process {protocol} {message_type} from {source} to {destination}, TID: {tid}',
    ),
  ),
  of(
    '402121 402122',
    says(
      DROP,
      'IPSEC: Received an {transport} packet (SPI={spi}, sequence number={sequence}) from {source.ip} (user= {user}) to {destination.ip} that was dropped by IPsec ({reason})',
      'IPSEC: Received an {transport} packet (SPI={spi}, sequence number={sequence}) from {source.ip} (user={user}) to {destination.ip} that was dropped by IPsec ({reason})',
      '[IPSEC: ]Received a cleartext packet from {source.ip} to {destination.ip} that was to be encapsulated in IPsec that was dropped by IPsec ({reason})',
    ),
  ),
  of(
    '405101 405102 405103 405104 405105',
    says(
      DROP,
      'Unable to Pre-allocate {protocol} Connection for foreign_address {destination} to local_address {source}',
      '{protocol} message [received ]from {source} to {destination} {reason}',
      '{protocol} message {message_type} received from {source} to {destination} {reason}',
    ),
  ),
  of(
    '410002',
    says(
      DROP,
      'Dropped {count} DNS responses with {reason} in the past {period} second(s): from {source} to {destination}',
    ),
  ),
  of('410003 410004', inspects('{class}: {verdict} DNS {message_type} from {source} to {destination}; {reason}')),
  of(
    Array.from({ length: 20 }, (_, index) => String(415_001 + index)).join(' '),
    inspects(
      '{protocol} - matched {match} in policy-map {rule}, {reason} from {source} to {destination}',
      '{protocol} - matched {match} in policy-map {rule} {reason} from {source} to {destination}',
      '{protocol} - {reason} from {source} to {destination}',
    ),
  ),
  of(
    '421001 421002 421007',
    inspects(
      '{transport} flow from {source} to {destination} is {verdict} because {reason}',
      '{transport} flow from {source} to {destination} bypassed application checking because {reason}',
    ),
  ),
  of('423001 423002 423003 423004 423005', inspects('{verdict} {reason} from {source} to {destination}')),
  of('448001', says(DROP, 'Denied SRTP crypto session setup on flow from {source} to {destination}, {reason}')),
  of('450001', says(DROP, 'Deny traffic for protocol {transport} src {source} dst {destination}, {reason}')),
  of(
    '500001 500002',
    says(
      ['web', 'info', 'modified'],
      '{content} content in java script is modified: src {source.ip} dest {destination.ip} on interface {in}',
      '{content} content modified[:] src {source.ip} dest {destination.ip} on interface {in}',
    ),
  ),
  of('508001 508002', says(DROP, 'DCERPC {reason} from {source} to {destination}, terminating connection')),
  of('607002', inspects('{class}: {verdict} SIP {message_type} from {source} to {destination}; {reason}')),
  of('608002 608003 608004 608005', says(DROP, 'Dropping Skinny message for {source} to {destination}, {reason}')),
  of('703001', says(INSPECTED, '{protocol} message received from {source} to {destination} is using {reason}')),
  of(
    '726001',
    inspects(
      'Inspected {im_protocol} {im_service} Session between Client {im_client_1} and [Client ]{im_client_2} Packet flow from {source} to {destination} Action: {verdict} Matched Class {class}',
    ),
  ),
];
