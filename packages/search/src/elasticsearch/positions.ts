import { type Client, errors } from '@elastic/elasticsearch';
import { isBefore } from '../indexed-event.ts';
import type { JournalPosition } from '../store.ts';
import { isStatus } from './failures.ts';

interface Known {
  readonly position: JournalPosition;
  readonly seqNo: number;
  readonly primaryTerm: number;
}

/** How far each journal stream is indexed: one document a stream, its id is the stream's name. */
export class Positions {
  readonly #client: Client;
  readonly #index: string;

  constructor(client: Client, index: string) {
    this.#client = client;
    this.#index = index;
  }

  /** Null when nothing of the stream was written, or nothing at all. */
  async of(stream: string): Promise<JournalPosition | null> {
    return (await this.#read(stream))?.position ?? null;
  }

  /** Only ever forward, whoever else writes: what was indexed before `to` stays so. */
  async move(stream: string, to: JournalPosition): Promise<void> {
    for (;;) {
      const known = await this.#read(stream);
      if (known && !isBefore(known.position, to)) return;
      try {
        await this.#client.index({
          index: this.#index,
          id: stream,
          document: { journal: to.journal, sequence: to.sequence },
          ...(known ? { if_seq_no: known.seqNo, if_primary_term: known.primaryTerm } : { op_type: 'create' as const }),
        });
        return;
      } catch (cause) {
        // somebody else moved it since it was read
        if (!isStatus(cause, 409)) throw cause;
      }
    }
  }

  async #read(stream: string): Promise<Known | undefined> {
    try {
      const found = await this.#client.get<JournalPosition>({ index: this.#index, id: stream });
      const { _source: source, _seq_no: seqNo, _primary_term: primaryTerm } = found;
      if (!source || seqNo === undefined || primaryTerm === undefined) return undefined;
      return { position: { journal: source.journal, sequence: source.sequence }, seqNo, primaryTerm };
    } catch (cause) {
      // neither the document nor, for one who only reads, the index
      if (cause instanceof errors.ResponseError && cause.statusCode === 404) return undefined;
      throw cause;
    }
  }
}
