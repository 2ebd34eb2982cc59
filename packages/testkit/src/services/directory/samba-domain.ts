// The database of a fresh Active Directory domain. Making one takes Samba some ten seconds, so it is kept in the cache.
import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { servicesCacheFolder } from '../../setup/cache-folder.ts';
import { runTool } from '../process/run-tool.ts';

export const DOMAIN = { realm: 'CORP.TEST', netbios: 'CORP', base: 'DC=corp,DC=test' } as const;
export const ADMINISTRATOR = { dn: 'Administrator@corp.test', password: 'Yönetici-1' } as const;
/** Folders of a domain, below the one it is unpacked to. */
export const DOMAIN_FOLDERS = { private: 'private', state: 'state' } as const;

const PROVISION = [
  ...['domain', 'provision', `--realm=${DOMAIN.realm}`, `--domain=${DOMAIN.netbios}`],
  ...[`--adminpass=${ADMINISTRATOR.password}`, '--server-role=dc', '--host-name=dc1', '--host-ip=127.0.0.1'],
  // No DNS server: nothing here looks the domain up by name.
  '--dns-backend=NONE',
  // `vfs objects` empty: the file systems of test machines may lack the extended attributes it would write.
  ...['--option=interfaces=lo', '--option=bind interfaces only=yes', '--option=vfs objects='],
];

/**
 * Unpacks a new domain into `folder`. It belongs to the Samba that made it, so the cached one is named by Samba's
 * version and by what was asked for. `scratch` is for making it; `service` is named in errors.
 */
export async function unpackDomain(service: string, folder: string, scratch: string): Promise<void> {
  const tool = (command: string, ...args: string[]) => runTool({ service, component: 'samba', command, args });
  const version = (await tool('samba', '--version')).trim();
  const key = createHash('sha256')
    .update(JSON.stringify([version, PROVISION]))
    .digest('hex')
    .slice(0, 16);
  const cache = servicesCacheFolder();
  const archive = path.join(cache, `samba-domain-${key}.tar`);
  if (!existsSync(archive)) {
    await mkdir(scratch, { recursive: true, mode: 0o700 });
    await tool('samba-tool', ...PROVISION, `--targetdir=${scratch}`);
    await mkdir(cache, { recursive: true, mode: 0o755 });
    // Moved into place whole: another test may be about to read it, or making the same one.
    const unfinished = path.join(cache, `.samba-domain-${randomUUID()}`);
    try {
      await tool('tar', '-cf', unfinished, '--sparse', '-C', scratch, ...Object.values(DOMAIN_FOLDERS));
      await rename(unfinished, archive);
    } finally {
      await rm(unfinished, { force: true });
    }
    await rm(scratch, { recursive: true });
  }
  await tool('tar', '-xf', archive, '-C', folder);
}
