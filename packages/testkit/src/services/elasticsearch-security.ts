import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createHttpsClient, type HttpsClient } from '../https-client.ts';
import { servicesCacheFolder } from '../setup/cache-folder.ts';
import { ELASTICSEARCH_FOLDER } from '../setup/catalogue.ts';
import type { CertificateAuthority } from './certificates.ts';
import { runTool } from './run-tool.ts';

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

/** Certificate and user file in the configuration of a node; the server reads nothing outside of it. */
export async function writeSecurity(
  configuration: string,
  { node, java, security }: { node: string; java: string; security: ElasticsearchSecurity },
): Promise<void> {
  const { key, certificate } = await security.authority.issue(node);
  await writeFile(path.join(configuration, 'http.key'), key);
  await writeFile(path.join(configuration, 'http.pem'), certificate);
  const { username, password, roles = {} } = security;
  // In a file: roles and keys made by request live in an index that this server can't make. One a line; JSON is YAML.
  const lines = Object.entries(roles).map(([name, role]) => `${name}: ${JSON.stringify(role)}`);
  await writeFile(path.join(configuration, 'roles.yml'), `${lines.join('\n')}\n`);
  const users = [[username, 'superuser'], ...Object.keys(roles).map((name) => [name, name])];
  for (const [name = '', role = ''] of users) {
    await runTool({
      service: node,
      component: 'elasticsearch',
      command: path.join(servicesCacheFolder(), ELASTICSEARCH_FOLDER, 'bin', 'elasticsearch-users'),
      args: ['useradd', name, '-p', password, '-r', role],
      env: { ES_PATH_CONF: configuration, ES_JAVA_HOME: java },
    });
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
