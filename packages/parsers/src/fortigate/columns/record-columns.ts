import type { ColumnBatch } from '@logmaster/core/event/columns/column-batch';
import type { NumberColumn, TextColumn } from '@logmaster/core/event/columns/columns';
import { type CellWrites, cellsOf } from '../../columns/setter-memo.ts';
import { LEVELS } from '../../syslog/severity.ts';
import { RecordWords } from './record-words.ts';

/** What a batch is told about every FortiGate record. */
const CONSTANTS = {
  'event.kind': 'event',
  'event.dataset': 'fortinet.fortigate',
  'observer.vendor': 'Fortinet',
  'observer.product': 'FortiGate',
  'observer.type': 'firewall',
  'logmaster.parser': 'fortigate',
  'logmaster.parse.status': 'ok',
} as const;

/** The columns of a batch that records are read into, until the batch is cleared. */
export interface RecordColumns {
  readonly batch: ColumnBatch;
  readonly generation: number;
  readonly constants: CellWrites;
  readonly action: TextColumn;
  readonly level: TextColumn;
  readonly eventType: TextColumn;
  readonly startType: number;
  /** Code of the level of each severity. */
  readonly levels: readonly number[];
  readonly timestamp: NumberColumn;
  readonly eventStart: NumberColumn;
  readonly eventEnd: NumberColumn;
  readonly duration: NumberColumn;
  readonly priority: NumberColumn;
  readonly facility: NumberColumn;
  readonly severity: NumberColumn;
  readonly sums: readonly (readonly [sum: NumberColumn, a: NumberColumn, b: NumberColumn])[];
  readonly words: RecordWords;
  readonly classes: Map<number | string, CellWrites | undefined>;
}

export function recordColumns(batch: ColumnBatch): RecordColumns {
  const constants = cellsOf(batch, {}, ({ event }) => Object.assign(event, CONSTANTS)) as CellWrites;
  const level = batch.text('log.level');
  const eventType = batch.text('event.type');
  return {
    batch,
    generation: batch.generation,
    constants,
    level,
    eventType,
    action: batch.text('event.action'),
    startType: eventType.dictionary.codeOfText('start'),
    levels: LEVELS.map((word) => level.dictionary.codeOfText(word)),
    timestamp: batch.number('@timestamp'),
    eventStart: batch.number('event.start'),
    eventEnd: batch.number('event.end'),
    duration: batch.number('event.duration'),
    priority: batch.number('log.syslog.priority'),
    facility: batch.number('log.syslog.facility.code'),
    severity: batch.number('log.syslog.severity.code'),
    sums: [
      [batch.number('network.bytes'), batch.number('source.bytes'), batch.number('destination.bytes')],
      [batch.number('network.packets'), batch.number('source.packets'), batch.number('destination.packets')],
    ],
    words: new RecordWords(),
    classes: new Map(),
  };
}
