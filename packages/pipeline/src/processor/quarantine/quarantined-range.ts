import { type SiteMapping, siteMappingSchema } from '@logmaster/core/devices';
import { readIfPresent } from '../../files.ts';
import type { SegmentLayout } from '../../segments/layout.ts';
import type { ReparseRequest } from '../reparse/reparse-files.ts';
import { approvedDevice } from '../reparse/reparse-query.ts';
import { NO_MAPPING } from '../routing/owners.ts';
import { type QuarantineEntry, readQuarantine } from './quarantine.ts';

type Range = Pick<ReparseRequest, 'from' | 'to' | 'site' | 'device'>;

/** Records of a range that are not in the index, so that parsing again does not reach them. */
export interface QuarantinedRange {
  /** Ids of those that the index refused: another parser may make something else of them. */
  readonly refused: readonly string[];
  /** Those at which the processor died or hung: only a person who names them tries them again. */
  readonly crashed: number;
}

/** From the files of a processor that may run meanwhile. */
export async function readQuarantinedRange(layout: SegmentLayout, range: Range): Promise<QuarantinedRange> {
  const bytes = await readIfPresent(layout.siteMapping);
  const mapping = bytes === undefined ? NO_MAPPING : siteMappingSchema.parse(JSON.parse(bytes.toString()));
  return quarantinedIn(await readQuarantine(layout.quarantine), mapping, range);
}

export function quarantinedIn(
  entries: readonly QuarantineEntry[],
  mapping: SiteMapping,
  { from, to, site, device }: Range,
): QuarantinedRange {
  const address = device === undefined ? undefined : approvedDevice(mapping, device)?.address;
  const found = entries.filter(
    ({ record, site: filed }) =>
      record.received_at >= from &&
      record.received_at < to &&
      (site === undefined || filed === site) &&
      (device === undefined || record.address === address),
  );
  const refused = found.filter(({ cause }) => cause === 'refused').map(({ id }) => id);
  return { refused, crashed: found.length - refused.length };
}
