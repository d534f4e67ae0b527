/**
 * The limiter of one subject: the generic cell rate algorithm on the server's clock, as `RateLimiter` of
 * `@postrider/resilience` has it.
 *
 * KEYS[1] is a hash: ahead (microseconds that what passed is ahead of the steady rate), at (when that was so,
 * microseconds of the server), interval and burst (the limit at that time, so that units that are left survive a
 * change). ARGV: interval in microseconds, burst, cost (0 only asks), longest wait in microseconds.
 * Returns: whether it was booked (1 or 0), wait in microseconds, whole units left, microseconds until it is full.
 */
export const limiterScript = `
local key = KEYS[1]
local interval, burst = tonumber(ARGV[1]), tonumber(ARGV[2])
local cost, max_wait = tonumber(ARGV[3]), tonumber(ARGV[4])
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]

-- Sums of fractions miss a whole number by less than this.
local rounding = 0.001

local function number(text, low, high)
  local value = tonumber(text)
  if value and value >= low and value <= high then return value end
end

local ahead, changed = 0, false
local kind = redis.call('TYPE', key).ok
if kind == 'hash' then
  local f = redis.call('HMGET', key, 'ahead', 'at', 'interval', 'burst')
  local at, old_interval, old_burst = number(f[2], 0, 1e18), number(f[3], 1e-6, 1e15), number(f[4], 1, 1e9)
  if at and old_interval and old_burst then
    -- A clock that was set back counts as no time.
    ahead = math.max((number(f[1], 0, 1e18) or 0) - math.max(now - at, 0), 0)
    if old_interval ~= interval or old_burst ~= burst then
      local left = old_burst - ahead / old_interval
      ahead = (burst - math.min(left, burst)) * interval
      changed = true
    end
  end
elseif kind ~= 'none' then
  redis.call('DEL', key)
end

local booked, wait = 1, 0
if cost > 0 then
  local after = ahead + interval * cost
  local excess = after - interval * burst
  wait = excess > rounding and excess or 0
  if wait <= max_wait then ahead = after else booked = 0 end
end
-- A refusal leaves all as it was, but for a new limit, which holds from now on.
if (cost > 0 and booked == 1) or changed then
  local function text(value) return string.format('%.17g', value) end
  redis.call('HSET', key, 'ahead', text(ahead), 'at', string.format('%.0f', now),
    'interval', text(interval), 'burst', text(burst))
  redis.call('PEXPIRE', key, string.format('%.0f', math.ceil(ahead / 1000) + 1000))
end
return { booked, math.ceil(wait), math.max(math.floor(burst - (ahead - rounding) / interval), 0), math.ceil(ahead) }
`;
