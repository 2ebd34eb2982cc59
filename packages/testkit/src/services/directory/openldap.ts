import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Client } from 'ldapts';
import { freePorts } from '../../free-ports.ts';
import type { Keeper } from '../../keeper/keeper.ts';
import { type IssueOptions, makeCertificateAuthority } from '../certificates/certificates.ts';
import { processService } from '../process/process-service.ts';
import { LOOPBACK, type Placement } from '../process/service.ts';
import { change, type DirectoryService, dnBelow, type NewUser, withLdap } from './directory.ts';
import { seedDirectory } from './directory-people.ts';

export interface OpenLdapOptions extends Placement {
  readonly name?: string;
  readonly ldapsPort?: number;
  /** Refuse binds on connections that are not encrypted (confidentialityRequired). */
  readonly requireTls?: boolean;
  /** Failed binds after which an account is locked. Default: never. */
  readonly lockAfter?: number;
  /** For a server whose certificate is expired or names another host. */
  readonly certificate?: IssueOptions;
  /** False: an empty directory, base and units only. */
  readonly seeded?: boolean;
}

const BASE = 'dc=example,dc=org';
const UNITS = { people: `ou=people,${BASE}`, groups: `ou=groups,${BASE}`, services: `ou=services,${BASE}` };
const POLICY = `cn=default,ou=policies,${BASE}`;
const ADMIN = { dn: `cn=admin,${BASE}`, password: 'admin' };
const SERVICE_ACCOUNT = { dn: `cn=logmaster,${UNITS.services}`, password: 'Servis-hesabı-1' };
const MAX_BYTES = 64 * 1024 * 1024;
/** What a lookup brings at most, unless it asks for pages; real directories have such a limit. */
const SIZE_LIMIT = 500;
/** draft-behera-ldap-password-policy-10 § 5.3.3: locked until an administrator unlocks it. */
const LOCKED_FOR_GOOD = '000001010000Z';

interface Files {
  readonly folder: string;
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
}

function slapdConf({ folder, ca, certificate, key }: Files, requireTls: boolean): string {
  return `
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
moduleload memberof
moduleload refint
moduleload ppolicy
pidfile ${folder}/slapd.pid
TLSCACertificateFile ${ca}
TLSCertificateFile ${certificate}
TLSCertificateKeyFile ${key}
sizelimit size.soft=${SIZE_LIMIT} size.hard=${SIZE_LIMIT} size.prtotal=unlimited
${requireTls ? 'security simple_bind=128' : ''}

database mdb
suffix "${BASE}"
rootdn "${ADMIN.dn}"
rootpw ${ADMIN.password}
directory ${folder}/db
maxsize ${MAX_BYTES}
# a killed server keeps its data all the same: the kernel has it
dbnosync
index objectClass,uid,cn,mail,member,memberOf eq
access to attrs=userPassword by self write by anonymous auth by * none
access to * by dn.children="${UNITS.services}" read by self read by * none

overlay memberof
memberof-refint TRUE
overlay refint
refint_attributes member
refint_nothing "${ADMIN.dn}"
overlay ppolicy
ppolicy_default "${POLICY}"
ppolicy_hash_cleartext
ppolicy_use_lockout
`;
}

async function addFrame(client: Client, lockAfter: number | undefined): Promise<void> {
  await client.add(BASE, { objectClass: ['dcObject', 'organization'], dc: 'example', o: 'Örnek A.Ş.' });
  for (const ou of ['people', 'groups', 'services', 'policies']) {
    await client.add(`ou=${ou},${BASE}`, { objectClass: 'organizationalUnit', ou });
  }
  await client.add(POLICY, {
    objectClass: ['device', 'pwdPolicy'],
    cn: 'default',
    pwdAttribute: 'userPassword',
    pwdLockout: 'TRUE',
    pwdMaxFailure: `${lockAfter ?? 0}`,
  });
  await client.add(SERVICE_ACCOUNT.dn, {
    objectClass: ['applicationProcess', 'simpleSecurityObject'],
    cn: 'logmaster',
    userPassword: SERVICE_ACCOUNT.password,
  });
}

/** slapd with TLS, memberOf, referential integrity and a password policy, and some people. Not started yet. */
export async function createOpenLdap(keeper: Keeper, options: OpenLdapOptions = {}): Promise<DirectoryService> {
  const { host = LOOPBACK, requireTls = false, seeded = true } = options;
  const free = await freePorts(2);
  const [port = 0, ldapsPort = 0] = [options.port ?? free[0], options.ldapsPort ?? free[1]];
  const name = options.name ?? `openldap-${port}`;
  const folder = await keeper.makeFolder(name);
  await keeper.makeFolder(path.join(name, 'db'));
  const authority = await makeCertificateAuthority(keeper, `${name}-ca`);
  const issued = await authority.issue('slapd', { hosts: ['localhost', host], ...options.certificate });
  const files = { folder, ca: authority.file, certificate: issued.certificateFile, key: issued.keyFile };
  await writeFile(path.join(folder, 'slapd.conf'), slapdConf(files, requireTls));
  const [url, ldapsUrl] = [`ldap://${host}:${port}`, `ldaps://${host}:${ldapsPort}`];
  const service = processService({
    keeper,
    name,
    address: { host, port },
    otherPorts: [ldapsPort],
    component: 'openldap',
    command: 'slapd',
    args: ['-d', 'stats', '-f', path.join(folder, 'slapd.conf'), '-h', `${url} ${ldapsUrl}`],
    cwd: folder,
    probe: () => withLdap({ url }, undefined, async (client) => void (await client.search('', { scope: 'base' }))),
  });
  // Encrypted for `requireTls`, and with whatever certificate the test wants it to have.
  const asAdmin = <T>(use: (client: Client) => Promise<T>) => withLdap({ url: ldapsUrl }, ADMIN, use);
  const modify = (dn: string, ...changes: Parameters<typeof change>) =>
    asAdmin((client) => client.modify(dn, change(...changes)));

  async function addUser({ username, givenName, surname, mail, password }: NewUser): Promise<string> {
    const dn = dnBelow(UNITS.people, 'uid', username);
    const names = { cn: `${givenName} ${surname}`, givenName, sn: surname };
    await asAdmin((client) =>
      client.add(dn, { objectClass: 'inetOrgPerson', uid: username, ...names, mail, userPassword: password }),
    );
    return dn;
  }
  async function addGroup(group: string, members: readonly string[]): Promise<string> {
    const dn = dnBelow(UNITS.groups, 'cn', group);
    await asAdmin((client) => client.add(dn, { objectClass: 'groupOfNames', cn: group, member: [...members] }));
    return dn;
  }
  let filled = false;
  return {
    ...service,
    url,
    ldapsUrl,
    ca: authority.pem,
    caFile: authority.file,
    baseDn: BASE,
    serviceAccount: SERVICE_ACCOUNT,
    async start() {
      await service.start();
      if (filled) return;
      await asAdmin((client) => addFrame(client, options.lockAfter));
      if (seeded) await seedDirectory({ addUser, addGroup });
      filled = true;
    },
    addUser,
    addGroup,
    addMember: (group, member) => modify(group, 'add', 'member', member),
    removeMember: (group, member) => modify(group, 'delete', 'member', member),
    setPassword: (dn, password) => modify(dn, 'replace', 'userPassword', password),
    disableUser: (dn) => modify(dn, 'replace', 'pwdAccountLockedTime', LOCKED_FOR_GOOD),
    enableUser: (dn) => modify(dn, 'replace', 'pwdAccountLockedTime'),
    remove: (dn) => asAdmin((client) => client.del(dn)),
  };
}
