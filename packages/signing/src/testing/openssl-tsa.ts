import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseRequest } from '../tsp/request.ts';
import { sh } from './openssl.ts';

/** A real TSA: `openssl ts -reply`, with a CA and certificates made by openssl. `serve` puts it behind HTTP. */

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

/** For certificates with dates of our choice, which only `openssl ca` makes. */
const ISSUING = `
[ca]
default_ca = d
[d]
dir = .
database = index.txt
new_certs_dir = .
default_md = sha256
rand_serial = yes
policy = p
[p]
organizationName = supplied
commonName = supplied
`;

const EXTENSIONS = {
  ca: 'basicConstraints=critical,CA:true\nkeyUsage=critical,keyCertSign,cRLSign',
  good: 'basicConstraints=critical,CA:false\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping',
} as const;

export interface OpensslTsaOptions {
  /** Default: a new temporary one, which the caller removes. */
  readonly folder?: string;
  /** Extensions of the TSA's certificate, in openssl's words. Default: critical and sole timeStamping. */
  readonly extensions?: string;
  /** Default `rsa:3072`. */
  readonly keyArguments?: string;
  /** Changes the configuration. */
  readonly config?: (config: string) => string;
  /** Puts an intermediate CA between root and TSA. */
  readonly intermediate?: boolean;
}

export interface OpensslTsa {
  readonly folder: string;
  /** PEM of the root. */
  readonly ca: string;
  /** TimeStampResp to a TimeStampReq; by the same key under a certificate that is long expired, when asked for. */
  reply(query: Buffer, signer?: 'valid' | 'expired'): Promise<Buffer>;
  remove(): Promise<void>;
}

/** Makes keys, certificates and configuration. */
export async function makeOpensslTsa(options: OpensslTsaOptions = {}): Promise<OpensslTsa> {
  const folder = options.folder ?? (await mkdtemp(path.join(tmpdir(), 'signing-tsa-')));
  const config = (options.config ?? ((text) => text))(CONFIG);
  const files = {
    'ca.ext': EXTENSIONS.ca,
    'tsa.ext': options.extensions ?? EXTENSIONS.good,
    'valid.cnf': config,
    'expired.cnf': config.replace('./tsa.pem', './expired.pem'),
    'issuing.cnf': ISSUING,
    'index.txt': '',
    serial: '01\n',
  };
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
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
    `openssl ca -batch -notext -config issuing.cnf -cert ${issuer}.pem -keyfile ${issuer}.key -in tsa.csr -out expired.pem -startdate 20240101000000Z -enddate 20240201000000Z -extfile tsa.ext`,
    options.intermediate ? 'cat middle.pem ca.pem > chain.pem' : 'cp ca.pem chain.pem',
  ];
  await sh(folder, commands.join(' && '));
  return openOpensslTsa(folder);
}

/** One that was made before. Only one process at a time: the serial file has no lock but ours. */
export async function openOpensslTsa(folder: string): Promise<OpensslTsa> {
  async function reply(query: Buffer, signer = 'valid'): Promise<Buffer> {
    const file = path.join(folder, randomUUID());
    try {
      await writeFile(file, query);
      await sh(folder, `openssl ts -reply -config ${signer}.cnf -queryfile '${file}' -out '${file}.tsr'`);
      return await readFile(`${file}.tsr`);
    } finally {
      for (const used of [file, `${file}.tsr`]) await rm(used, { force: true });
    }
  }
  let last: Promise<unknown> = Promise.resolve();
  return {
    folder,
    ca: await readFile(path.join(folder, 'ca.pem'), 'utf8'),
    reply(query, signer) {
      const answer = last.then(() => reply(query, signer));
      last = answer.catch(() => undefined);
      return answer;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The same request with another nonce: what a token over it says is not what was asked. It must have a nonce. */
export function withOtherNonce(query: Buffer): Buffer {
  const hex = (parseRequest(query).nonce as bigint).toString(16);
  const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  const copy = Buffer.from(query);
  const last = query.lastIndexOf(bytes) + bytes.length - 1;
  copy[last] = (copy[last] as number) ^ 1;
  return copy;
}
