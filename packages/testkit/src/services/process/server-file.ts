import { chmod, chown, writeFile } from 'node:fs/promises';
import { serviceAccount } from '../../keeper/account.ts';

/** Writes a file that belongs to whom servers run as, readable by nobody else: keys and passwords must be so. */
export async function writeServerFile(file: string, text: string, mode = 0o600): Promise<void> {
  const account = await serviceAccount();
  await writeFile(file, text);
  await chmod(file, mode);
  if (account) await chown(file, account.uid, account.gid);
}
