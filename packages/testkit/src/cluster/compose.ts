import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { Keeper } from '../keeper/keeper.ts';
import { makeCertificateAuthority } from '../services/certificates/certificates.ts';
import { createOpenLdap } from '../services/directory/openldap.ts';
import { createElasticsearch } from '../services/elasticsearch/elasticsearch.ts';
import { createSmtpSinkProgram } from '../services/mail/smtp-sink-program.ts';
import { createNginx } from '../services/nginx/nginx.ts';
import { createPostgresCluster, type PostgresCluster } from '../services/postgres/postgres.ts';
import { LOOPBACK } from '../services/process/service.ts';
import { createRedisSentinels, type RedisSentinels } from '../services/redis/redis.ts';
import { createOpensslTsa } from '../services/time-stamps/openssl-tsa.ts';
import { createIngestNode, createWebNode } from './logmaster-node.ts';
import type { ClusterOptions } from './options.ts';
import type { Part } from './part.ts';
import { type ClusterPorts, clusterPorts } from './ports.ts';
import { createSampleSender } from './sample-sender.ts';

/** The one place that says which server does which job in the cluster, and how LogMaster is told of it. */
export interface Composition {
  readonly parts: readonly Part[];
  readonly stages: typeof STAGES;
  readonly url: string;
  /** PEM file of the authority that issued the load balancer's certificate. */
  readonly caFile: string;
  readonly archive: string;
  /** What each of LogMaster's programs reads from its environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** When the servers run and before anything of LogMaster does. */
  createDatabase(): Promise<void>;
}

/** In the order of their numbers; what is in one stage starts together. */
const STAGES = { servers: 0, followers: 1, ingest: 2, web: 3, front: 4, sample: 5 } as const;

const DATABASE = 'logmaster';

/** Safe in URLs and configuration files. */
const secret = () => randomBytes(24).toString('base64url');

function databaseEnvironment({ primary, replicas }: PostgresCluster): Record<string, string> {
  return {
    DATABASE_URL: primary.url(DATABASE),
    DATABASE_REPLICA_URLS: replicas.map((replica) => replica.url(DATABASE)).join(','),
  };
}

function redisEnvironment({ sentinels, masterName, password = '' }: RedisSentinels): Record<string, string> {
  return {
    REDIS_SENTINELS: sentinels.map(({ address }) => `${address.host}:${address.port}`).join(','),
    REDIS_SENTINEL_MASTER: masterName,
    REDIS_PASSWORD: password,
  };
}

async function createServers(keeper: Keeper, { elasticsearchNodes }: ClusterOptions, ports: ClusterPorts) {
  const postgres = await createPostgresCluster(keeper, {
    replicas: 2,
    ports: [ports.postgres1, ports.postgres2, ports.postgres3],
    password: secret(),
  });
  const redis = await createRedisSentinels(keeper, {
    password: secret(),
    ports: {
      servers: [ports.redis1, ports.redis2],
      sentinels: [ports.sentinel1, ports.sentinel2, ports.sentinel3],
    },
  });
  const elasticsearch = await createElasticsearch(keeper, {
    nodes: elasticsearchNodes,
    ports: {
      http: [ports.elasticsearch1, ports.elasticsearch2, ports.elasticsearch3, ports.elasticsearch4],
      transport: [
        ports.elasticsearchTransport1,
        ports.elasticsearchTransport2,
        ports.elasticsearchTransport3,
        ports.elasticsearchTransport4,
      ],
    },
  });
  const ldap = await createOpenLdap(keeper, { name: 'openldap', port: ports.ldap, ldapsPort: ports.ldaps });
  const mail = await createSmtpSinkProgram(keeper, { name: 'smtp', port: ports.smtp, httpPort: ports.mails });
  const tsa = await createOpensslTsa(keeper, { name: 'tsa', port: ports.tsa });
  return { postgres, redis, elasticsearch, ldap, mail, tsa };
}

type Servers = Awaited<ReturnType<typeof createServers>>;

function environmentOf(
  { postgres, redis, elasticsearch, ldap, mail, tsa }: Servers,
  { data, archive, url, ports }: { data: string; archive: string; url: string; ports: ClusterPorts },
  { segmentSeconds }: ClusterOptions,
): Record<string, string> {
  return {
    LOGMASTER_DATA_DIR: data,
    ARCHIVE_DIR: archive,
    LOGMASTER_SEGMENT_SECONDS: `${segmentSeconds}`,
    ...databaseEnvironment(postgres),
    ...redisEnvironment(redis),
    ELASTICSEARCH_URLS: elasticsearch.urls.join(','),
    // A copy beside the first needs a second node that may hold it.
    ELASTICSEARCH_REPLICAS: elasticsearch.nodes.length > 1 ? '1' : '0',
    LDAP_URL: ldap.url,
    LDAP_STARTTLS: 'true',
    LDAP_CA_FILE: ldap.caFile,
    LDAP_BIND_DN: ldap.serviceAccount.dn,
    LDAP_BIND_PASSWORD: ldap.serviceAccount.password,
    LDAP_BASE_DN: ldap.baseDn,
    SMTP_URL: mail.url,
    SMTP_CA_FILE: mail.caFile,
    SMTP_FROM: 'LogMaster <logmaster@example.org>',
    TSA_URL: tsa.url,
    TSA_CA_FILE: tsa.anchorFile,
    NEXTAUTH_URL: url,
    NEXTAUTH_SECRET: secret(),
    LOGMASTER_INGEST_URL: `http://${LOOPBACK}:${ports.ingestMetrics}`,
  };
}

/** Makes every part of the cluster, started none. */
export async function compose(keeper: Keeper, options: ClusterOptions): Promise<Composition> {
  const ports = clusterPorts(options.portBase);
  const url = `https://${LOOPBACK}:${ports.https}`;
  const servers = await createServers(keeper, options, ports);
  const data = await keeper.makeFolder('logmaster', { asRoot: true });
  // A folder of its own, as the NFS mount of a production installation is.
  const archive = await keeper.makeFolder(path.join('archive'), { asRoot: true });
  const environment = environmentOf(servers, { data, archive, url, ports }, options);

  const ingest = await createIngestNode(keeper, {
    name: 'ingest-1',
    port: ports.ingestMetrics,
    syslogPort: ports.ingestSyslog,
    // The load balancer tells the true source of each connection; whoever sends to the node itself is its own source.
    environment: { ...environment, LOGMASTER_NODE: 'node1', LOGMASTER_PROXY_PROTOCOL_FROM: LOOPBACK },
  });
  const webs = [
    await createWebNode(keeper, { name: 'web-1', port: ports.web1, environment }),
    await createWebNode(keeper, { name: 'web-2', port: ports.web2, environment }),
  ];
  const authority = await makeCertificateAuthority(keeper, 'nginx-ca');
  const nginx = await createNginx(keeper, {
    name: 'nginx',
    ports: { https: ports.https, http: ports.http, syslog: ports.syslog },
    certificate: await authority.issue('nginx'),
    webNodes: webs.map(({ address }) => address),
    syslogNodes: [{ host: LOOPBACK, port: ports.ingestSyslog }],
    values: { SYSLOG_PROXY_PROTOCOL: 'on' },
  });

  const { postgres, redis, elasticsearch, ldap, mail, tsa } = servers;
  const at = (stage: number, services: readonly Part['service'][]): Part[] =>
    services.map((service) => ({ stage, service }));
  return {
    stages: STAGES,
    parts: [
      ...at(STAGES.servers, [postgres.primary, ...redis.servers, ...elasticsearch.nodes, ldap, mail, tsa]),
      ...at(STAGES.followers, [...postgres.replicas, ...redis.sentinels]),
      ...at(STAGES.ingest, [ingest]),
      ...at(STAGES.web, webs),
      ...at(STAGES.front, [nginx]),
      ...at(STAGES.sample, options.sample ? [await createSampleSender(keeper, ports.ingestSyslog)] : []),
    ],
    url,
    caFile: authority.file,
    archive,
    environment,
    createDatabase: async () => {
      await postgres.createDatabase(DATABASE);
      await postgres.untilCaughtUp();
    },
  };
}
