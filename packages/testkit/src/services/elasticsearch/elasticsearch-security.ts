import { pbkdf2Sync, randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createHttpsClient, type HttpsClient } from '../../https-client.ts';
import type { CertificateAuthority } from '../certificates/certificates.ts';

/** TLS on the HTTP port, and a user who may do everything. The nodes among themselves stay as they are. */
export interface ElasticsearchSecurity {
  readonly authority: CertificateAuthority;
  readonly username: string;
  readonly password: string;
  /** More users with the same password, each with what it may do (the body of a role). */
  readonly roles?: Readonly<Record<string, object>>;
}

/** Lines of elasticsearch.yml beside the files of `writeSecurity`. */
export const SECURITY_SETTINGS = {
  'xpack.security.enabled': true,
  'xpack.security.http.ssl.enabled': true,
  'xpack.security.http.ssl.key': 'http.key',
  'xpack.security.http.ssl.certificate': 'http.pem',
  // A trial or a paid licence would bring more than customers have.
  'xpack.license.self_generated.type': 'basic',
} as const;

/**
 * A password as the server's file of users keeps it (`xpack.security.authc.password_hashing.algorithm: pbkdf2_1000`):
 * PBKDF2 with HMAC-SHA-512, salt and key of 32 bytes. Its own tool is a JVM for each user.
 */
function hashed(password: string): string {
  const salt = randomBytes(32);
  const key = pbkdf2Sync(password, salt, 1000, 32, 'sha512');
  return `{PBKDF2}1000$${salt.toString('base64')}$${key.toString('base64')}`;
}

/** Certificate and user files in the configuration of a node; the server reads nothing outside of it. */
export async function writeSecurity(
  configuration: string,
  { node, security }: { node: string; security: ElasticsearchSecurity },
): Promise<void> {
  const { key, certificate } = await security.authority.issue(node);
  const { username, password, roles = {} } = security;
  const names = Object.keys(roles);
  // In files: users, roles and keys made by request live in an index that this server can't make.
  const files: Readonly<Record<string, readonly string[]>> = {
    'http.key': [key],
    'http.pem': [certificate],
    // one role a line; JSON is YAML
    'roles.yml': Object.entries(roles).map(([name, role]) => `${name}: ${JSON.stringify(role)}`),
    users: [username, ...names].map((name) => `${name}:${hashed(password)}`),
    users_roles: [`superuser:${username}`, ...names.map((name) => `${name}:${name}`)],
  };
  for (const [name, lines] of Object.entries(files)) {
    await writeFile(path.join(configuration, name), `${lines.join('\n')}\n`);
  }
}

/** JSON requests to a node with TLS and a user. */
export function securedAsk(url: string, { authority, username, password }: ElasticsearchSecurity) {
  const client: HttpsClient = createHttpsClient(url, authority.pem);
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  return async (method: string, where: string, body?: unknown): Promise<unknown> => {
    const json = body === undefined ? {} : { body: JSON.stringify(body) };
    const headers = { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
    const { status, text } = await client.ask(where, { method, headers, ...json });
    if (status >= 300) throw new Error(`${method} ${where} gives ${status}: ${text.slice(0, 500)}`);
    return text === '' ? undefined : JSON.parse(text);
  };
}
