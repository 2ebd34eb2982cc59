import type { IndexFile } from '../catalogue/snapshot.ts';
import { ALL_COLUMNS_SQL, COLUMNS, quoted } from '../columns.ts';
import type { Parameters } from './parameters.ts';

/** No row of every column: what it is joined with by name gets the columns that it lacks. */
const NO_ROW = `SELECT ${COLUMNS.map(({ name, sqlType }) => `NULL::${sqlType} AS ${quoted(name)}`).join(', ')} WHERE false`;

/** Rows of files that may lack columns, in today's columns. @param list of paths, as read_parquet takes it */
export function readByName(list: string): string {
  return `SELECT ${ALL_COLUMNS_SQL} FROM (${NO_ROW} UNION ALL BY NAME SELECT * FROM read_parquet(${list}, union_by_name = true))`;
}

/** FROM clause over files: each (site, day) comes from one tier, so a packed site's rows are left out of fresh files. */
export function sourceSql(files: readonly IndexFile[], parameters: Parameters): string {
  const bySites = new Map<string, IndexFile[]>();
  for (const file of files) {
    const key = JSON.stringify([file.hiddenSites, file.byName]);
    const group = bySites.get(key);
    if (group) group.push(file);
    else bySites.set(key, [file]);
  }
  const parts = [...bySites.values()].map((group) => {
    const { hiddenSites: hidden, byName } = group[0] as IndexFile;
    const paths = parameters.texts(group.map(({ path }) => path));
    const read = byName ? readByName(paths) : `SELECT * FROM read_parquet(${paths})`;
    if (hidden.length === 0) return read;
    return `SELECT * FROM (${read}) WHERE NOT list_contains(${parameters.texts(hidden)}, ${quoted('logmaster.site.id')})`;
  });
  return `(${parts.join(' UNION ALL ')})`;
}
