import { readSession } from '../aci.ts';
import { type IosReader, leniently, says } from '../messages.ts';

type Entry = readonly [mnemonic: string, reader: IosReader];

const VIOLATION = ['network', 'denied', 'security violation'] as const;
const BLOCKED = ['network', 'error', 'blocked'] as const;
const LOGGING = ['host', 'info', 'logging'] as const;

/** Ports that a switch closes, servers that it logs to, accounts of NX-OS, and the records of ACI. */
export const SWITCHES: readonly Entry[] = [
  [
    'PORT_SECURITY-PSECURE_VIOLATION_VLAN',
    says(
      VIOLATION,
      'Security violation on port {in} due to MAC address {mac} on VLAN {vlan}',
      'Security violation occurred caused by MAC address {mac} on port {in} on vlan {vlan}',
    ),
  ],
  [
    'SPANTREE-BLOCK_BPDUGUARD',
    leniently(
      says(BLOCKED, 'Received BPDU on port {in} with {reason} enabled', 'Received BPDU on {in} with {reason} enabled'),
    ),
  ],
  ['SPANTREE-ROOTGUARD_BLOCK', leniently(says(BLOCKED, '{reason} blocking port {in} on VLAN{vlan}.'))],
  [
    'SYS-LOGGINGHOST_STARTSTOP',
    leniently(
      says(
        LOGGING,
        'Logging to host {destination.ip} port {destination.port} {state} - {reason}',
        'Logging to host {destination.ip} {state} - {reason}',
      ),
    ),
  ],
  [
    'SYS-LOGGINGHOST_FAIL',
    leniently(
      says(
        ['host', 'error', 'logging'],
        'Logging to host {destination.ip} port {destination.port} {state}',
        'Logging to host {destination.ip} {state}',
      ),
    ),
  ],
  ...['LOCAL0', 'LOCAL1', 'LOCAL2', 'LOCAL3', 'LOCAL4', 'LOCAL5', 'LOCAL6', 'LOCAL7', ''].map(
    (facility) => [`LOG_${facility}-SYSTEM_MSG`, readSession] as const,
  ),
];
