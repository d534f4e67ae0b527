/*
 * The scripts run on the server, each as one step. Names: an *entry* is a hash with the fields
 *   s  stamp, new with every write; a hash with nothing else is the mark that a removal left
 *   v  value as JSON, or absent when it is known that there is none
 *   f  instant until which it is fresh, u until which it is usable at all, in milliseconds of the server's clock
 *   n  generation of the whole cache when it was stored
 *   t  tags with their generations, [[tag, generation], …] as JSON
 * A generation is a key with a random text. Removing the key invalidates everything that was stored under it: a new one
 * never has an old text, also not after the server has lost its memory.
 *
 * KEYS: 1 entry, 2 generation of the cache, 3 latest pattern invalidations, a list of '<stamp> <pattern>'. ARGV[1] is what the keys of tags begin
 * with, ARGV[2] a text never used before.
 */
const prelude = `
local function nowMs()
  local t = redis.call('TIME')
  return t[1] * 1000 + math.floor(t[2] / 1000)
end
local function generation(key)
  local found = redis.call('GET', key)
  if found then return found end
  redis.call('SET', key, ARGV[2])
  return ARGV[2]
end
local function holdTag(tag, ttlMs)
  local key = ARGV[1] .. tag
  local found = generation(key)
  if redis.call('PTTL', key) < ttlMs then redis.call('PEXPIRE', key, ttlMs) end
  return { tag, found }
end
local function areCurrent(text)
  local ok, current = pcall(function()
    for _, pair in ipairs(cjson.decode(text)) do
      if redis.call('GET', ARGV[1] .. pair[1]) ~= pair[2] then return false end
    end
    return true
  end)
  return ok and current
end
local function read(key)
  local kind = redis.call('TYPE', key).ok
  if kind ~= 'hash' then
    if kind ~= 'none' then redis.call('DEL', key) end
    return { stamp = '' }
  end
  local e = redis.call('HMGET', key, 's', 'v', 'f', 'u', 'n', 't')
  local now = nowMs()
  local f, u = tonumber(e[3]), tonumber(e[4])
  local usable = f and u and e[5] and e[6] and now < u and e[5] == generation(KEYS[2]) and areCurrent(e[6])
  return { stamp = e[1] or '', usable = usable, value = e[2], freshMs = usable and f - now or 0, tags = e[6] }
end
`;

/**
 * ARGV: 3 tags to hold as JSON, or '' for none; 4 for how long. Answers stamp, '1' if there is something usable, its
 * value (nil when absent), for how many milliseconds it is fresh yet, its tags; the generation, the last pattern, the held tags.
 */
export const lookupScript = `${prelude}
local e = read(KEYS[1])
local held = {}
if ARGV[3] ~= '' and e.freshMs ~= nil and e.freshMs <= 0 or ARGV[3] ~= '' and not e.usable then
  for _, tag in ipairs(cjson.decode(ARGV[3])) do held[#held + 1] = holdTag(tag, tonumber(ARGV[4])) end
end
return { e.stamp, e.usable and '1' or '', e.usable and e.value or false, tostring(e.freshMs or 0),
  e.usable and e.tags or '', generation(KEYS[2]), redis.call('LINDEX', KEYS[3], -1) or '', #held > 0 and cjson.encode(held) or '[]' }
`;

/** ARGV: 3 tags as JSON; 4 value; 5 TTL; 6 channel; 7 message. Stores whatever is there. */
export const setScript = `${prelude}
local ttlMs = tonumber(ARGV[5])
local held = {}
for _, tag in ipairs(cjson.decode(ARGV[3])) do held[#held + 1] = holdTag(tag, ttlMs) end
local ends = string.format('%.0f', nowMs() + ttlMs)
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 's', ARGV[2], 'v', ARGV[4], 'f', ends, 'u', ends, 'n', generation(KEYS[2]),
  't', #held > 0 and cjson.encode(held) or '[]')
redis.call('PEXPIRE', KEYS[1], ttlMs)
redis.call('PUBLISH', ARGV[6], ARGV[7])
return 1
`;

/**
 * ARGV: 3 held tags; 4 kind of value ('value', 'absent', 'none'); 5 value; 6 TTL; 7 TTL and stale time; and what the look
 * had found: 8 stamp, 9 generation, 10 last pattern. Stores what a load brought, unless something has happened since the look.
 * Answers 1, or 0, or the patterns when there are new ones, which the caller knows how to match.
 */
export const landScript = `${prelude}
local e = read(KEYS[1])
if e.stamp ~= '' and e.stamp ~= ARGV[8] then return 0 end
if generation(KEYS[2]) ~= ARGV[9] or not areCurrent(ARGV[3]) then return 0 end
local last = redis.call('LINDEX', KEYS[3], -1)
if last and last ~= ARGV[10] then return redis.call('LRANGE', KEYS[3], 0, -1) end
redis.call('DEL', KEYS[1])
if ARGV[4] == 'none' then return 1 end
local ttlMs, totalMs, now = tonumber(ARGV[6]), tonumber(ARGV[7]), nowMs()
for _, pair in ipairs(cjson.decode(ARGV[3])) do holdTag(pair[1], totalMs) end
redis.call('HSET', KEYS[1], 's', ARGV[2], 'f', string.format('%.0f', now + ttlMs),
  'u', string.format('%.0f', now + totalMs), 'n', ARGV[9], 't', ARGV[3])
if ARGV[4] == 'value' then redis.call('HSET', KEYS[1], 'v', ARGV[5]) end
redis.call('PEXPIRE', KEYS[1], totalMs)
return 1
`;

/** ARGV: 3 how long the mark stays; 4 channel; 5 message. Answers '1' for something usable, '2' for a fresh value. */
export const removeScript = `${prelude}
local e = read(KEYS[1])
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 's', ARGV[2])
redis.call('PEXPIRE', KEYS[1], tonumber(ARGV[3]))
redis.call('PUBLISH', ARGV[4], ARGV[5])
if not e.usable then return 0 end
return e.value and e.freshMs > 0 and 2 or 1
`;

/** KEYS: 1 generation to end. ARGV: 1 channel; 2 message. */
export const invalidateScript = `
redis.call('DEL', KEYS[1])
redis.call('PUBLISH', ARGV[1], ARGV[2])
return 1
`;

/** How many pattern invalidations a load may live through. */
export const maxPatterns = 100;

/** KEYS: 1 latest patterns. ARGV: 1 stamp and pattern; 2 how long to remember it; 3 channel; 4 message. */
export const patternScript = `
redis.call('RPUSH', KEYS[1], ARGV[1])
redis.call('LTRIM', KEYS[1], -${String(maxPatterns)}, -1)
redis.call('PEXPIRE', KEYS[1], tonumber(ARGV[2]))
redis.call('PUBLISH', ARGV[3], ARGV[4])
return 1
`;
