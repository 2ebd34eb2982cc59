// The mail sink as a program, for the cluster: takes every mail, keeps it as a file, shows all over HTTP.
//   node smtp-sink-main.ts SETTINGS.json
//   GET /messages          JSON list of MailSummary, oldest first
//   GET /messages/NAME.eml the mail as it came
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import path from 'node:path';
import { keepMail, mailFiles, summariseMail } from './mail-folder.ts';
import { listenSmtp, type SmtpEncryption, type SmtpUser } from './smtp-listener.ts';

export interface SmtpSinkSettings {
  readonly host: string;
  readonly port: number;
  readonly httpPort: number;
  readonly mails: string;
  readonly certificateFile: string;
  readonly keyFile: string;
  readonly encryption: SmtpEncryption;
  readonly user?: SmtpUser | undefined;
  readonly maxBytes?: number | undefined;
}

async function answer(mails: string, url: string, response: ServerResponse): Promise<void> {
  const files = await mailFiles(mails);
  if (url === '/messages') {
    const summaries = await Promise.all(files.map((file) => summariseMail(mails, file)));
    response.setHeader('content-type', 'application/json').end(JSON.stringify(summaries));
    return;
  }
  const file = files.find((name) => url === `/messages/${name}`);
  if (file) response.setHeader('content-type', 'message/rfc822').end(await readFile(path.join(mails, file)));
  else response.writeHead(404).end('GET /messages\n');
}

async function main(settingsFile: string): Promise<void> {
  const settings: SmtpSinkSettings = JSON.parse(await readFile(settingsFile, 'utf8'));
  const { host, port, httpPort, mails, encryption, user, maxBytes } = settings;
  const log = (line: string) => console.log(`${new Date().toISOString()} ${line}`);
  const http = createServer((request, response) => {
    answer(mails, request.url ?? '/', response).catch((error: unknown) => {
      log(`${request.url} failed: ${error}`);
      response.writeHead(500).end(String(error));
    });
  });
  await once(http.listen(httpPort, host), 'listening');
  const smtp = await listenSmtp(host, port, {
    certificate: await readFile(settings.certificateFile, 'utf8'),
    key: await readFile(settings.keyFile, 'utf8'),
    encryption,
    user,
    maxBytes,
    deliver: async (delivery) => void (await keepMail(mails, delivery)),
    log,
  });
  log(`SMTP on ${host}:${port}, HTTP on ${host}:${httpPort}`);
  process.once('SIGTERM', async () => {
    http.close();
    http.closeAllConnections();
    await smtp.close();
    process.exit(0);
  });
}

await main(process.argv[2] ?? '');
