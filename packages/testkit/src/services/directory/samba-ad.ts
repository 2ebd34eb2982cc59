import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Attribute, type Client } from 'ldapts';
import type { Keeper } from '../../keeper/keeper.ts';
import { type IssueOptions, makeCertificateAuthority } from '../certificates/certificates.ts';
import { processService } from '../process/process-service.ts';
import { ServiceError } from '../process/service-error.ts';
import { change, type DirectoryService, dnBelow, type NewUser, withLdap } from './directory.ts';
import { seedDirectory } from './directory-people.ts';
import { ADMINISTRATOR, DOMAIN, DOMAIN_FOLDERS, unpackDomain } from './samba-domain.ts';

export interface SambaAdOptions {
  readonly name?: string;
  /** A loopback address of its own: its ports are fixed. Default: one that is free. */
  readonly host?: string;
  /** Refuse simple binds on connections that are not encrypted (strongerAuthRequired). */
  readonly requireTls?: boolean;
  /** Failed binds after which an account is locked. Default: never. */
  readonly lockAfter?: number;
  readonly certificate?: IssueOptions;
  /** False: only what a new domain has. */
  readonly seeded?: boolean;
}

/**
 * An Active Directory. Names to bind with are DNs, `username@corp.test` and `CORP\username`. Its
 * refusals are invalidCredentials with a sub-code in the text: `data 52e` wrong name or password, 533 disabled,
 * 701 account expired, 773 password must be changed, 775 locked.
 */
export interface SambaAdService extends DirectoryService {
  /** NetBIOS name, the one before the backslash. */
  readonly domain: string;
  readonly realm: string;
  /** `username@corp.test`. */
  upn(username: string): string;
  requirePasswordChange(dn: string): Promise<void>;
  expireAccount(dn: string): Promise<void>;
}

const PORTS = { ldap: 389, ldaps: 636 };
const USERS = `CN=Users,${DOMAIN.base}`;
const SERVICE_ACCOUNT = { username: 'svc-logmaster', password: 'Servis-hesabı-1' };
/** MS-ADTS § 2.2.16. */
const USER_ACCOUNT = { normal: 0x200, disabled: 0x2 };

/** A loopback address that nobody has by accident: there are sixteen million. */
function ownAddress(): string {
  return `127.${randomInt(1, 255)}.${randomInt(1, 255)}.${randomInt(2, 255)}`;
}

interface SmbSettings {
  readonly folder: string;
  readonly host: string;
  readonly requireTls: boolean;
  readonly tls: { readonly ca: string; readonly certificate: string; readonly key: string };
}

function smbConf({ folder, host, requireTls, tls }: SmbSettings): string {
  return `
[global]
netbios name = DC1
realm = ${DOMAIN.realm}
workgroup = ${DOMAIN.netbios}
server role = active directory domain controller
server services = ldap
interfaces = ${host}/8
bind interfaces only = yes
private dir = ${folder}/${DOMAIN_FOLDERS.private}
state directory = ${folder}/${DOMAIN_FOLDERS.state}
cache directory = ${folder}/run
lock directory = ${folder}/run
pid directory = ${folder}/run
ncalrpc dir = ${folder}/run/ncalrpc
winbindd socket directory = ${folder}/run/winbindd
ntp signd socket directory = ${folder}/run/ntp
binddns dir = ${folder}/run/dns
tls enabled = yes
tls cafile = ${tls.ca}
tls certfile = ${tls.certificate}
tls keyfile = ${tls.key}
ldap server require strong auth = ${requireTls ? 'allow_sasl_over_tls' : 'no'}
log level = 1
`;
}

/** Active Directory by Samba, with the people of the OpenLDAP one. Needs root. Not started yet. */
export async function createSambaAd(keeper: Keeper, options: SambaAdOptions = {}): Promise<SambaAdService> {
  const { host = ownAddress(), requireTls = false, seeded = true } = options;
  const name = options.name ?? `samba-ad-${host}`;
  const folder = await keeper.makeFolder(name, { asRoot: true });
  await keeper.makeFolder(path.join(name, 'run'), { asRoot: true });
  const authority = await makeCertificateAuthority(keeper, `${name}-ca`);
  const hosts = ['dc1.corp.test', host];
  const issued = await authority.issue('samba', { hosts, ...options.certificate, asRoot: true });
  const tls = { ca: authority.file, certificate: issued.certificateFile, key: issued.keyFile };
  const configuration = path.join(folder, 'smb.conf');
  await writeFile(configuration, smbConf({ folder, host, requireTls, tls }));
  const [url, ldapsUrl] = [`ldap://${host}`, `ldaps://${host}`];
  const service = processService({
    keeper,
    name,
    address: { host, port: PORTS.ldap },
    otherPorts: [PORTS.ldaps],
    component: 'samba',
    command: 'samba',
    args: ['--foreground', '--no-process-group', '--model=single', '--debug-stdout', `--configfile=${configuration}`],
    cwd: folder,
    asRoot: true,
    probe: () => asAdmin(async (client) => void (await client.search(DOMAIN.base, { scope: 'base' }))),
    async prepare() {
      if (existsSync(path.join(folder, DOMAIN_FOLDERS.private))) return;
      await unpackDomain(name, folder, path.join(folder, 'new'));
    },
  });
  const asAdmin = <T>(use: (client: Client) => Promise<T>) => withLdap({ url: ldapsUrl }, ADMINISTRATOR, use);
  const modify = (dn: string, ...changes: Parameters<typeof change>) =>
    asAdmin((client) => client.modify(dn, change(...changes)));
  const add = async (dn: string, entry: Readonly<Record<string, readonly (string | Buffer)[]>>) => {
    const attributes = Object.entries(entry)
      .filter(([, values]) => values.length > 0)
      .map(([type, values]) => new Attribute({ type, values: values as string[] | Buffer[] }));
    await asAdmin((client) => client.add(dn, attributes));
    return dn;
  };
  const upn = (username: string) => `${username}@${DOMAIN.realm.toLowerCase()}`;
  const account = (cn: string, username: string, password: string) => ({
    objectClass: ['user'],
    cn: [cn],
    sAMAccountName: [username],
    userPrincipalName: [upn(username)],
    unicodePwd: [unicodePassword(password)],
    userAccountControl: [`${USER_ACCOUNT.normal}`],
  });

  function addUser({ username, givenName, surname, mail, password }: NewUser): Promise<string> {
    const cn = `${givenName} ${surname}`;
    const more = { givenName: [givenName], sn: [surname], displayName: [cn], mail: [mail] };
    return add(dnBelow(USERS, 'CN', cn), { ...account(cn, username, password), ...more });
  }
  const addGroup = (group: string, members: readonly string[]) =>
    add(dnBelow(USERS, 'CN', group), { objectClass: ['group'], sAMAccountName: [group], member: members });
  const serviceAccount = { dn: dnBelow(USERS, 'CN', SERVICE_ACCOUNT.username), password: SERVICE_ACCOUNT.password };

  let filled = false;
  return {
    ...service,
    url,
    ldapsUrl,
    ca: authority.pem,
    caFile: authority.file,
    baseDn: DOMAIN.base,
    domain: DOMAIN.netbios,
    realm: DOMAIN.realm,
    serviceAccount,
    async start() {
      if (process.getuid?.() !== 0) {
        throw new ServiceError(name, 'it must be run by root, because its ports are fixed', { advice: 'be root' });
      }
      await service.start();
      if (filled) return;
      const { username, password } = SERVICE_ACCOUNT;
      await add(serviceAccount.dn, account(username, username, password));
      if (options.lockAfter) await modify(DOMAIN.base, 'replace', 'lockoutThreshold', `${options.lockAfter}`);
      if (seeded) await seedDirectory({ addUser, addGroup });
      filled = true;
    },
    upn,
    addUser,
    addGroup,
    addMember: (group, member) => modify(group, 'add', 'member', member),
    removeMember: (group, member) => modify(group, 'delete', 'member', member),
    setPassword: (dn, password) => modify(dn, 'replace', 'unicodePwd', unicodePassword(password)),
    disableUser: (dn) => modify(dn, 'replace', 'userAccountControl', `${USER_ACCOUNT.normal | USER_ACCOUNT.disabled}`),
    enableUser: (dn) => modify(dn, 'replace', 'userAccountControl', `${USER_ACCOUNT.normal}`),
    requirePasswordChange: (dn) => modify(dn, 'replace', 'pwdLastSet', '0'),
    // A FILETIME long ago: 100 ns steps since 1601.
    expireAccount: (dn) => modify(dn, 'replace', 'accountExpires', '116444736000000000'),
    remove: (dn) => asAdmin((client) => client.del(dn)),
  };
}

/** MS-ADTS § 3.1.1.3.1.5: UTF-16LE in quotation marks, over an encrypted connection only. */
function unicodePassword(password: string): Buffer {
  return Buffer.from(`"${password}"`, 'utf16le');
}
