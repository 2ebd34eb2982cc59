import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Address } from '../process/service.ts';

const ANSWER_MS = 5_000;

/**
 * Sends text to a TCP port and resolves with what came back once `complete` holds for it (default: anything at all,
 * or at once when nothing is asked), one char a byte. For readiness questions of protocols made of lines.
 */
export async function askTcp(
  { host, port }: Address,
  text: string,
  complete: (answer: string) => boolean = (answer) => answer !== '',
): Promise<string> {
  const socket = connect(port, host).setEncoding('latin1');
  try {
    const signal = AbortSignal.timeout(ANSWER_MS);
    await once(socket, 'connect', { signal });
    if (text === '') return '';
    socket.write(text);
    let answer = '';
    const failed = once(socket, 'close', { signal }).then(() => {
      if (!complete(answer)) throw new Error(`the connection was closed after ${JSON.stringify(answer.slice(0, 200))}`);
    });
    failed.catch(() => undefined);
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    while (!complete(answer)) await Promise.race([once(socket, 'data', { signal }), failed, delay(ANSWER_MS)]);
    return answer;
  } finally {
    socket.destroy();
  }
}
