/**
 * Names of services by port, of IANA's "Service Name and Transport Protocol Port Number Registry" and, marked so, of what
 * everybody runs on a port that the registry gives to something else or to nobody.
 */

/** TCP and UDP alike. */
const BOTH: Readonly<Record<number, string>> = {
  ...{ 7: 'echo', 9: 'discard', 13: 'daytime', 17: 'qotd', 19: 'chargen', 37: 'time', 49: 'tacacs', 53: 'domain' },
  ...{ 88: 'kerberos', 111: 'sunrpc', 123: 'ntp', 135: 'epmap', 137: 'netbios-ns', 138: 'netbios-dgm' },
  ...{ 139: 'netbios-ssn', 161: 'snmp', 162: 'snmptrap', 177: 'xdmcp', 389: 'ldap', 427: 'svrloc', 443: 'https' },
  ...{
    445: 'microsoft-ds',
    464: 'kpasswd',
    500: 'isakmp',
    554: 'rtsp',
    623: 'asf-rmcp',
    636: 'ldaps',
    853: 'domain-s',
  },
  ...{ 1194: 'openvpn', 1434: 'ms-sql-m', 1701: 'l2tp', 1720: 'h323hostcall', 1812: 'radius', 1813: 'radius-acct' },
  ...{
    1900: 'ssdp',
    1985: 'hsrp',
    2049: 'nfs',
    3389: 'ms-wbt-server',
    3478: 'stun',
    3544: 'teredo',
    3702: 'ws-discovery',
  },
  ...{ 3799: 'radius-dynauth', 4500: 'ipsec-nat-t', 4789: 'vxlan', 5060: 'sip', 5061: 'sips', 5246: 'capwap-control' },
  ...{ 5247: 'capwap-data', 5349: 'stuns', 5351: 'nat-pmp', 5353: 'mdns', 5355: 'llmnr', 6343: 'sflow' },
  ...{ 10050: 'zabbix-agent', 10051: 'zabbix-trapper' },
};

const TCP: Readonly<Record<number, string>> = {
  ...{ 20: 'ftp-data', 21: 'ftp', 22: 'ssh', 23: 'telnet', 25: 'smtp', 43: 'nicname', 70: 'gopher', 79: 'finger' },
  ...{ 80: 'http', 102: 'iso-tsap', 110: 'pop3', 113: 'ident', 119: 'nntp', 143: 'imap', 179: 'bgp', 194: 'irc' },
  ...{ 264: 'bgmp', 465: 'submissions', 502: 'mbap', 512: 'exec', 513: 'login', 514: 'shell', 515: 'printer' },
  ...{ 543: 'klogin', 548: 'afpovertcp', 563: 'nntps', 587: 'submission', 593: 'http-rpc-epmap', 601: 'syslog-conn' },
  ...{ 631: 'ipp', 646: 'ldp', 830: 'netconf-ssh', 860: 'iscsi', 873: 'rsync' },
  ...{ 989: 'ftps-data', 990: 'ftps', 992: 'telnets', 993: 'imaps', 995: 'pop3s', 1080: 'socks' },
  ...{ 1433: 'ms-sql-s', 1521: 'ncube-lm', 1723: 'pptp', 1883: 'mqtt' },
  ...{ 2404: 'iec-104', 3050: 'gds-db', 3128: 'ndl-aas', 3260: 'iscsi-target' },
  ...{ 3268: 'msft-gc', 3269: 'msft-gc-ssl', 3306: 'mysql', 3690: 'svn', 4369: 'epmd' },
  ...{ 4840: 'opcua-tcp', 5222: 'xmpp-client', 5269: 'xmpp-server', 5357: 'wsdapi' },
  ...{ 5432: 'postgresql', 5671: 'amqps', 5672: 'amqp', 5900: 'rfb', 5985: 'wsman', 5986: 'wsmans', 6000: 'x11' },
  ...{ 6379: 'redis', 6443: 'sun-sr-https', 6514: 'syslog-tls', 6667: 'ircu', 7547: 'cwmp' },
  ...{ 8008: 'http-alt', 8080: 'http-alt', 8443: 'pcsync-https', 8883: 'secure-mqtt' },
  ...{ 9090: 'websm', 9100: 'pdl-datastream', 9200: 'wap-wsp', 9418: 'git', 11211: 'memcache', 20000: 'dnp' },
  ...{ 25565: 'minecraft', 27017: 'mongodb', 44818: 'EtherNet-IP-2', 47808: 'bacnet' },
  // Not the registry's: RouterOS (MikroTik manual, Services), FortiGuard (FortiOS ports).
  ...{ 8291: 'winbox', 8728: 'routeros-api', 8729: 'routeros-api-ssl', 541: 'uucp-rlogin' },
};

const UDP: Readonly<Record<number, string>> = {
  ...{
    67: 'bootps',
    68: 'bootpc',
    69: 'tftp',
    80: 'http',
    514: 'syslog',
    520: 'router',
    521: 'ripng',
    546: 'dhcpv6-client',
  },
  ...{ 547: 'dhcpv6-server', 1967: 'ipsla', 2055: 'iop', 2152: 'gtp-user', 3386: 'gprs-data', 3784: 'bfd-control' },
  ...{ 4739: 'ipfix', 5004: 'avt-profile-1', 5005: 'avt-profile-2', 5683: 'coap' },
  ...{ 47808: 'bacnet', 51820: 'wireguard' },
};

/** All names, each once; index 0 is no name. */
export const SERVICE_NAMES: readonly string[] = [
  '',
  ...new Set([...Object.values(BOTH), ...Object.values(TCP), ...Object.values(UDP)]),
];

const INDEX = new Map(SERVICE_NAMES.map((name, index) => [name, index]));

function byPort(...tables: readonly Readonly<Record<number, string>>[]): Uint16Array {
  const ports = new Uint16Array(65_536);
  for (const table of tables)
    for (const [port, name] of Object.entries(table)) ports[Number(port)] = INDEX.get(name) as number;
  return ports;
}

/** Per port an index into SERVICE_NAMES, 0 for none. */
export const TCP_SERVICES: Uint16Array = byPort(BOTH, TCP);
export const UDP_SERVICES: Uint16Array = byPort(BOTH, UDP);

/** @param transport `network.transport`; ports mean nothing on others than TCP and UDP */
export function serviceName(port: number | undefined, transport: string | undefined): string | undefined {
  if (port === undefined || !(port >= 0 && port <= 65_535)) return undefined;
  const services = transport === 'tcp' ? TCP_SERVICES : transport === 'udp' ? UDP_SERVICES : undefined;
  const index = services?.[port] ?? 0;
  return index === 0 ? undefined : SERVICE_NAMES[index];
}
