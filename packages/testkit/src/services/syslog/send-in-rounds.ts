import type { SyslogSender } from './syslog-route.ts';

const ROUND = 10;

/** For datagrams: a receiver's buffer takes some dozen large ones, and what is too much for it is lost by right. */
export async function sendInRounds(
  sender: Pick<SyslogSender, 'send'>,
  records: readonly (string | Uint8Array)[],
  untilArrived: (count: number) => Promise<unknown>,
): Promise<void> {
  for (let sent = 0; sent < records.length; ) {
    const round = records.slice(sent, sent + ROUND);
    await sender.send(round);
    sent += round.length;
    await untilArrived(sent);
  }
}
