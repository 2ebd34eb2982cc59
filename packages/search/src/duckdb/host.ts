import type { SearchNotice } from '@logmaster/core/api/search';
import { AppError, toAppError } from '@logmaster/core/errors';
import type { CallOptions } from '../store.ts';
import { DuckDbEngine } from './engine.ts';
import {
  type FromHost,
  type HostCall,
  type HostMethod,
  type HostOpen,
  packFault,
  type ToHost,
} from './host-protocol.ts';
import { openInstance } from './instance.ts';

/**
 * The DuckDB host: a process of its own, so that a search that takes DuckDB down takes no web server with it. Forked by
 * `DuckDbReader`; it ends when the channel to its parent does.
 */
let engine: DuckDbEngine | undefined;
const running = new Map<number, AbortController>();

function send(message: FromHost): void {
  if (process.connected) process.send?.(message);
}

async function open(options: HostOpen): Promise<void> {
  const instance = await openInstance(options);
  engine = new DuckDbEngine(instance, options.indexDir, options);
  send({ kind: 'ready' });
}

function invoke(method: HostMethod, args: readonly unknown[], options: CallOptions): Promise<unknown> {
  if (!engine) throw new AppError('SEARCH_UNAVAILABLE', { detail: 'the search engine is not open' });
  if (method === 'health') return engine.health();
  const call = engine[method] as (...all: unknown[]) => Promise<unknown>;
  return call.apply(engine, [...args, options]);
}

async function answer({ id, method, arguments: args }: HostCall): Promise<void> {
  const controller = new AbortController();
  running.set(id, controller);
  try {
    const notices: SearchNotice[] = [];
    const options = { signal: controller.signal, onNotice: (notice: SearchNotice) => notices.push(notice) };
    send({ kind: 'result', id, value: await invoke(method, args, options), notices });
  } catch (thrown) {
    send({ kind: 'fault', id, fault: packFault(toAppError(thrown)) });
  } finally {
    running.delete(id);
  }
}

process.on('message', (message: ToHost) => {
  if (message.kind === 'open') void open(message);
  else if (message.kind === 'call') void answer(message);
  else running.get(message.id)?.abort();
});
// the parent is gone or wants us gone: nobody waits for what still runs
process.on('disconnect', () => process.exit(0));
// Ctrl-C reaches the whole terminal group; the parent decides when searches end
process.on('SIGINT', () => undefined);
