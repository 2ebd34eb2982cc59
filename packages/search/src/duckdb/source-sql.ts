import { quoted } from './columns.ts';
import type { Parameters } from './parameters.ts';
import type { IndexFile } from './snapshot.ts';

/** FROM clause over files: each (site, day) comes from one tier, so a packed site's rows are left out of fresh files. */
export function sourceSql(files: readonly IndexFile[], parameters: Parameters): string {
  const bySites = new Map<string, IndexFile[]>();
  for (const file of files) {
    const key = JSON.stringify(file.hiddenSites);
    const group = bySites.get(key);
    if (group) group.push(file);
    else bySites.set(key, [file]);
  }
  const parts = [...bySites.values()].map((group) => {
    const hidden = (group[0] as IndexFile).hiddenSites;
    const read = `SELECT * FROM read_parquet(${parameters.texts(group.map(({ path }) => path))})`;
    if (hidden.length === 0) return read;
    return `${read} WHERE NOT list_contains(${parameters.texts(hidden)}, ${quoted('logmaster.site.id')})`;
  });
  return `(${parts.join(' UNION ALL ')})`;
}
