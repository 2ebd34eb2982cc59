import { AppError, toAppError } from '@logmaster/core/errors';
import { dayStart, MICROS_PER_DAY, utcDay } from '@logmaster/core/time';
import type { ReplayStore, SearchStore } from '@logmaster/search/store';
import { Backoff } from '../../backoff.ts';
import type { SealedPlaces } from '../../sealer/sealed-records.ts';
import { listSites, readChain } from '../../segments/chain.ts';
import { type SealedEventsOptions, sealedEvents } from '../events/sealed-events.ts';
import type { MappingTimeline } from '../routing/mapping-timeline.ts';
import { type ReparseUnit, reparseDay, unitQuery } from './reparse-day.ts';
import {
  NO_SUMS,
  type ReparseAnswer,
  type ReparseFiles,
  type ReparseProgress,
  type ReparseRequest,
  type ReparseSums,
} from './reparse-files.ts';
import { reparseQuery } from './reparse-query.ts';

export interface ReparseOptions extends SealedPlaces, SealedEventsOptions {
  readonly files: ReparseFiles;
  readonly store: SearchStore & ReplayStore;
  readonly timeline: () => MappingTimeline;
  /** Ids of records that are left alone: they may have ended the processor before. */
  readonly quarantined: () => ReadonlySet<string>;
}

/** A day at which the processor ended so often is left out: one of its records may be the reason. */
const MOST_ATTEMPTS = 3;
/** Days without such records that are passed over in one step. */
const EMPTY_DAYS = 100;
const FORGET_MS = 24 * 3_600_000;
const INTERRUPTED = `the processor ended ${MOST_ATTEMPTS} times while it parsed this day again`;

class Interrupted extends Error {}

/**
 * Parses stored records again, on request, after a parser has learned something: from their sealed bytes, day by day of a
 * site, into the place of their older events. What is under way goes on after a restart; a day may be done twice.
 */
export class Reparse {
  private readonly options: ReparseOptions;
  private readonly backoff = new Backoff();
  private stopping = false;

  constructor(options: ReparseOptions) {
    this.options = options;
  }

  /** A day that is under way is given up; the next life begins it again. */
  interrupt(): void {
    this.stopping = true;
  }

  /** One day. False when nobody asks, or the index is away. */
  async step(): Promise<boolean> {
    const { files } = this.options;
    if (this.stopping || !this.backoff.ready) return false;
    const name = (await files.names('running'))[0] ?? (await this.begin());
    const request = name === undefined ? undefined : await files.running(name);
    if (name === undefined || request === undefined) return false;
    const text = reparseQuery(this.options.timeline().newest, request);
    if (text === undefined) await files.answer(name, { ...NO_SUMS, failures: [], error: 'no such approved device' });
    else await this.advance(name, request, text);
    return true;
  }

  private async begin(): Promise<string | undefined> {
    const { files } = this.options;
    await files.forgetAnswers(FORGET_MS);
    const [name] = await files.names('request');
    return name === undefined || (await files.begin(name)) === undefined ? undefined : name;
  }

  private async advance(name: string, request: ReparseRequest, text: string): Promise<void> {
    const { files, events } = this.options;
    const units = await this.units(request);
    if (units.length === 0 && request.site !== undefined) {
      await files.answer(name, { ...NO_SUMS, failures: [], error: 'nothing was received at this site in this time' });
      return;
    }
    const before = (await files.progress(name)) ?? { ...NO_SUMS, failures: [], done: 0, days: units.length };
    const progress = { ...before, days: units.length };
    const first = units.findIndex((unit) => progress.last === undefined || compare(unit, progress.last) > 0);
    if (first < 0) {
      const answer = answerOf(progress);
      await files.answer(name, answer);
      const { selected, replaced, failures } = answer;
      events.emit('records_reparsed', { selected, replaced, failed_days: failures.length, dry_run: request.dryRun });
      return;
    }
    try {
      for (const [index, unit] of units.slice(first, first + EMPTY_DAYS).entries()) {
        const done = { ...progress, done: first + index + 1, last: unit };
        const isEmpty = (await this.options.store.count(unitQuery({ ...request, text }, unit))) === 0;
        if (!isEmpty) {
          await files.note(name, { ...done, ...(await this.unit(name, request, text, progress, unit)) });
          return;
        }
        if (index === EMPTY_DAYS - 1 || first + index === units.length - 1) await files.note(name, done);
      }
    } catch (error) {
      if (error instanceof Interrupted) return;
      // Only what may pass by itself gets here: the day waits for the index.
      this.backoff.failed();
      events.emit('index_failed', { reason: toAppError(error).message });
    }
  }

  /** What the day adds to the progress. Throws what is no fault of the day. */
  private async unit(
    name: string,
    request: ReparseRequest,
    text: string,
    progress: ReparseProgress,
    unit: ReparseUnit,
  ): Promise<Partial<ReparseProgress>> {
    const { files } = this.options;
    const begun = progress.at !== undefined && compare(progress.at, unit) === 0 ? progress.at.attempts : 0;
    const failure = (reason: string) => ({ failures: [...progress.failures, { ...unit, reason }] });
    if (begun >= MOST_ATTEMPTS) return failure(INTERRUPTED);
    await files.note(name, { ...progress, at: { ...unit, attempts: begun + 1 } });
    const eventOf = sealedEvents(this.options.timeline().newest, this.options);
    const check = () => {
      if (this.stopping) throw new Interrupted();
    };
    try {
      const query = unitQuery({ ...request, text }, unit);
      const sums = await reparseDay({ ...this.options, eventOf, check }, query, unit, request.dryRun);
      this.backoff.worked();
      return added(progress, sums);
    } catch (error) {
      const isPassing =
        error instanceof Interrupted || (error instanceof AppError && error.code === 'SEARCH_UNAVAILABLE');
      if (!isPassing) return failure(toAppError(error).message);
      await files.note(name, { ...progress, at: { ...unit, attempts: begun } });
      throw error;
    }
  }

  /** Every day of every site that may hold such records, in an order that stays. */
  private async units({ site, from, to }: ReparseRequest): Promise<ReparseUnit[]> {
    const { layout } = this.options;
    const sites = (await listSites(layout)).filter((each) => site === undefined || each === site).sort();
    const units: ReparseUnit[] = [];
    for (const each of sites) {
      const chain = await readChain(layout, each);
      // Where nothing is sealed yet the newest day says so.
      const oldest = chain?.first_day ?? utcDay(to - 1);
      const begins = Math.max(dayStart(utcDay(from)), dayStart(oldest));
      for (let at = begins; at < to; at += MICROS_PER_DAY) units.push({ site: each, day: utcDay(at) });
    }
    return units;
  }
}

/** By site, then by day. */
function compare(a: ReparseUnit, b: ReparseUnit): number {
  if (a.site !== b.site) return a.site < b.site ? -1 : 1;
  return a.day === b.day ? 0 : a.day < b.day ? -1 : 1;
}

function added(a: ReparseSums, b: ReparseSums): ReparseSums {
  const { ok, partial, failed, raw } = a.after;
  return {
    selected: a.selected + b.selected,
    after: {
      ok: ok + b.after.ok,
      partial: partial + b.after.partial,
      failed: failed + b.after.failed,
      raw: raw + b.after.raw,
    },
    replaced: a.replaced + b.replaced,
    unsealed: a.unsealed + b.unsealed,
    elsewhere: a.elsewhere + b.elsewhere,
  };
}

function answerOf({ selected, after, replaced, unsealed, elsewhere, failures }: ReparseProgress): ReparseAnswer {
  return { selected, after, replaced, unsealed, elsewhere, failures };
}
