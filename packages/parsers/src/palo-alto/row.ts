import { splitCsv } from '../csv/split.ts';
import type { Setter } from '../event/setters.ts';
import { COLUMNS_BY_TYPE, CONFIG_WITH_DETAILS } from './columns.ts';
import { settersOf } from './fields.ts';

/** A row of a known type: `values` stand under the columns of its layout. */
export interface PanRow {
  readonly type: string;
  readonly subtype: string;
  readonly setters: readonly (Setter | undefined)[];
  readonly values: readonly string[];
  /** Empty for a column that the row or its type doesn't have. */
  value(name: string): string;
}

/** What the parts of a log type's reader look at. */
export type RowView = Pick<PanRow, 'type' | 'subtype' | 'value'>;

interface Layout {
  readonly setters: readonly (Setter | undefined)[];
  readonly positions: ReadonlyMap<string, number>;
}

/** More columns than any version writes. */
const MAX_COLUMNS = 160;
const TYPE = 3;
const SUBTYPE = 4;
/** `seqno` and `actionflags` of the default order of CONFIG. */
const CONFIG_SEQNO = 14;

const layoutOf = (columns: readonly string[]): Layout => ({
  setters: settersOf(columns),
  positions: new Map(columns.map((name, position) => [name, position])),
});
const LAYOUTS = new Map([...COLUMNS_BY_TYPE].map(([type, columns]) => [type, layoutOf(columns)]));
const DETAILED_CONFIG = layoutOf(CONFIG_WITH_DETAILS);

/** Undefined for a type without a list of columns. */
export function readRow(text: string, at: number): PanRow | undefined {
  const values = splitCsv(text, at, MAX_COLUMNS).map(trimBlanks);
  const type = (values[TYPE] ?? '').toUpperCase();
  const layout = type === 'CONFIG' ? layoutOfConfig(values) : LAYOUTS.get(type);
  if (!layout) return undefined;
  const { setters, positions } = layout;
  const switches = positions.get('link_switches');
  if (switches !== undefined && values[switches]?.startsWith('{')) joinBraces(values, switches);
  return {
    type,
    subtype: values[SUBTYPE] ?? '',
    setters,
    values,
    value: (name) => values[positions.get(name) ?? -1] ?? '',
  };
}

/** Some columns are padded: ` config shared …`, `" "`. */
function trimBlanks(value: string): string {
  return value.charCodeAt(0) === 0x20 || value.charCodeAt(value.length - 1) === 0x20 ? value.trim() : value;
}

function layoutOfConfig(values: readonly string[]): Layout | undefined {
  const isDefault =
    /^\d{0,20}$/.test(values[CONFIG_SEQNO] ?? '') && (values[CONFIG_SEQNO + 1] ?? '0x').startsWith('0x');
  return isDefault ? LAYOUTS.get('CONFIG') : DETAILED_CONFIG;
}

/** The one column with commas that aren't quoted: `{eth1/1, tag, type}`. A brace that is never closed joins nothing. */
function joinBraces(values: string[], at: number): void {
  const end = values.findIndex((value, position) => position >= at && value.endsWith('}'));
  if (end > at) values.splice(at, end - at + 1, values.slice(at, end + 1).join(','));
}
