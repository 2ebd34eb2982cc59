/**
 * Loaded before the real ingest by tests (`--import`): a record with one of these words does to the process that
 * handles it what a fault in native code or in a parser could do.
 */
import { JournalWriter } from '@logmaster/pipeline/journal/writer';
import { RecordRows } from '@logmaster/pipeline/processor/indexing/record-rows';

const parse = RecordRows.prototype.append;
RecordRows.prototype.append = function poisoned(frames, index, sequence, owner) {
  const raw = frames.payload.subarray(frames.from(index), frames.to(index));
  if (raw.includes('PARSER-DIES')) process.kill(process.pid, 'SIGKILL');
  while (raw.includes('PARSER-LOOPS'));
  parse.call(this, frames, index, sequence, owner);
};

const receive = JournalWriter.prototype.append;
JournalWriter.prototype.append = function poisoned(source, raw, flags) {
  if (Buffer.from(raw).includes('RECEIVER-DIES')) process.kill(process.pid, 'SIGKILL');
  return receive.call(this, source, raw, flags);
};
