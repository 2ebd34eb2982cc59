import { createHash } from 'node:crypto';

// What Redis keeps at a key: `=` and the text, or `?` and the token of the lease. A script works on KEYS[1] alone. One that
// may only read also deletes KEYS[2], which never exists: so a server that has become a replica refuses it with READONLY
// instead of answering with what is old.

export interface Script {
  readonly lua: string;
  readonly sha: string;
}

function script(lua: string): Script {
  return { lua, sha: createHash('sha1').update(lua).digest('hex') };
}

/** Gives what is held, or false. */
export const GET = script(`
redis.call('DEL', KEYS[2])
return redis.call('GET', KEYS[1])`);

/** ARGV: token, ms. Gives `=text`, `?token` of another, or false when the lease was given. */
export const GET_OR_LEASE = script(`
redis.call('DEL', KEYS[2])
local held = redis.call('GET', KEYS[1])
if held then return held end
redis.call('SET', KEYS[1], '?' .. ARGV[1], 'PX', ARGV[2])
return false`);

/** ARGV: token, text, ms. Gives 1 when stored. */
export const FILL = script(`
if redis.call('GET', KEYS[1]) ~= '?' .. ARGV[1] then return 0 end
redis.call('SET', KEYS[1], '=' .. ARGV[2], 'PX', ARGV[3])
return 1`);

/** ARGV: level, ms. Lua's numbers are doubles, so levels are exact below 2^53. */
export const RAISE = script(`
local held = tonumber(string.sub(redis.call('GET', KEYS[1]) or '', 2))
if not held or held < tonumber(ARGV[1]) then
  redis.call('SET', KEYS[1], '=' .. ARGV[1], 'PX', math.max(tonumber(ARGV[2]), redis.call('PTTL', KEYS[1])))
elseif redis.call('PTTL', KEYS[1]) < tonumber(ARGV[2]) then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
return 1`);
