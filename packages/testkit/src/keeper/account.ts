import { readFile } from 'node:fs/promises';

export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** Who servers run as when we are root: PostgreSQL and Elasticsearch refuse root. On Debian it is always there. */
const UNPRIVILEGED = 'nobody';

/** Undefined when we are not root: then servers run as we do. */
export async function serviceAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  const found = lines.find(([name]) => name === UNPRIVILEGED);
  if (!found) throw new Error(`servers are run as the user ${UNPRIVILEGED}, and this machine has none`);
  return { name: UNPRIVILEGED, uid: Number(found[2]), gid: Number(found[3]) };
}
