import type { Address } from '../process/service.ts';
import type { SyslogListener, SyslogTls, SyslogTransport } from './syslog-route.ts';

const quoted = (text: string) => `"${text.replaceAll(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`;
/** The record as it was read. */
const RECORD = '$MESSAGE';

/** It has no RELP. */
export type SyslogNgTransport = Exclude<SyslogTransport, { protocol: 'relp' }>;

/** Nothing is looked up; what is away is tried again every second. */
const OPTIONS = [
  '@version: 3.38',
  'options {',
  '  keep-hostname(yes); use-dns(no); dns-cache(no); log-msg-size(131072); time-reopen(1); stats-freq(0);',
  '  stats-level(1); flush-lines(100); log-fifo-size(200000);',
  '};',
];

function tlsBlock(tls: SyslogTls, verify: string): string {
  const own = tls.keyFile === undefined ? '' : ` key-file(${quoted(tls.keyFile)})`;
  const certificate = tls.certificateFile === undefined ? '' : ` cert-file(${quoted(tls.certificateFile)})`;
  return ` tls(ca-file(${quoted(tls.caFile)})${certificate}${own} peer-verify(${verify}))`;
}

/** Its `syslog()` driver writes a header of its own before each record, so octets are counted by the template. */
function destination({ host, port }: Address, transport: SyslogNgTransport): string {
  const lines = transport.protocol !== 'udp' && transport.framing === 'lines';
  const octets = transport.protocol !== 'udp' && transport.framing === 'octets';
  const template = octets ? `$(length ${RECORD}) ${RECORD}` : lines ? `${RECORD}\n` : RECORD;
  const tls = transport.protocol === 'tls' ? tlsBlock(transport.tls, 'required-trusted') : '';
  return `network(${quoted(host)} port(${port}) transport(${quoted(transport.protocol)}) template(${quoted(template)})${tls})`;
}

export function senderConfig(input: string, target: Address, transport: SyslogNgTransport): string {
  return [
    ...OPTIONS,
    `source s_in { file(${quoted(input)} follow-freq(0.1) flags(no-parse) log-iw-size(100000) log-fetch-limit(1000)); };`,
    `destination d_out { ${destination(target, transport)}; };`,
    'log { source(s_in); destination(d_out); flags(flow-control); };',
    '',
  ].join('\n');
}

export function receiverConfig(listener: Exclude<SyslogListener, { protocol: 'relp' }>, file: string): string {
  const { address, protocol } = listener;
  const tls = protocol === 'tls' ? tlsBlock(listener.tls, 'optional-untrusted') : '';
  const source = `network(ip(${quoted(address.host)}) port(${address.port}) transport(${quoted(protocol)})${tls} flags(no-parse) max-connections(1000) so-rcvbuf(4194304))`;
  return [
    ...OPTIONS,
    `source s_in { ${source}; };`,
    `destination d_out { file(${quoted(file)} template(${quoted(`${RECORD}\n`)})); };`,
    'log { source(s_in); destination(d_out); };',
    '',
  ].join('\n');
}
