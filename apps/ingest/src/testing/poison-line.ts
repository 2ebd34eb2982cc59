/**
 * Loaded before the real ingest by a test (`--import`): a record with POISON ends the process that receives it, as a
 * fault in native code could.
 */
import { Receiver } from '@logmaster/pipeline/collector/receiver';

export const POISON = 'kills-its-receiver';

const { take } = Receiver.prototype;
Receiver.prototype.take = function poisoned(source, raw, flags) {
  if (Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).includes(POISON)) process.kill(process.pid, 'SIGKILL');
  take.call(this, source, raw, flags);
};
