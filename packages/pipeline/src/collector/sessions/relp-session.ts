import { MAX_RECORD_BYTES } from '@logmaster/core/record';
import { SOFTWARE } from '@logmaster/core/version';
import { countOddBytes, isCleanText } from '@logmaster/parsers/framing/record-sink';
import { createRelpReader, encodeRelpFrame, RelpError, type RelpFrame } from '@logmaster/parsers/framing/relp';
import type { Receiver } from '../receiver.ts';
import { Acknowledgements } from '../stream/acknowledgements.ts';
import type { Peer, Session } from './session.ts';

const LARGEST_TRANSACTION = 999_999_999;
const OFFERS = `relp_version=0\nrelp_software=${SOFTWARE.replace(' ', ',')}\ncommands=syslog`;

/**
 * RELP: `200 OK` goes out when the commit that covers the record has returned, and not before. What is not RELP gets
 * `500` with a sentence, then `serverclose`, and the connection ends.
 */
export function relpSession(peer: Peer, receiver: Receiver): Session {
  const answers = new Acknowledgements<number>(receiver);
  const reader = createRelpReader({ maxDataBytes: MAX_RECORD_BYTES, onFrame: read });
  let opened = false;
  let over = false;
  let expected: number | undefined;

  function read(frame: RelpFrame): void {
    if (over) return;
    const { transaction, command } = frame;
    if (expected !== undefined && transaction !== expected)
      throw new RelpError(`transaction ${expected} was to come, not ${transaction}`, transaction);
    expected = transaction === LARGEST_TRANSACTION ? 1 : transaction + 1;
    if (command === 'open') open(frame);
    else if (!opened) throw new RelpError('the first command must be open', transaction);
    else if (command === 'syslog') take(frame);
    else if (command === 'close') close(transaction);
    else throw new RelpError(`there is no command ${command}`, transaction);
  }

  function open({ transaction, data }: RelpFrame): void {
    if (opened) throw new RelpError('the session is open already', transaction);
    const offers = data.toString('latin1').split('\n');
    const commands = offers.find((offer) => offer.startsWith('commands='))?.slice('commands='.length) ?? '';
    if (!offers.some((offer) => /^relp_version=[01]$/.test(offer)))
      throw new RelpError('relp_version 0 is spoken here', transaction);
    if (!commands.split(',').includes('syslog')) throw new RelpError('the command syslog must be offered', transaction);
    opened = true;
    peer.write(encodeRelpFrame(transaction, 'rsp', `200 OK\n${OFFERS}`));
  }

  function take({ transaction, data, cut }: RelpFrame): void {
    // An empty message is acknowledged as others are; there is no record in it.
    if (data.length === 0) receiver.counters.note('empty');
    else {
      if (cut) receiver.counters.note('truncated');
      if (!isCleanText(data)) countOddBytes(data, cut, receiver.framing.onCounter);
      receiver.take(peer.source, data, cut ? 't' : '');
    }
    answers.add(transaction);
  }

  function close(transaction: number): void {
    over = true;
    answers.add(-transaction);
  }

  function settle(): void {
    const due = answers.take();
    if (due.length === 0) return;
    // A negative one is the close command, behind all records: its answer is the last.
    const last = due.at(-1) as number;
    const records = last < 0 ? due.slice(0, -1) : due;
    peer.write(Buffer.concat(records.map((transaction) => encodeRelpFrame(transaction, 'rsp', '200 OK'))));
    if (last >= 0) return;
    peer.write(Buffer.concat([encodeRelpFrame(-last, 'rsp', '200 OK'), encodeRelpFrame(0, 'serverclose')]));
    peer.close();
  }

  function refuse(error: RelpError): void {
    over = true;
    receiver.counters.note('bad_relp');
    peer.refused(error.message);
    peer.write(encodeRelpFrame(error.transaction, 'rsp', `500 ${error.message}`));
    peer.write(encodeRelpFrame(0, 'serverclose'));
    peer.close();
  }

  return {
    push(chunk) {
      try {
        reader.push(chunk);
      } catch (error) {
        if (!(error instanceof RelpError)) throw error;
        refuse(error);
      }
      settle();
      return undefined;
    },
    settle,
    get unsettled() {
      return answers.count;
    },
    get unfinished() {
      return reader.unfinished;
    },
    farewell() {
      peer.write(encodeRelpFrame(0, 'serverclose'));
    },
    end() {
      // An unfinished frame was never acknowledged: its sender sends it again.
      if (reader.unfinished) receiver.counters.note('unterminated');
    },
  };
}
