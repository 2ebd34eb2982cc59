import type { Component } from './component.ts';

/** Test files that start LogMaster on all servers. */
const CLUSTER = 'testkit/cluster/';
/** A test that imports one of these modules of testkit, as a package or from beside it. */
function uses(...modules: readonly string[]): RegExp {
  return new RegExp(
    `['"](?:@logmaster/testkit/services/|\\.{1,2}/(?:[a-z./-]+/)?)(?:${modules.join('|')})(?:\\.ts)?['"]`,
  );
}
function usesOrCluster(...modules: readonly string[]): RegExp {
  return new RegExp(`${uses(...modules).source}|${CLUSTER}`);
}

/** The release that customers of 8.x have; only the server without optional modules is on Maven Central. */
export const ELASTICSEARCH_VERSION = '8.19.21';
export const ELASTICSEARCH_FOLDER = `elasticsearch-${ELASTICSEARCH_VERSION}`;

/** One place knows how each is had. The order is that of installing. */
export const CATALOGUE: readonly Component[] = [
  {
    name: 'chromium',
    about: 'the browser of the end-to-end tests',
    needs: ['chromium'],
    // Without a font the pages in screenshots are empty boxes.
    recipes: [{ kind: 'apt', packages: ['chromium', 'fonts-dejavu-core'] }],
    usedBy: new RegExp(`testkit/browser['"]|${CLUSTER}`),
  },
  {
    name: 'openssl',
    about: "outsiders' checks, certificates, the OpenSSL time-stamp authority",
    needs: ['openssl'],
    recipes: [{ kind: 'apt', packages: ['openssl'] }],
    usedBy: new RegExp(
      `['"\`]openssl['"\` ]|${usesOrCluster('openssl-tsa', 'certificates', 'openldap', 'samba-ad', 'smtp-sink', 'smtp-sink-program', 'pgpool', 'nginx', 'nginx-stand').source}`,
    ),
  },
  {
    name: 'zstd',
    about: "outsiders' checks of records.log.zst",
    needs: ['zstd'],
    recipes: [{ kind: 'apt', packages: ['zstd'] }],
    usedBy: /['"`]zstd['"` ]/,
  },
  {
    name: 'postgresql',
    about: 'PostgreSQL primary with streaming replicas',
    needs: ['/usr/lib/postgresql/*/bin/postgres', '/usr/lib/postgresql/*/bin/pg_basebackup'],
    recipes: [{ kind: 'apt', packages: ['postgresql', 'postgresql-client'] }],
    usedBy: usesOrCluster('postgres', 'pgpool'),
  },
  {
    name: 'pgpool',
    about: 'pgpool-II in front of PostgreSQL',
    needs: ['pgpool'],
    recipes: [{ kind: 'apt', packages: ['pgpool2'] }],
    usedBy: uses('pgpool'),
  },
  {
    name: 'redis',
    about: 'Redis with Sentinels',
    needs: ['redis-server', 'redis-sentinel'],
    recipes: [{ kind: 'apt', packages: ['redis-server', 'redis-sentinel'] }],
    usedBy: usesOrCluster('redis'),
  },
  {
    name: 'elasticsearch',
    about: `Elasticsearch ${ELASTICSEARCH_VERSION} with its Java 17`,
    needs: [`cache:${ELASTICSEARCH_FOLDER}/bin/elasticsearch`, '/usr/lib/jvm/*/bin/java'],
    recipes: [
      { kind: 'apt', packages: ['openjdk-17-jre-headless', 'unzip'] },
      {
        kind: 'maven',
        artifact: `org.elasticsearch.distribution.integ-test-zip:elasticsearch:${ELASTICSEARCH_VERSION}:zip`,
        folder: ELASTICSEARCH_FOLDER,
      },
    ],
    usedBy: usesOrCluster('elasticsearch'),
  },
  {
    name: 'openldap',
    about: 'OpenLDAP with memberOf and password policy',
    needs: ['slapd', 'ldapsearch', '/usr/lib/ldap/memberof.la'],
    recipes: [{ kind: 'apt', packages: ['slapd', 'ldap-utils'] }],
    usedBy: usesOrCluster('openldap'),
  },
  {
    name: 'samba',
    about: 'Samba as an Active Directory domain controller',
    needs: ['samba', 'samba-tool', 'winbindd', '/usr/share/samba/setup/provision.ldif'],
    recipes: [
      {
        kind: 'apt',
        packages: [
          ...['samba', 'samba-ad-dc', 'samba-ad-provision', 'samba-dsdb-modules', 'winbind'],
          ...['krb5-user', 'ldap-utils'],
        ],
      },
    ],
    usedBy: uses('samba-ad'),
  },
  {
    name: 'nginx',
    about: 'Nginx with stream, ModSecurity and the OWASP rules',
    needs: [
      'nginx',
      '/usr/lib/nginx/modules/ngx_stream_module.so',
      '/usr/lib/nginx/modules/ngx_http_modsecurity_module.so',
      '/usr/share/modsecurity-crs/rules',
    ],
    recipes: [
      {
        kind: 'apt',
        packages: ['nginx-core', 'libnginx-mod-stream', 'libnginx-mod-http-modsecurity', 'modsecurity-crs'],
      },
    ],
    usedBy: usesOrCluster('nginx', 'nginx-stand'),
  },
  {
    name: 'prometheus',
    about: 'Prometheus and Alertmanager with their checkers',
    needs: ['prometheus', 'promtool', 'prometheus-alertmanager'],
    recipes: [{ kind: 'apt', packages: ['prometheus', 'prometheus-alertmanager'] }],
    usedBy: uses('prometheus', 'alertmanager'),
  },
  {
    name: 'softhsm',
    about: 'a PKCS#11 token in software',
    needs: ['softhsm2-util', 'pkcs11-tool', '/usr/lib/softhsm/libsofthsm2.so'],
    recipes: [{ kind: 'apt', packages: ['softhsm2', 'opensc'] }],
    usedBy: uses('softhsm'),
  },
  {
    name: 'rsyslog',
    about: 'rsyslog with RELP and TLS, as a sender and a yardstick',
    needs: ['rsyslogd', '/usr/lib/*/rsyslog/omrelp.so', '/usr/lib/*/rsyslog/lmnsd_gtls.so'],
    recipes: [{ kind: 'apt', packages: ['rsyslog', 'rsyslog-relp', 'rsyslog-gnutls'] }],
    usedBy: uses('rsyslog', 'rsyslog-relay'),
  },
  {
    name: 'syslog-ng',
    about: 'syslog-ng with loggen, beside rsyslog',
    needs: ['cache:syslog-ng/usr/sbin/syslog-ng', 'cache:syslog-ng/usr/bin/loggen', '/usr/lib/*/libpcre.so.3'],
    recipes: [
      // The libraries it shares with others may be installed; itself would push rsyslog out.
      { kind: 'apt', packages: ['libpcre3', 'libglib2.0-0', 'libjson-c5', 'libwrap0'] },
      { kind: 'unpacked', packages: ['syslog-ng-core', 'libivykis0', 'libnet1'], folder: 'syslog-ng' },
    ],
    usedBy: uses('syslog-ng', 'loggen'),
  },
  {
    name: 'sigstore-tsa',
    about: "sigstore's time-stamp authority, which we did not write",
    needs: ['cache:bin/sigstore-tsa'],
    recipes: [{ kind: 'go-program', folder: 'sigstore-tsa' }],
    usedBy: uses('sigstore-tsa'),
  },
  {
    name: 'k6',
    about: 'load tests',
    needs: ['cache:bin/k6'],
    recipes: [{ kind: 'go', module: 'go.k6.io/k6@latest' }],
    // Nothing in `npm test` runs it; it is there for those who ask for it.
    usedBy: uses('k6'),
  },
];

export function componentNamed(name: string): Component | undefined {
  return CATALOGUE.find((component) => component.name === name);
}
