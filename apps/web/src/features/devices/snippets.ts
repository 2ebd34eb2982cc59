/** Commands that point a firewall at this server, by vendor. `host` is as the browser reached us. */
export const VENDORS = ['fortigate', 'cisco', 'mikrotik', 'other'] as const;
export type Vendor = (typeof VENDORS)[number];

const LOOPBACK = /^(localhost|127\..*|\[?::1\]?)$/;

/** Loopback is of no use to a firewall: a placeholder says that the address must be put in. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host);
}

const COMMANDS: Record<Vendor, (host: string, port: number) => readonly string[]> = {
  fortigate: (host, port) => [
    'config log syslogd setting',
    '    set status enable',
    `    set server "${host}"`,
    `    set port ${port}`,
    '    set mode udp',
    '    set format default',
    'end',
    'config log syslogd filter',
    '    set severity information',
    '    set forward-traffic enable',
    '    set local-traffic enable',
    'end',
  ],
  cisco: (host, port) => [
    '! ASA',
    'logging enable',
    'logging timestamp',
    'logging trap informational',
    `logging host inside ${host} udp/${port}`,
    '',
    '! IOS',
    'service timestamps log datetime msec show-timezone',
    'logging trap informational',
    `logging host ${host} transport udp port ${port}`,
  ],
  mikrotik: (host, port) => [
    `/system logging action add name=logmaster target=remote remote=${host} remote-port=${port} bsd-syslog=yes`,
    '/system logging add topics=firewall action=logmaster',
    '/system logging add topics=dhcp action=logmaster',
    '/system logging add topics=hotspot action=logmaster',
    '/system logging add topics=system action=logmaster',
  ],
  other: (host, port) => [
    `# RFC 3164 / RFC 5424, UDP or TCP: ${host}:${port}`,
    '# rsyslog (/etc/rsyslog.d/90-logmaster.conf)',
    `*.* @@${host}:${port}`,
    '',
    '# one line, to try it out',
    `logger --server ${host} --port ${port} --udp "hello from $(hostname)"`,
  ],
};

export function snippet(vendor: Vendor, host: string, port: number): string {
  return COMMANDS[vendor](host, port).join('\n');
}
