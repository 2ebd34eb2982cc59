import type { Cache } from '@logmaster/cache/cache';
import { healthSchema, type PartHealth } from '@logmaster/core/api/health';
import { becauseOf } from '@logmaster/core/api/health-reasons';
import type { LdapSettings } from '@logmaster/core/config/ldap-settings';
import type { MailSettings } from '@logmaster/core/config/mail-settings';
import type { Database } from '@logmaster/db/client';
import type { ReplicaState } from '@logmaster/db/replicas/replica-state';
import { readServerFacts, serverFault } from '@logmaster/db/server-check';
import type { Dependencies } from '../../dependencies.ts';
import { checkDirectory } from '../../directory/check-directory.ts';
import { checkMail } from '../../mail/check-mail.ts';
import { askIngest } from './ask-ingest.ts';
import { checkArchive } from './check-archive.ts';
import type { HealthCheck } from './health-board.ts';

/** A look takes no longer, whatever it looks at. */
export const LOOK_MS = 3_000;
/** How long a look is believed. */
export const LOOK_BELIEVED_MS = 3_000;

export interface HealthSubjects extends Pick<Dependencies, 'store' | 'layout' | 'ingestUrl'> {
  readonly database: Database;
  readonly cache: Cache;
  readonly maxLagSeconds: number;
  readonly ldap: LdapSettings | undefined;
  readonly mail: MailSettings | undefined;
}

function single(name: string, look: () => Promise<Omit<PartHealth, 'name'> | null>): HealthCheck {
  return {
    name,
    async look() {
      const found = await look();
      return found ? [{ ...found, name }] : [];
    },
  };
}

function replicaPart({ number, fault, lagSeconds }: ReplicaState, maxLagSeconds: number): PartHealth {
  const name = `database replica ${number}`;
  const lag = lagSeconds === null ? {} : { lag_seconds: lagSeconds };
  if (fault === null) return { name, state: 'ok', ...lag };
  const late = fault === 'REPLICA_BEHIND' || fault === 'REPLICA_UNKNOWN';
  const because = becauseOf(fault, fault === 'REPLICA_BEHIND' ? { seconds: maxLagSeconds } : undefined);
  return { name, state: late ? 'degraded' : 'down', ...because, ...lag };
}

async function checkDatabase({ primary }: Database): Promise<Omit<PartHealth, 'name'>> {
  const fault = serverFault(await readServerFacts(primary));
  return fault ? { state: 'down', ...fault } : { state: 'ok' };
}

/** Web's own parts, each only where it is configured, then those of ingest. */
export function healthChecks(subjects: HealthSubjects): readonly HealthCheck[] {
  const { database, store, cache, ldap, mail, maxLagSeconds } = subjects;
  return [
    single('database', () => checkDatabase(database)),
    {
      name: 'database replicas',
      look: async () => database.replicaStates().map((state) => replicaPart(state, maxLagSeconds)),
    },
    single('redis', () => cache.health()),
    single('search', () => store.health()),
    single('archive', async () => {
      await checkArchive(subjects);
      return { state: 'ok' };
    }),
    ...(ldap ? [single('ldap', () => checkDirectory(ldap, LOOK_MS))] : []),
    ...(mail ? [single('mail', () => checkMail(mail, LOOK_MS))] : []),
    { name: 'ingest', look: async () => (await askIngest(subjects, '/health', healthSchema)).parts },
  ];
}
