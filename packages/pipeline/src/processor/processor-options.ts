import type { Clock } from '@logmaster/core/clock';
import type { CoverageDirectory } from '@logmaster/core/coverage/window';
import type { ParserDirectory } from '@logmaster/core/custom-parsers/parser-set';
import type { DeviceDirectory } from '@logmaster/core/devices';
import type { PackedDayCatalogue } from '@logmaster/search/packed-days';
import type { ReplayStore, SearchStore } from '@logmaster/search/store';
import type { Events } from '@logmaster/telemetry/events';
import type { Fault } from '../fault.ts';

export interface ProcessorOptions {
  readonly node: string;
  readonly journalFolder: string;
  readonly segmentsFolder: string;
  readonly archiveFolder: string;
  readonly store: SearchStore & ReplayStore & PackedDayCatalogue;
  readonly directory: DeviceDirectory | undefined;
  /** Where it is kept how devices are parsed; undefined without a database. */
  readonly coverage?: CoverageDirectory | undefined;
  readonly parserDirectory?: ParserDirectory | undefined;
  readonly clock: Clock;
  readonly timeZone: string;
  readonly segmentSeconds: number;
  /** MaxMind DB files of countries and networks; their first word on a matter counts. */
  readonly geoipFiles?: readonly string[];
  readonly events: Events;
  /** Something that can't be tried again: the process should end and be started anew. */
  readonly onFatal: (error: unknown) => void;
  /** The lives before this one ended without progress: one record may be the reason. */
  readonly careful?: boolean;
  readonly segmentBytes?: number;
  readonly flushBytes?: number;
  readonly flushSeconds?: number;
  readonly fault?: Fault;
  /** Between two looks for days that the sealer has packed, ms. */
  readonly packedDaysMs?: number;
  /** Between two looks for requests to replay or to parse again, ms. */
  readonly replayMs?: number;
  /** Between two reports of how devices are parsed, ms. */
  readonly coverageMs?: number;
}
