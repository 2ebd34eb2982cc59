import type { SearchNotice } from '@logmaster/core/api/search';
import { AppError, type ErrorCode } from '@logmaster/core/errors';

/** Messages between the search client and the host process, over Node's IPC channel with structured cloning. */
export type HostMethod = 'search' | 'count' | 'histogram' | 'topValues' | 'get' | 'health';

export interface HostOpen {
  readonly kind: 'open';
  readonly indexDir: string;
  readonly memoryMb: number;
  readonly threads: number;
  readonly concurrency: number;
  readonly queue: number;
  readonly timeLimitMs: number;
}
export interface HostCall {
  readonly kind: 'call';
  readonly id: number;
  readonly method: HostMethod;
  /** Arguments of the engine's method, without its options. */
  readonly arguments: readonly unknown[];
}
export interface HostCancel {
  readonly kind: 'cancel';
  readonly id: number;
}
export type ToHost = HostOpen | HostCall | HostCancel;

export interface HostFault {
  readonly code: ErrorCode;
  readonly detail?: string | undefined;
  readonly data?: Readonly<Record<string, unknown>> | undefined;
  /** For the log only. */
  readonly cause?: string | undefined;
}
export interface HostAnswer {
  readonly value: unknown;
  readonly notices: readonly SearchNotice[];
}
export type FromHost =
  | { readonly kind: 'ready' }
  | ({ readonly kind: 'result'; readonly id: number } & HostAnswer)
  | { readonly kind: 'fault'; readonly id: number; readonly fault: HostFault };

export function packFault(error: AppError): HostFault {
  const { cause } = error;
  return {
    code: error.code,
    detail: error.detail,
    data: error.data,
    cause: cause instanceof Error ? cause.stack : cause === undefined ? undefined : String(cause),
  };
}

export function unpackFault({ code, detail, data, cause }: HostFault): AppError {
  return new AppError(code, {
    ...(detail === undefined ? {} : { detail }),
    ...(data === undefined ? {} : { data }),
    ...(cause === undefined ? {} : { cause: new Error(cause) }),
  });
}
