import type { FreshFile } from './catalogue.ts';

/** Files of one level that become one of the next. */
export const FAN_IN = 16;
/** A merged file stays below this; it bounds the sort and what a search opens at once. */
export const MAX_FILE_ROWS = 1_048_576;

/**
 * The next merge: files of one received day and one level, oldest first, the lowest level of the newest day first
 * (that is where searches suffer most). Undefined when every level of every day is short enough.
 */
export function planMerge(files: readonly FreshFile[]): FreshFile[] | undefined {
  const groups = new Map<string, FreshFile[]>();
  for (const file of files) {
    // two of these would not fit into one
    if (file.rows > MAX_FILE_ROWS / 2) continue;
    const key = `${file.day} ${file.level}`;
    const group = groups.get(key);
    if (group) group.push(file);
    else groups.set(key, [file]);
  }
  const due = [...groups.values()].filter((group) => group.length >= FAN_IN || rowsOf(group) > MAX_FILE_ROWS);
  due.sort((a, b) => first(a).level - first(b).level || (first(a).day < first(b).day ? 1 : -1));
  const chosen = due[0];
  if (!chosen) return undefined;
  const merge: FreshFile[] = [];
  for (const file of chosen) {
    if (merge.length === FAN_IN || rowsOf(merge) + file.rows > MAX_FILE_ROWS) break;
    merge.push(file);
  }
  return merge;
}

const first = (group: FreshFile[]) => group[0] as FreshFile;
const rowsOf = (group: readonly FreshFile[]) => group.reduce((sum, { rows }) => sum + rows, 0);
