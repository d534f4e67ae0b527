/**
 * The breaker of one subject, as one atomic script on the server's clock. It follows `Breaker` of
 * `@postrider/resilience`; the conformance suite holds both to the same rules.
 *
 * KEYS[1] is a hash: state, gen, trips, closed_at, consec, last, until (of the open time or the probe's lease), succ,
 * probes, and one field per bucket of the window: `b<slot>` = number,calls,failures,slow. Instants are milliseconds of
 * the server. A bucket that is over is told by its number, so nothing has to be cleared when time passes.
 *
 * ARGV[1] is JSON: { op, policy, random, known?, permit?, outcome?, mayOpen?, to? }; so is the answer. Both have
 * durations in place of instants, for the clocks of the two sides may differ.
 */
export const breakerScript = `
local key = KEYS[1]
local input = cjson.decode(ARGV[1])
local policy = input.policy
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000

local hour, month = 3600000, 2592000000
local states = { closed = true, open = true, half_open = true, isolated = true, disabled = true }
local longest_open = policy.maxOpenMs * (1 + policy.openJitter)

-- Whatever else may have been written to the key: a number within its bounds, or nothing. NaN is in no bounds.
local function number(text, low, high)
  local value = tonumber(text)
  if value and value >= low and value <= high then return value end
end

local function fresh(state, generation, trips)
  return { state = state, gen = generation, trips = trips, closed_at = now, consec = 0, succ = 0, probes = 0 }
end

local changed, cleared = false, false
local breaker, changed_from

local function load()
  local kind = redis.call('TYPE', key).ok
  if kind ~= 'hash' then
    if kind ~= 'none' then redis.call('DEL', key) end
    return nil
  end
  local f = redis.call('HMGET', key, 'state', 'gen', 'trips', 'closed_at', 'consec', 'last', 'until', 'succ', 'probes')
  local generation = number(f[2], 1, 9007199254740991)
  if not states[f[1]] or not generation then
    redis.call('DEL', key)
    return nil
  end
  local found = fresh(f[1], generation, number(f[3], 0, 1e9) or 0)
  found.closed_at = number(f[4], 0, now) or now
  found.consec = number(f[5], 0, 1e9) or 0
  found.last = number(f[6], 0, now)
  found.ends_at = number(f[7], 0, 1e15)
  found.succ = number(f[8], 0, 1e9) or 0
  found.probes = number(f[9], 0, 1e9) or 0
  return found
end

local function adopt(known)
  local adopted = fresh(known.state, known.generation, known.trips)
  adopted.consec = known.consecutiveFailures or 0
  if adopted.consec > 0 then adopted.last = now end
  adopted.succ = known.successes or 0
  adopted.probes = known.probesGranted or 0
  if known.remainingMs then adopted.ends_at = now + known.remainingMs end
  return adopted
end

local function enter(state)
  changed_from = breaker.state
  breaker = fresh(state, breaker.gen + 1, breaker.trips)
  changed, cleared = true, true
end

local function open()
  breaker.trips = breaker.trips + 1
  local base = math.min(policy.openMs * 2 ^ (breaker.trips - 1), policy.maxOpenMs)
  local jitter = 1 + policy.openJitter * (2 * input.random - 1)
  enter('open')
  breaker.ends_at = now + math.floor(base * jitter + 0.5)
end

local function count(outcome)
  if breaker.last and now - breaker.last >= policy.windowMs then breaker.consec = 0 end
  breaker.last = now
  breaker.consec = outcome == 'failure' and breaker.consec + 1 or 0
  changed = true

  local current = math.floor(now / (policy.windowMs / policy.windowBuckets))
  local names = {}
  for slot = 0, policy.windowBuckets - 1 do names[slot + 1] = 'b' .. slot end
  local stored = cleared and {} or redis.call('HMGET', key, unpack(names))
  local own = { calls = 1, failures = outcome == 'failure' and 1 or 0, slow = outcome == 'slow' and 1 or 0 }
  local calls, failures, slow = own.calls, own.failures, own.slow
  for slot = 0, policy.windowBuckets - 1 do
    local text = stored[slot + 1]
    local n, c, f, s = string.match(text or '', '^(%d+),(%d+),(%d+),(%d+)$')
    n, c, f, s = number(n, 0, 1e15), number(c, 0, 1e15), number(f, 0, 1e15), number(s, 0, 1e15)
    if s and n > current - policy.windowBuckets and n <= current then
      calls, failures, slow = calls + c, failures + f, slow + s
      if n == current then own = { calls = own.calls + c, failures = own.failures + f, slow = own.slow + s } end
    end
  end
  breaker.bucket = 'b' .. (current % policy.windowBuckets)
  breaker.counts = string.format('%.0f,%.0f,%.0f,%.0f', current, own.calls, own.failures, own.slow)

  local trips = breaker.consec >= policy.consecutiveFailures
  if calls >= policy.minimumCalls then
    trips = trips or failures / calls >= policy.failureRatio or slow / calls >= policy.slowRatio
  end
  if not trips or input.mayOpen == false then return end
  if now - breaker.closed_at >= policy.forgetTripsAfterMs then breaker.trips = 0 end
  open()
end

local function conclude(outcome)
  breaker.ends_at = nil
  changed = true
  if outcome == 'ignore' then return end
  if outcome == 'failure' then return open() end
  breaker.succ = breaker.succ + 1
  if breaker.succ >= policy.successesToClose then enter('closed') end
end

local operations = {}

function operations.read() end

function operations.force()
  breaker.trips = 0
  enter(input.to)
end

function operations.record()
  local permit = input.permit
  if permit.generation ~= breaker.gen then return end
  if breaker.state == 'closed' then
    if input.outcome ~= 'ignore' then count(input.outcome) end
  elseif breaker.state == 'half_open' and permit.probe == breaker.probes and breaker.ends_at then
    conclude(input.outcome)
  end
end

function operations.acquire()
  if breaker.state == 'closed' or breaker.state == 'disabled' then return { allowed = true } end
  if breaker.state == 'isolated' then return { allowed = false, reason = 'isolated' } end
  if breaker.state == 'open' then
    if breaker.ends_at > now then return { allowed = false, reason = 'open' } end
    enter('half_open')
  elseif breaker.ends_at and breaker.ends_at > now then
    return { allowed = false, reason = 'probing' }
  end
  breaker.probes = breaker.probes + 1
  breaker.ends_at = now + policy.probeLeaseMs
  changed = true
  return { allowed = true, probe = breaker.probes }
end

breaker = load()
if input.known and input.known.generation > (breaker and breaker.gen or 0) then
  breaker = adopt(input.known)
  changed, cleared = true, true
end
breaker = breaker or fresh('closed', 1, 0)
-- No instant is further away than it can be: the clock may have been set back, the value may be anything.
if breaker.state == 'open' then breaker.ends_at = math.min(breaker.ends_at or now, now + longest_open) end
if breaker.state == 'half_open' and breaker.ends_at then
  breaker.ends_at = math.min(breaker.ends_at, now + policy.probeLeaseMs)
end

local admission = operations[input.op]()

local forced = breaker.state == 'isolated' or breaker.state == 'disabled'
local remaining = breaker.ends_at and math.max(breaker.ends_at - now, 0) or 0
local kept_for = forced and month or math.max(hour, policy.windowMs, policy.forgetTripsAfterMs) + remaining
if changed then
  if cleared then redis.call('DEL', key) end
  local function text(value) return value and string.format('%.3f', value) or '' end
  redis.call('HSET', key, 'state', breaker.state, 'gen', string.format('%.0f', breaker.gen), 'trips', breaker.trips,
    'closed_at', text(breaker.closed_at), 'consec', breaker.consec, 'last', text(breaker.last),
    'until', text(breaker.ends_at), 'succ', breaker.succ, 'probes', breaker.probes)
  if breaker.bucket then redis.call('HSET', key, breaker.bucket, breaker.counts) end
end
-- What an operator said is kept as long as anybody asks.
if changed or forced then redis.call('PEXPIRE', key, string.format('%.0f', kept_for)) end

return cjson.encode({
  state = breaker.state,
  generation = breaker.gen,
  trips = breaker.trips,
  closedForMs = math.max(now - breaker.closed_at, 0),
  consecutiveFailures = breaker.consec,
  idleForMs = breaker.last and math.max(now - breaker.last, 0) or nil,
  remainingMs = breaker.ends_at and remaining or nil,
  successes = breaker.succ,
  probesGranted = breaker.probes,
  admission = admission,
  changedFrom = changed_from,
})
`;
