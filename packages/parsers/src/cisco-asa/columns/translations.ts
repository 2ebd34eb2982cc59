import type { ColumnMessageReader } from './connections.ts';
import { endsParentheses, setBuilt, setTornDown, setTransport } from './connections.ts';
import { Side } from './side.ts';

const real = new Side();
const mapped = new Side();

/** 305009–305012 */
export const readTranslation: ColumnMessageReader = (cursor, columns) => {
  const { bytes } = cursor;
  const built = cursor.literal('Built ');
  if (!built && !cursor.literal('Teardown ')) return false;
  const kindFrom = cursor.at;
  if (!cursor.literal('dynamic ') && !cursor.literal('static ')) return false;
  const kindTo = cursor.at - 1;
  let protocolFrom = -1;
  let protocolTo = -1;
  if (!cursor.literal('translation from ')) {
    protocolFrom = cursor.word(64);
    protocolTo = cursor.at;
    if (protocolFrom < 0 || !cursor.literal(' translation from ')) return false;
  }
  if (!real.read(cursor) || !real.readIdentity(cursor) || !cursor.literal(' to ') || !mapped.read(cursor)) return false;
  if (!endsParentheses(cursor)) return false;
  columns.constant(built ? setBuilt : setTornDown);
  columns.label('translation', bytes, kindFrom, kindTo);
  if (protocolFrom >= 0 && !columns.by(setTransport, bytes, protocolFrom, protocolTo)) return false;
  if (!columns.sourceSide(bytes, real)) return false;
  columns.text('observer.egress.interface.name', bytes, mapped.interfaceFrom, mapped.interfaceTo);
  columns.mapped('source', bytes, mapped.address);
  if (cursor.isAtEnd) return true;
  if (built || !cursor.literal(' duration ')) return false;
  const seconds = cursor.clock();
  return seconds >= 0 && columns.duration(seconds);
};
