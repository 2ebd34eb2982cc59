import type { DataLayout } from '@logmaster/core/config/data-layout';
import type { StartOptions } from './options.ts';

/** What the parts of one installation know of each other. */
export interface Wiring {
  readonly options: StartOptions;
  readonly layout: DataLayout;
  readonly databaseUrl: string;
  readonly webSecret: string;
  /** Address of the web as people type it. */
  readonly webUrl: string;
  /** Loopback address of the ingest sidecar. */
  readonly ingestUrl: string;
  /** Loopback port at which web brings identity events to ingest. */
  readonly identityPort: number;
}
