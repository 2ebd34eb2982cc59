import type { ParserTrial, TryParser } from '@logmaster/core/api/parsers';
import { readDevice } from '@logmaster/db/devices';
import { listSites } from '@logmaster/db/sites';
import type { TrialRecord } from '@logmaster/parsers/custom/trial/trial';
import { trialAnswer } from '@logmaster/parsers/custom/trial/trial-answer';
import { recordOfEvent, recordOfText } from '@logmaster/parsers/custom/trial/trial-records';
import type { Cancellable, Dependencies } from '../../dependencies.ts';
import type { SessionUser } from '../../session-user.ts';
import { noticing } from '../search/notices.ts';
import { toSearchQuery } from '../search/search-query.ts';

type Deps = Pick<Dependencies, 'database' | 'store' | 'trials' | 'clock' | 'deviceTimeZone'> & Cancellable;

/**
 * What a definition would make of records, without saving anything: of a device's newest ones in the asker's scope, or of
 * those given. Throws PARSER_INVALID, NOT_FOUND for the device, RATE_LIMITED, SEARCH_*.
 */
export async function tryParser(
  deps: Deps,
  user: SessionUser,
  { definition, device, records = [], limit }: TryParser,
): Promise<ParserTrial> {
  const { clock, deviceTimeZone, trials } = deps;
  const tried =
    device === undefined
      ? records.slice(0, limit).map((text) => recordOfText(text, clock(), deviceTimeZone))
      : await newestRecords(deps, user, device, limit);
  return trialAnswer(await trials.run(definition, tried));
}

async function newestRecords(
  { database, store, deviceTimeZone, signal }: Deps,
  user: SessionUser,
  device: string,
  size: number,
): Promise<TrialRecord[]> {
  const [{ id }, sites] = await database.fromReplica(user.id, (replica) =>
    Promise.all([readDevice(replica, device), listSites(replica)]),
  );
  const zones = new Map(sites.map((site) => [site.id, site.timeZone]));
  const query = toSearchQuery(user, { q: `logmaster.device.id:"${id}"` });
  const { events } = await store.search(query, { size }, noticing(signal));
  return events.map((event) => recordOfEvent(event, zones.get(event['logmaster.site.id'] ?? '') ?? deviceTimeZone));
}
