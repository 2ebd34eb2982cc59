import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { freePorts } from '../../free-ports.ts';
import type { Keeper } from '../../keeper/keeper.ts';
import { makeCertificateAuthority } from '../certificates/certificates.ts';
import { processService } from '../process/process-service.ts';
import { LOOPBACK, type Service } from '../process/service.ts';
import type { MailSummary } from './mail-folder.ts';
import { greeting, type SmtpSinkOptions, smtpUrl } from './smtp-sink.ts';
import type { SmtpSinkSettings } from './smtp-sink-main.ts';

export interface SmtpSinkProgramOptions extends SmtpSinkOptions {
  readonly httpPort?: number;
}

export interface SmtpSinkProgram extends Service {
  readonly url: string;
  readonly ca: string;
  readonly caFile: string;
  /** Lists what came, for people and programs. */
  readonly messagesUrl: string;
  messages(): Promise<readonly MailSummary[]>;
}

const ASK_MS = 5_000;

/** The mail sink as a process of its own, for the cluster. Mails are kept over restarts. */
export async function createSmtpSinkProgram(
  keeper: Keeper,
  options: SmtpSinkProgramOptions = {},
): Promise<SmtpSinkProgram> {
  const { host = LOOPBACK, encryption = 'offered', user, maxBytes } = options;
  const free = await freePorts(2);
  const [port = 0, httpPort = 0] = [options.port ?? free[0], options.httpPort ?? free[1]];
  const name = options.name ?? `smtp-${port}`;
  // It runs as we do: Node may lie where the servers' user can not look.
  const folder = await keeper.makeFolder(name, { asRoot: true });
  const mails = await keeper.makeFolder(path.join(name, 'mails'), { asRoot: true });
  const authority = await makeCertificateAuthority(keeper, `${name}-ca`);
  const { certificateFile, keyFile } = await authority.issue('smtp', {
    hosts: ['localhost', host],
    ...options.certificate,
    asRoot: true,
  });
  const settings: SmtpSinkSettings = {
    ...{ host, port, httpPort, mails, certificateFile, keyFile },
    ...{ encryption, user, maxBytes },
  };
  const settingsFile = path.join(folder, 'settings.json');
  await writeFile(settingsFile, JSON.stringify(settings));
  const messagesUrl = `http://${host}:${httpPort}/messages`;

  async function messages(): Promise<readonly MailSummary[]> {
    const response = await fetch(messagesUrl, { signal: AbortSignal.timeout(ASK_MS) });
    if (!response.ok) throw new Error(`${messagesUrl} answered with HTTP status ${response.status}`);
    return (await response.json()) as readonly MailSummary[];
  }
  const address = { host, port };
  const service = processService({
    keeper,
    name,
    address,
    otherPorts: [httpPort],
    component: 'smtp',
    command: process.execPath,
    args: [path.join(import.meta.dirname, 'smtp-sink-main.ts'), settingsFile],
    cwd: folder,
    asRoot: true,
    async probe() {
      await greeting(address, encryption);
      await messages();
    },
  });
  const url = smtpUrl(encryption, user, address);
  return { ...service, url, ca: authority.pem, caFile: authority.file, messagesUrl, messages };
}
