import { AppError } from '@logmaster/core/errors';
import { parseRecordId } from '@logmaster/core/record';
import { rfc3339ToMicros, utcDay } from '@logmaster/core/time';
import type { SealOfRecord, SegmentSummary } from '../../contracts/evidence.ts';
import type { Dependencies } from '../../dependencies.ts';
import type { SessionUser } from '../../session-user.ts';
import { readDay } from './read-day.ts';
import { readPackedSegments } from './read-packed-day.ts';
import { requireSite } from './require-site.ts';

interface Input {
  readonly recordId: string;
  readonly siteId: string;
  /** µs */
  readonly receivedAt: number;
}

/** A segment's period holds exactly the records received in it (received-at never goes back in a stream). */
function holds({ period }: SegmentSummary, receivedAt: number): boolean {
  return rfc3339ToMicros(period.from) <= receivedAt && receivedAt < rfc3339ToMicros(period.to);
}

/** The segment that a record is sealed in; `pending` while it is in the open one. INVALID_INPUT for no record id. */
export async function findSealOfRecord(
  { layout: { archive } }: Pick<Dependencies, 'layout'>,
  user: SessionUser,
  { recordId, siteId, receivedAt }: Input,
): Promise<SealOfRecord> {
  requireSite(user, siteId);
  const node = parseRecordId(recordId)?.node;
  if (node === undefined) throw new AppError('INVALID_INPUT', { detail: 'recordId: this is no record id' });
  const day = utcDay(receivedAt);
  const { packed, segments } = await readDay(archive, siteId, day);
  const packedDay = packed.find((found) => found.node === node);
  const candidates = packedDay ? await readPackedSegments(archive, packedDay.folder, day) : segments;
  const segment = candidates.find((found) => found.node === node && holds(found, receivedAt));
  if (!segment) return { state: 'pending', segment: null };
  if (segment.packed) return { state: 'packed', segment };
  return { state: segment.stamp ? 'stamped' : 'sealed', segment };
}
