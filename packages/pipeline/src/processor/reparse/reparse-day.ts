import { setImmediate as breathe } from 'node:timers/promises';
import type { FlatEvent } from '@logmaster/core/event/event';
import { parseRecordId } from '@logmaster/core/record';
import { FULL_SCOPE } from '@logmaster/core/scope';
import { dayStart, MICROS_PER_DAY, type Micros } from '@logmaster/core/time';
import type { ReplayStore, SearchQuery, SearchStore } from '@logmaster/search/store';
import { sealedDay } from '../../sealer/sealed-day.ts';
import type { SealedPlaces } from '../../sealer/sealed-records.ts';
import type { SealedEvents } from '../events/sealed-events.ts';
import { NO_SUMS, type ReparseSums } from './reparse-files.ts';

export interface ReparseDayOptions extends SealedPlaces {
  readonly store: SearchStore & ReplayStore;
  readonly eventOf: SealedEvents;
  /** Ids of records that are left alone. */
  readonly quarantined: () => ReadonlySet<string>;
  /** Throws when there is something else to do. */
  readonly check: () => void;
}

/** A site's received UTC day. */
export interface ReparseUnit {
  readonly site: string;
  readonly day: string;
}

/** Which records: those of a query, received in [from, to). */
export interface Selection {
  readonly text: string;
  readonly from: Micros;
  readonly to: Micros;
}

/** What a unit is searched by. */
export function unitQuery({ text, from, to }: Selection, { site, day }: ReparseUnit): SearchQuery {
  const begins = dayStart(day);
  const scope = { sites: [site], from: Math.max(begins, from), to: Math.min(begins + MICROS_PER_DAY, to) };
  return { text, scope: { ...FULL_SCOPE, ...scope } };
}

/** Ids of one page of the search. */
const PAGE = 1000;
/** Ids held in memory at a time: of more, the day is done in turns. */
const TURN = 200_000;
/** Records read between two looks at everything else. */
const SLICE = 500;

type Status = keyof ReparseSums['after'];

type Mutable<T> = { -readonly [K in keyof T]: Mutable<T[K]> };

/** Parses the chosen records of a unit again, from their sealed bytes. May be repeated. */
export async function reparseDay(
  options: ReparseDayOptions,
  query: SearchQuery,
  unit: ReparseUnit,
  dryRun: boolean,
): Promise<ReparseSums> {
  const sums = structuredClone(NO_SUMS) as Mutable<ReparseSums>;
  for await (const { own, elsewhere } of idsOf(options, query)) {
    sums.selected += own.size + elsewhere;
    sums.elsewhere += elsewhere;
    if (own.size === 0) continue;
    const events = eventsOf(options, own, unit, sums.after);
    if (dryRun) for await (const _ of events) options.check();
    else sums.replaced += await options.store.replace(unit, events);
    sums.unsealed += own.size;
  }
  return sums;
}

/** The records' ids, at most TURN at a time, and how many are of other nodes. Newest first. */
async function* idsOf(
  { node, store, quarantined, check }: ReparseDayOptions,
  query: SearchQuery,
): AsyncGenerator<{ own: Set<string>; elsewhere: number }> {
  let turn = { own: new Set<string>(), elsewhere: 0 };
  let after: string | undefined;
  do {
    check();
    const page = await store.search(query, { size: PAGE, after });
    for (const event of page.events) {
      const id = event['logmaster.record.id'] ?? '';
      if (quarantined().has(id)) continue;
      if (parseRecordId(id)?.node === node) turn.own.add(id);
      else turn.elsewhere += 1;
    }
    after = page.after ?? undefined;
    if (turn.own.size >= TURN || after === undefined) {
      yield turn;
      turn = { own: new Set(), elsewhere: 0 };
    }
  } while (after !== undefined);
}

/** New events of these records; what is found is taken out of `ids`. Those that no parser knows now either are left as they are. */
async function* eventsOf(
  options: ReparseDayOptions,
  ids: Set<string>,
  { site, day }: ReparseUnit,
  after: Mutable<ReparseSums['after']>,
): AsyncGenerator<FlatEvent> {
  let read = 0;
  for await (const record of sealedDay(options, site, day)) {
    if (++read % SLICE === 0) {
      await breathe();
      options.check();
    }
    if (!ids.delete(record.id)) continue;
    const event = options.eventOf(record, site);
    const status = (event['logmaster.parse.status'] ?? 'failed') as Status;
    after[status] += 1;
    if (status !== 'raw' && status !== 'failed') yield event;
  }
}
