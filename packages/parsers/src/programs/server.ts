import type { EventDraft } from '../event/draft.ts';

/** Whose log it is, as the event tells it. */
export interface ServerProduct {
  /** `event.dataset` */
  readonly dataset: string;
  /** Left out where the product is its own vendor, as most free ones are. */
  readonly vendor?: string;
  readonly product: string;
  /** `observer.type` */
  readonly type: string;
}

/** A product whose programs write to syslog, and the reader of their words. */
export interface Server<Result = boolean> extends ServerProduct {
  readonly read: (text: string, draft: EventDraft) => Result;
}

/** The table for `findProgram`: each server under all names of its programs, in lower case. */
export function byProgram<S>(
  rows: readonly (readonly [server: S, programs: readonly string[]])[],
): ReadonlyMap<string, S> {
  return new Map(rows.flatMap(([server, programs]) => programs.map((name) => [name, server] as const)));
}

/** What every record of a server has before its words are read: a remark of a host about itself. */
export function setServer({ event }: EventDraft, { dataset, vendor, product, type }: ServerProduct): void {
  event['event.dataset'] = dataset;
  event['event.category'] = 'host';
  event['event.type'] = 'info';
  event['observer.vendor'] = vendor ?? product;
  event['observer.product'] = product;
  event['observer.type'] = type;
}
