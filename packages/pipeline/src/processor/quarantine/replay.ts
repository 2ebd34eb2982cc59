import { AppError, toAppError } from '@logmaster/core/errors';
import type { FlatEvent } from '@logmaster/core/event/event';
import type { ReplayStore } from '@logmaster/search/store';
import { type SealedEventsOptions, sealedEvents } from '../events/sealed-events.ts';
import type { MappingTimeline } from '../routing/mapping-timeline.ts';
import { type Quarantine, type QuarantineEntry, rawRecordOf } from './quarantine.ts';
import type { ReplayAnswer, ReplayFiles, ReplayRequest } from './replay-files.ts';

export interface ReplayOptions extends SealedEventsOptions {
  readonly files: ReplayFiles;
  readonly quarantine: Quarantine;
  readonly store: ReplayStore;
  readonly timeline: () => MappingTimeline;
}

/** Records that go into the index at once; few enough that everything else goes on beside it. */
const PIECE = 200;
/** Whoever asked has long gone. */
const FORGET_MS = 3_600_000;
const INTERRUPTED = 'the processor ended while it replayed';

/**
 * Takes quarantined records through parser and index once more, on request. A record leaves the quarantine when it is
 * in the index; a crash in between repeats the addition, which then finds it there.
 */
export class Replay {
  private readonly options: ReplayOptions;

  constructor(options: ReplayOptions) {
    this.options = options;
  }

  /** What was under way when the process ended is answered and not tried again: it may have been the reason. */
  async recover(): Promise<void> {
    const { files, quarantine } = this.options;
    await files.forgetAnswers(FORGET_MS);
    for (const name of await files.names('running')) {
      const request = await files.running(name);
      const left = [...quarantine.records].filter((id) => request?.ids === 'all' || request?.ids.includes(id));
      const failed = left.map((id) => ({ id, reason: INTERRUPTED }));
      await files.answer(name, { replayed: [], failed, unknown: [] });
    }
  }

  /** False when nobody asks. */
  async step(): Promise<boolean> {
    const { files } = this.options;
    const [name] = await files.names('request');
    if (name === undefined) return false;
    const request = await files.begin(name);
    if (request !== undefined) await files.answer(name, await this.run(request));
    return true;
  }

  private async run({ ids }: ReplayRequest): Promise<ReplayAnswer> {
    const { quarantine, events } = this.options;
    const entries = (await quarantine.read()).filter(({ id }) => ids === 'all' || ids.includes(id));
    const known = new Set(entries.map(({ id }) => id));
    const answer = {
      replayed: [] as string[],
      failed: [] as { id: string; reason: string }[],
      unknown: ids === 'all' ? [] : ids.filter((id) => !known.has(id)),
    };
    for (let at = 0; at < entries.length; at += PIECE) {
      const failed = await this.add(entries.slice(at, at + PIECE));
      const done = entries.slice(at, at + PIECE).filter(({ id }) => !failed.has(id));
      await quarantine.remove(new Set(done.map(({ id }) => id)));
      answer.replayed.push(...done.map(({ id }) => id));
      answer.failed.push(...[...failed].map(([id, reason]) => ({ id, reason })));
    }
    events.emit('quarantine_replayed', { records: answer.replayed.length, failed: answer.failed.length });
    return answer;
  }

  /** Resolves with the records that are not in the index now, and why. */
  private async add(entries: readonly QuarantineEntry[]): Promise<ReadonlyMap<string, string>> {
    const { store } = this.options;
    try {
      await store.addMissing(this.parse(entries));
      return new Map();
    } catch (error) {
      const [only] = entries;
      const isRefusal = error instanceof AppError && error.code === 'INVALID_INPUT';
      // An index that is away is so for all of them.
      if (!isRefusal) return new Map(entries.map(({ id }) => [id, toAppError(error).message]));
      if (entries.length === 1 && only !== undefined) return new Map([[only.id, error.message]]);
      const middle = Math.floor(entries.length / 2);
      const before = await this.add(entries.slice(0, middle));
      return new Map([...before, ...(await this.add(entries.slice(middle)))]);
    }
  }

  private parse(entries: readonly QuarantineEntry[]): FlatEvent[] {
    const eventOf = sealedEvents(this.options.timeline().newest, this.options);
    return entries.map((entry) => eventOf(rawRecordOf(entry), entry.site));
  }
}
