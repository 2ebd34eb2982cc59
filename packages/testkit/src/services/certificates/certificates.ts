// X.509 certificates of test servers, made by openssl: an authority of our own, and what it issues for loopback.
import { chmod, chown, readFile, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import path from 'node:path';
import { serviceAccount } from '../../keeper/account.ts';
import type { Keeper } from '../../keeper/keeper.ts';
import { runTool } from '../process/run-tool.ts';

export interface IssuedCertificate {
  readonly certificateFile: string;
  /** PKCS #8 PEM, mode 0600, owned by the servers' user (or by us, when asked for). */
  readonly keyFile: string;
  /** PEM texts of both. */
  readonly certificate: string;
  readonly key: string;
}

export interface IssueOptions {
  /** DNS names and IP addresses it is valid for. Default: localhost and 127.0.0.1. */
  readonly hosts?: readonly string[];
  /** Default: an hour ago. */
  readonly notBefore?: Date;
  /** Default: in 30 days. In the past for an expired one. */
  readonly notAfter?: Date;
  /** For a server that runs as root (samba refuses a key of somebody else). */
  readonly asRoot?: boolean;
}

export interface CertificateAuthority {
  /** The trust anchor. */
  readonly file: string;
  readonly pem: string;
  /** A P-256 key and its certificate, good for TLS servers and clients; `name` is the common name and names the files. */
  issue(name: string, options?: IssueOptions): Promise<IssuedCertificate>;
}

const DAYS = 30;
const MS_PER_DAY = 86_400_000;
const MS_PER_HOUR = 3_600_000;

/** `openssl ca` is the one command of OpenSSL 3.0 that takes both dates. */
const CONFIG = `
[ca]
default_ca = authority
[authority]
dir = .
database = index.txt
new_certs_dir = .
certificate = ca.pem
private_key = ca.key
default_md = sha256
unique_subject = no
rand_serial = yes
policy = any
[any]
organizationName = optional
commonName = supplied
`;

/** GeneralizedTime as openssl takes it. */
const opensslTime = (date: Date) => `${date.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`;

function extensionsFor(hosts: readonly string[]): string {
  return [
    'basicConstraints = critical,CA:false',
    'keyUsage = critical,digitalSignature',
    'extendedKeyUsage = serverAuth,clientAuth',
    `subjectAltName = ${hosts.map((host) => `${isIP(host) ? 'IP' : 'DNS'}:${host}`).join(',')}`,
  ].join('\n');
}

/** Makes an authority in a folder of the keeper. It may be asked for many certificates at once. */
export async function makeCertificateAuthority(keeper: Keeper, name = 'ca'): Promise<CertificateAuthority> {
  const folder = await keeper.makeFolder(name);
  const account = await serviceAccount();
  const openssl = (...args: string[]) =>
    runTool({ service: name, component: 'openssl', command: 'openssl', args, cwd: folder });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const file = path.join(folder, 'ca.pem');
  await writeFile(path.join(folder, 'ca.cnf'), CONFIG);
  await writeFile(path.join(folder, 'index.txt'), '');
  await openssl(
    ...['req', '-x509', ...newKey, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', `/O=LogMaster test/CN=${name}`],
    ...['-days', `${DAYS}`, '-addext', 'keyUsage=critical,keyCertSign,cRLSign'],
  );

  async function issue(subject: string, options: IssueOptions = {}): Promise<IssuedCertificate> {
    const { hosts = ['localhost', '127.0.0.1'] } = options;
    const { notBefore = new Date(Date.now() - MS_PER_HOUR), notAfter = new Date(Date.now() + DAYS * MS_PER_DAY) } =
      options;
    const keyFile = path.join(folder, `${subject}.key`);
    const certificateFile = path.join(folder, `${subject}.pem`);
    await writeFile(path.join(folder, `${subject}.ext`), extensionsFor(hosts));
    await openssl(
      ...['req', '-new', ...newKey, '-keyout', keyFile, '-out', `${subject}.csr`],
      ...['-subj', `/O=LogMaster test/CN=${subject}`],
    );
    await openssl(
      ...['ca', '-batch', '-notext', '-config', 'ca.cnf', '-in', `${subject}.csr`, '-out', certificateFile],
      ...['-extfile', `${subject}.ext`],
      ...['-startdate', opensslTime(notBefore), '-enddate', opensslTime(notAfter)],
    );
    await chmod(keyFile, 0o600);
    if (account && !options.asRoot) await chown(keyFile, account.uid, account.gid);
    const [certificate, key] = await Promise.all([readFile(certificateFile, 'utf8'), readFile(keyFile, 'utf8')]);
    return { certificateFile, keyFile, certificate, key };
  }

  // One at a time: openssl keeps its list of issued certificates in a file without a lock.
  let last: Promise<unknown> = Promise.resolve();
  return {
    file,
    pem: await readFile(file, 'utf8'),
    issue(subject, options) {
      const issued = last.then(() => issue(subject, options));
      last = issued.catch(() => undefined);
      return issued;
    },
  };
}
