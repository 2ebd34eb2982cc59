import { homedir } from 'node:os';
import path from 'node:path';

/**
 * Where what is dear to get (downloads, built programs, a provisioned domain) is kept between runs. Everything in it
 * may be deleted at any time. LOGMASTER_SERVICES_DIR names another place.
 */
export function servicesCacheFolder(): string {
  const { LOGMASTER_SERVICES_DIR, XDG_CACHE_HOME } = process.env;
  if (LOGMASTER_SERVICES_DIR) return path.resolve(LOGMASTER_SERVICES_DIR);
  if (process.getuid?.() === 0) return '/var/cache/logmaster/services';
  return path.join(XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'logmaster', 'services');
}
