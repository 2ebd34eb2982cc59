import { type CellWrites, cellsOf, withoutLabels, writeCells } from '../../columns/setter-memo.ts';
import { classify } from '../classify.ts';
import { Kind } from '../key-slots.ts';
import type { RecordColumns } from './record-columns.ts';

/**
 * Category, type and outcome by classify.ts, asked once for each combination of what it looks at. False: the long way.
 */
export function writeClass(columns: RecordColumns, row: number): boolean {
  const { words, classes } = columns;
  const action = columns.action.codes[row] as number;
  const level = columns.level.codes[row] as number;
  const type = words.code(Kind.type);
  const subtype = words.code(Kind.subtype);
  const status = words.code(Kind.status);
  const hostname = words.code(Kind.hostname);
  const dhcpMessage = words.code(Kind.dhcpMessage);
  const rare = status !== 0 || hostname !== 0 || dhcpMessage !== 0;
  const few = !rare && type < 32 && subtype < 64 && action < 256 && level < 64;
  const key = few
    ? type | (subtype << 5) | (action << 11) | (level << 19)
    : [type, subtype, action, level, status, hostname, dhcpMessage].join();
  let cells = classes.get(key);
  if (cells === undefined && !classes.has(key)) {
    cells = classCells(columns, action, level);
    classes.set(key, cells);
  }
  if (cells === undefined) return false;
  writeCells(cells, row);
  return true;
}

function classCells(columns: RecordColumns, action: number, level: number): CellWrites | undefined {
  const { batch, words } = columns;
  const given = {
    'event.action': action === 0 ? undefined : columns.action.dictionary.text(action),
    'log.level': level === 0 ? undefined : columns.level.dictionary.text(level),
  };
  const cells = cellsOf(batch, given, (draft) =>
    classify(draft, {
      type: words.text(Kind.type),
      subtype: words.text(Kind.subtype),
      status: words.text(Kind.status),
      hostname: words.text(Kind.hostname),
      dhcpMessage: words.text(Kind.dhcpMessage),
    }),
  );
  return withoutLabels(cells);
}
