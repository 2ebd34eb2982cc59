import { Attribute, Change, Client, DN } from 'ldapts';
import type { Service } from '../process/service.ts';

export interface DirectoryAccount {
  readonly dn: string;
  readonly password: string;
}

export interface NewUser {
  /** uid in OpenLDAP, sAMAccountName in Active Directory (ASCII, at most 20 characters there). */
  readonly username: string;
  readonly givenName: string;
  readonly surname: string;
  readonly mail: string;
  readonly password: string;
}

/** A directory of people and groups, OpenLDAP or Active Directory: the same words for both, their own schemas inside. */
export interface DirectoryService extends Service {
  /** `ldap://`; StartTLS may be asked for. */
  readonly url: string;
  readonly ldapsUrl: string;
  /** PEM of the authority that issued its certificate, and the file of it. */
  readonly ca: string;
  readonly caFile: string;
  readonly baseDn: string;
  /** May read people and groups, and nothing else. */
  readonly serviceAccount: DirectoryAccount;
  /** Resolves with the DN, as all that add do. */
  addUser(user: NewUser): Promise<string>;
  /** Members are DNs of people and groups. OpenLDAP wants at least one (groupOfNames, RFC 4519 § 3.5). */
  addGroup(name: string, members: readonly string[]): Promise<string>;
  addMember(groupDn: string, memberDn: string): Promise<void>;
  removeMember(groupDn: string, memberDn: string): Promise<void>;
  setPassword(dn: string, password: string): Promise<void>;
  /** Binds are refused from now on, whatever the password. */
  disableUser(dn: string): Promise<void>;
  enableUser(dn: string): Promise<void>;
  remove(dn: string): Promise<void>;
}

export interface LdapAccess {
  readonly url: string;
  /** PEM of the trust anchor. Without it the server's certificate is not looked at. */
  readonly ca?: string | undefined;
  readonly startTls?: boolean | undefined;
  readonly timeoutMs?: number | undefined;
}

const ASK_MS = 10_000;

/** Connects, binds (or stays anonymous), lets `use` ask, and hangs up. Throws the errors of ldapts. */
export async function withLdap<T>(
  { url, ca, startTls = false, timeoutMs = ASK_MS }: LdapAccess,
  account: DirectoryAccount | undefined,
  use: (client: Client) => Promise<T>,
): Promise<T> {
  const tlsOptions = ca === undefined ? { rejectUnauthorized: false } : { ca };
  // ldapts speaks TLS from the start whenever it is given options for it, whatever the URL says.
  const secure = url.startsWith('ldaps:') ? { tlsOptions } : {};
  const client = new Client({ url, ...secure, timeout: timeoutMs, connectTimeout: timeoutMs });
  try {
    // Without a host the certificate would be held against `localhost`.
    if (startTls) await client.startTLS({ ...tlsOptions, host: new URL(url).hostname });
    if (account) await client.bind(account.dn, account.password);
    return await use(client);
  } finally {
    await client.unbind();
  }
}

/** `name` under `attribute` below `parent`, with RFC 4514 escapes. */
export function dnBelow(parent: string, attribute: string, name: string): string {
  return `${new DN().addPairRDN(attribute, name)},${parent}`;
}

/** One modification of one attribute. */
export function change(
  operation: 'add' | 'delete' | 'replace',
  type: string,
  ...values: readonly (string | Buffer)[]
): Change {
  const attribute = new Attribute({ type });
  attribute.values = values as string[] | Buffer[];
  return new Change({ operation, modification: attribute });
}
