import { globSync } from 'node:fs';
import path from 'node:path';
import { servicesCacheFolder } from '../../setup/cache-folder.ts';

/** Debian's package pushes rsyslog out, so it is unpacked into the cache, and finds its libraries by the environment. */
function root(): string {
  return path.join(servicesCacheFolder(), 'syslog-ng');
}

export function syslogNgProgram(name: 'syslog-ng' | 'loggen'): string {
  return path.join(root(), 'usr', name === 'loggen' ? 'bin' : 'sbin', name);
}

export function syslogNgEnvironment(): Readonly<Record<string, string>> {
  const usr = path.join(root(), 'usr');
  const libraries = [path.join(usr, 'lib', 'syslog-ng'), ...globSync(path.join(usr, 'lib', '*-linux-gnu*'))];
  return { SYSLOGNG_PREFIX: usr, LD_LIBRARY_PATH: libraries.join(':') };
}
