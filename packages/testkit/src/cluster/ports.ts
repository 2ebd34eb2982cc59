/** Ports of a cluster before `--port-base` is added. All on loopback. */
const PORTS = {
  https: 8443,
  http: 8080,
  /** The load balancer's; the ingest node has its own behind it. */
  syslog: 5514,
  web1: 3001,
  web2: 3002,
  ingestSyslog: 5614,
  ingestMetrics: 9600,
  postgres1: 5541,
  postgres2: 5542,
  postgres3: 5543,
  redis1: 6381,
  redis2: 6382,
  sentinel1: 26_381,
  sentinel2: 26_382,
  sentinel3: 26_383,
  elasticsearch1: 9201,
  elasticsearch2: 9202,
  elasticsearch3: 9203,
  elasticsearch4: 9204,
  elasticsearchTransport1: 9301,
  elasticsearchTransport2: 9302,
  elasticsearchTransport3: 9303,
  elasticsearchTransport4: 9304,
  ldap: 3389,
  ldaps: 3636,
  smtp: 2525,
  mails: 2580,
  tsa: 3180,
} as const;

export type ClusterPorts = { readonly [name in keyof typeof PORTS]: number };

export function clusterPorts(base: number): ClusterPorts {
  const moved = Object.entries(PORTS).map(([name, port]) => [name, port + base] as const);
  return Object.fromEntries(moved) as ClusterPorts;
}
