// The OpenSSL time-stamp authority as a program: answers RFC 3161 requests with what is in its folder.
//   node openssl-tsa-main.ts HOST PORT FOLDER FAULT.json
// FAULT.json, when it is there, says how it misbehaves (TsaFault); it is read at each request.
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { type HttpAnswer, serve } from '@logmaster/signing/testing/http-answers';
import { type OpensslTsa, openOpensslTsa, withOtherNonce } from '@logmaster/signing/testing/openssl-tsa';

export type TsaFault =
  /** HTTP status 503. */
  | { readonly kind: 'unavailable' }
  /** Each answer comes so late. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** PKIStatus 2 (rejection), RFC 3161 § 2.4.2. */
  | { readonly kind: 'refuses' }
  /** A good token that answers another request. */
  | { readonly kind: 'wrong-nonce' }
  /** Signed by a certificate that was valid in January 2024. */
  | { readonly kind: 'expired-signer' };

async function currentFault(file: string): Promise<TsaFault | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function answer(tsa: OpensslTsa, query: Buffer, fault: TsaFault | undefined): Promise<HttpAnswer> {
  switch (fault?.kind) {
    case 'unavailable':
      return { status: 503, body: 'out of service\n', type: 'text/plain' };
    case 'slow':
      await delay(fault.ms);
      return { body: await tsa.reply(query) };
    case 'refuses':
      // openssl itself refuses what is no request.
      return { body: await tsa.reply(query.subarray(0, 1)) };
    case 'wrong-nonce':
      return { body: await tsa.reply(withOtherNonce(query)) };
    case 'expired-signer':
      return { body: await tsa.reply(query, 'expired') };
    case undefined:
      return { body: await tsa.reply(query) };
  }
}

async function main([host = '', port = '', folder = '', faultFile = '']: readonly string[]): Promise<void> {
  const tsa = await openOpensslTsa(folder);
  const log = (line: string) => console.log(`${new Date().toISOString()} ${line}`);
  const { url, close } = await serve(
    async (query, headers) => {
      const type = headers['content-type'];
      if (type !== 'application/timestamp-query') {
        log(`refused a request of type ${type ?? 'unknown'}`);
        return { status: 415, body: 'application/timestamp-query is wanted\n', type: 'text/plain' };
      }
      try {
        const answered = await answer(tsa, query, await currentFault(faultFile));
        log(`answered ${query.length} bytes with ${answered.body.length}`);
        return answered;
      } catch (error) {
        log(String(error));
        return { status: 500, body: 'it failed\n', type: 'text/plain' };
      }
    },
    { host, port: Number(port) },
  );
  log(`serves on ${url}`);
  process.once('SIGTERM', async () => {
    await close();
    process.exit(0);
  });
}

await main(process.argv.slice(2));
