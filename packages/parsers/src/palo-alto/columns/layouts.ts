import type { Setter } from '../../event/setters.ts';
import { partsOf, type RowPart, SESSION_TYPES } from '../classify.ts';
import { COLUMNS_BY_TYPE } from '../columns.ts';
import { isLabel, settersOf } from '../fields.ts';
import { leastColumns } from '../parser.ts';
import { DIRECT_COLUMNS, type DirectColumn } from './direct-columns.ts';
import { ColumnKind } from './row-scanner.ts';

/** How the values of a column become cells. */
export type ColumnRole =
  | DirectColumn
  | { readonly kind: 'time'; readonly time: number }
  | { readonly kind: 'duration' }
  | { readonly kind: 'setter'; readonly set: Setter }
  /** A part of the type's reader looks at it, and nobody else. */
  | { readonly kind: 'word' };

/** The columns of one log type. */
export interface RowLayout {
  readonly type: string;
  readonly names: readonly string[];
  /** By column; undefined where nobody looks at it. */
  readonly roles: readonly (ColumnRole | undefined)[];
  readonly setters: readonly (Setter | undefined)[];
  readonly parts: readonly RowPart[];
  readonly isSession: boolean;
  /** Rows with fewer columns have something to note. */
  readonly least: number;
  /** What the scanner tells of each. */
  readonly kinds: readonly ColumnKind[];
  /** By column: values differ in nearly every row, and have no codes. */
  readonly isInBytes: readonly boolean[];
}

/** The times of a row, the best first; the last one is the session's start. */
export const TIME_COLUMNS = ['high_res_timestamp', 'time_generated', 'receive_time', 'start'];

/** Their columns depend on what stands in the row. */
const BY_TEXT = new Set(['CONFIG']);

export const ROW_LAYOUTS: readonly RowLayout[] = [...COLUMNS_BY_TYPE]
  .filter(([type]) => !BY_TEXT.has(type))
  .map(([type, names]) => {
    const setters = settersOf(names);
    const parts = partsOf(type);
    const isSession = SESSION_TYPES.has(type);
    const words = new Set(parts.flatMap(({ columns }) => columns));
    const roles = names.map((name, column): ColumnRole | undefined => {
      const time = TIME_COLUMNS.indexOf(name);
      const set = setters[column];
      if (time >= 0) return { kind: 'time', time };
      if (name === 'elapsed' && isSession) return { kind: 'duration' };
      if (isLabel(name) && !words.has(name)) return DIRECT_COLUMNS.get(name) ?? { kind: 'label' };
      if (set !== undefined) return DIRECT_COLUMNS.get(name) ?? { kind: 'setter', set };
      return words.has(name) ? { kind: 'word' } : undefined;
    });
    const kinds = roles.map((role, column) => kindOf(role, names[column] as string));
    const isInBytes = kinds.map((kind) => kind === ColumnKind.bytes);
    return { type, names, roles, setters, parts, isSession, least: leastColumns(type), kinds, isInBytes };
  });

function kindOf(role: ColumnRole | undefined, name: string): ColumnKind {
  switch (role?.kind) {
    case undefined:
      return ColumnKind.ignored;
    case 'port':
    case 'long':
    case 'duration':
      return ColumnKind.number;
    case 'time':
    case 'text':
      return ColumnKind.bytes;
    case 'label':
      return DIRECT_COLUMNS.has(name) ? ColumnKind.bytes : ColumnKind.coded;
    default:
      return ColumnKind.coded;
  }
}
