import type { Clock } from '@logmaster/core/clock';
import type { DataLayout } from '@logmaster/core/config/data-layout';
import type { Database } from '@logmaster/db/client';
import type { Trials } from '@logmaster/parsers/custom/trial/run-trial';
import type { SearchStore } from '@logmaster/search/store';
import type { Logger } from '@logmaster/telemetry/logger';
import type { TrustedProxies } from './auth/trusted-proxies.ts';
import type { IdentityDelivery } from './identity/relp-delivery.ts';
import type { HealthBoard } from './services/health/health-board.ts';
import type { SessionDirectory } from './services/session/session-directory.ts';

/** Whom this installation trusts for time-stamps, and who stamps for it. */
export interface TsaSettings {
  /** PEM files of trust anchors: the local TSA's, and that of TSA_URL. */
  readonly anchorFiles: readonly string[];
  /** True while the local TSA stamps: for trying out, not legal time-stamps. */
  readonly local: boolean;
  readonly name: string;
}

/** What services are given. Built once, in compose.ts; tests build their own. */
export interface Dependencies {
  readonly database: Database;
  readonly store: SearchStore;
  readonly sessions: SessionDirectory;
  readonly health: HealthBoard;
  /** Whether a load balancer may send requests here. */
  readonly isReady: () => Promise<boolean>;
  readonly layout: DataLayout;
  /** Custom parsers are tried in threads of their own. */
  readonly trials: Trials;
  /** IANA zone of stamps that carry none, where the site has none. */
  readonly deviceTimeZone: string;
  readonly tsa: TsaSettings;
  /** The ingest sidecar: `http://127.0.0.1:9600`. */
  readonly ingestUrl: string;
  /** Where identity events go; undefined where the API for them is closed. */
  readonly identities: IdentityDelivery | undefined;
  readonly logger: Logger;
  readonly clock: Clock;
  /** Whose X-Forwarded-For is believed. */
  readonly proxies: TrustedProxies;
  /** Encrypts the session cookie; the same on every web node. */
  readonly cookieSecret: string;
  /** People reach us by https. */
  readonly secure: boolean;
  /** `next dev`. */
  readonly development: boolean;
}

/** A service that can be broken off: the request's signal beside the dependencies. */
export interface Cancellable {
  readonly signal?: AbortSignal | undefined;
}
