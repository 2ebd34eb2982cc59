import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sh } from './openssl.ts';

/** A real TSA: `openssl ts -reply` behind HTTP, with a CA and certificates made by openssl. */

const CONFIG = `
[tsa]
default_tsa = t
[t]
serial = ./serial
crypto_device = builtin
signer_cert = ./tsa.pem
certs = ./chain.pem
signer_key = ./tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
other_policies = 1.2.3.4.2
digests = sha1, sha256, sha384, sha512
accuracy = secs:1, millisecs:500
ordering = yes
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
`;

const EXTENSIONS = {
  ca: 'basicConstraints=critical,CA:true\nkeyUsage=critical,keyCertSign,cRLSign',
  good: 'basicConstraints=critical,CA:false\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping',
} as const;

export interface OpensslTsaOptions {
  /** Extensions of the TSA's certificate, in openssl's words. Default: critical and sole timeStamping. */
  readonly extensions?: string;
  /** Default `rsa:3072`. */
  readonly keyArguments?: string;
  /** Changes the configuration. */
  readonly config?: (config: string) => string;
  /** Puts an intermediate CA between root and TSA. */
  readonly intermediate?: boolean;
}

/** Makes keys, certificates and configuration in a temporary folder, which the caller removes. */
export async function makeOpensslTsa(options: OpensslTsaOptions = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), 'signing-tsa-'));
  await writeFile(path.join(folder, 'ca.ext'), EXTENSIONS.ca);
  await writeFile(path.join(folder, 'tsa.ext'), options.extensions ?? EXTENSIONS.good);
  await writeFile(path.join(folder, 'tsa.cnf'), (options.config ?? ((config) => config))(CONFIG));
  await writeFile(path.join(folder, 'serial'), '01\n');
  const key = options.keyArguments ?? '-newkey rsa:3072';
  const request = (name: string, subject: string) =>
    `openssl req -new ${key} -nodes -keyout ${name}.key -subj "${subject}" -out ${name}.csr`;
  const issue = (name: string, by: string, extensions: string) =>
    `openssl x509 -req -in ${name}.csr -CA ${by}.pem -CAkey ${by}.key -set_serial 0x1${name.length} -days 30 -sha256 -extfile ${extensions}.ext -out ${name}.pem`;
  const issuer = options.intermediate ? 'middle' : 'ca';
  const commands = [
    request('ca', '/O=Test/CN=Test root'),
    'openssl x509 -req -in ca.csr -signkey ca.key -days 60 -sha256 -extfile ca.ext -out ca.pem',
    ...(options.intermediate ? [request('middle', '/O=Test/CN=Test middle'), issue('middle', 'ca', 'ca')] : []),
    request('tsa', '/O=Test/CN=Test TSA'),
    issue('tsa', issuer, 'tsa'),
    options.intermediate ? 'cat middle.pem ca.pem > chain.pem' : 'cp ca.pem chain.pem',
  ];
  await sh(folder, commands.join(' && '));
  const reply = async (query: Buffer): Promise<Buffer> => {
    const file = path.join(folder, `query-${Math.random()}`);
    await writeFile(file, query);
    await sh(folder, `openssl ts -reply -config tsa.cnf -queryfile '${file}' -out '${file}.tsr'`);
    return readFile(`${file}.tsr`);
  };
  const remove = () => rm(folder, { recursive: true, force: true });
  return { folder, ca: await readFile(path.join(folder, 'ca.pem'), 'utf8'), reply, remove };
}

export interface HttpAnswer {
  readonly status?: number;
  readonly body: Buffer | string;
  readonly type?: string;
}

/** An HTTP server on loopback that answers queries; `answer` may stay pending for ever. */
export async function serve(answer: (query: Buffer, headers: NodeJS.Dict<string | string[]>) => Promise<HttpAnswer>) {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const {
      status = 200,
      body,
      type = 'application/timestamp-reply',
    } = await answer(Buffer.concat(chunks), request.headers);
    response.writeHead(status, { 'content-type': type });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}/`, close };
}
