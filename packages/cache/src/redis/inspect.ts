import { becauseOf, type HealthReason, type ReasonParams } from '@logmaster/core/api/health-reasons';

/** Sets with an end in milliseconds since the epoch, `GETEX`, `COPY`: all came with 6.2; 6.0 has no fixes any more. */
const NEEDED = { major: 6, minor: 2, text: '6.2' } as const;

/** What keeps a Redis from being used, or only from being well. */
export interface Finding {
  readonly state: 'degraded' | 'down';
  readonly code: HealthReason;
  readonly params?: ReasonParams;
}

/** `redis_version:7.0.15` and the like of an INFO answer. */
function fieldsOf(info: string): ReadonlyMap<string, string> {
  return new Map(
    info
      .split(/\r?\n/)
      .map((line) => /^(\w+):(.*)$/.exec(line))
      .filter((match) => match !== null)
      .map(([, name = '', value = '']) => [name, value] as const),
  );
}

function isOld(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < NEEDED.major || (major === NEEDED.major && minor < NEEDED.minor);
}

/** Judges the answer to INFO. Null: all is well. */
export function inspect(info: string): Finding | null {
  const fields = fieldsOf(info);
  const version = fields.get('redis_version');
  if (version === undefined) return { state: 'down', code: 'REDIS_OTHER_SERVER' };
  if (isOld(version)) return { state: 'down', code: 'REDIS_TOO_OLD', params: { version, needed: NEEDED.text } };
  if (fields.get('redis_mode') === 'sentinel') return { state: 'down', code: 'REDIS_IS_SENTINEL' };
  if (fields.get('redis_mode') === 'cluster') return { state: 'down', code: 'REDIS_IS_CLUSTER' };
  if (fields.get('role') === 'slave') return { state: 'down', code: 'REDIS_IS_REPLICA' };
  const policy = fields.get('maxmemory_policy') ?? '';
  const bounded = fields.get('maxmemory') !== '0';
  if (bounded && policy.startsWith('allkeys-')) return { state: 'degraded', code: 'REDIS_EVICTS', params: { policy } };
  return null;
}

/** Ones that a person must mend; a start is refused for them. The others pass by themselves, as after a failover. */
const LASTING: ReadonlySet<HealthReason> = new Set<HealthReason>([
  'REDIS_OTHER_SERVER',
  'REDIS_TOO_OLD',
  'REDIS_IS_SENTINEL',
  'REDIS_IS_CLUSTER',
  'REDIS_REFUSED',
  'REDIS_SENTINEL_REFUSED',
]);

/** The sentence for which a start is refused; undefined when it is not. */
export function refusal({ code, params }: Finding): string | undefined {
  return LASTING.has(code) ? becauseOf(code, params).reason : undefined;
}

/** What an error of the connection says, as far as people can do something about it. */
export function findingOf(error: Error & { readonly code?: string }): Finding {
  const { message, code = '' } = error;
  const bySentinels = /sentinel/i.test(message);
  const down = (reason: HealthReason): Finding => ({ state: 'down', code: reason });
  if (/WRONGPASS|NOAUTH|NOPERM|invalid password/i.test(message)) {
    return down(bySentinels ? 'REDIS_SENTINEL_REFUSED' : 'REDIS_REFUSED');
  }
  if (
    /CERT|SELF_SIGNED|ERR_SSL|ERR_TLS|UNABLE_TO/.test(code) ||
    /self.signed certificate|SSL routines/i.test(message)
  ) {
    return down('REDIS_TLS');
  }
  if (/Unknown RESP type|Protocol error/i.test(message)) return down('REDIS_OTHER_SERVER');
  if (/LOADING/.test(message)) return down('REDIS_LOADING');
  return down(bySentinels ? 'REDIS_NO_MASTER' : 'REDIS_AWAY');
}
